import type { Release } from "./model/mesh.ts";
import type { Branches } from "./release/behaviour.ts";
import { type BehaviourName, behaviours } from "./release/behaviours.ts";

const answers = new WeakMap<Release, Map<BehaviourName, boolean>>();

/** Whether a release shows a behaviour. */
export function behaves(release: Release, name: BehaviourName): boolean {
  const known = answers.get(release) ?? new Map<BehaviourName, boolean>();
  if (known.size === 0) answers.set(release, known);
  const answer = known.get(name) ?? shows(release, name);
  known.set(name, answer);
  return answer;
}

function shows(release: Release, name: BehaviourName): boolean {
  const { component, since, until } = behaviours[name];
  const version = component === "istiod" ? release.istio : release.envoy;
  return reached(version, since) && !(until && reached(version, until));
}

function reached(version: string, branches: Branches): boolean {
  const { minor = 0, patch = 0 } = parseVersion(version) ?? {};
  const first = branches[`1.${minor}`];
  if (first !== undefined) return patch >= first;
  return Object.keys(branches).every((branch) => Number(branch.slice(2)) < minor);
}

interface Line {
  readonly newest: number; // patch
  readonly envoy: Readonly<Record<number, string>>; // from this patch on
  readonly suffix?: string; // of a version that is not released
}

/**
 * The minor releases of Istio that are known, and the Envoy they ship (istio/istio:istio.deps). Where patch levels of Envoy
 * decide nothing, they are not told apart.
 */
const lines: Readonly<Record<string, Line>> = {
  "1.27": { newest: 9, envoy: { 0: "1.35.8", 9: "1.35.9" } },
  "1.28": { newest: 10, envoy: { 0: "1.36.4", 6: "1.36.5" } },
  "1.29": { newest: 6, envoy: { 0: "1.37.0", 2: "1.37.1" } },
  "1.30": { newest: 3, envoy: { 0: "1.38.3" } },
  "1.31": { newest: 0, envoy: { 0: "1.39.3" } },
  "1.32": { newest: 0, envoy: { 0: "1.40.0" }, suffix: "-dev" },
};

const defaultMinor = "1.31";

/** Every release that can be named, as it is named. */
export const knownReleases: readonly string[] = Object.entries(lines).flatMap(
  ([minor, { newest, suffix }]) =>
    suffix === undefined
      ? Array.from({ length: newest + 1 }, (_, patch) => `${minor}.${patch}`)
      : [`${minor}${suffix}`],
);

/** A release that nobody here knows, and those that are known. */
export interface UnknownRelease {
  readonly unknown: string;
  readonly known: readonly string[];
}

/**
 * The release that a text names: `1.31` (its newest patch that is known), `1.30.2`, an image tag like `1.30.2-distroless`, `1.32-dev`.
 * Absent: the newest released one, as an assumption. `envoy`: another patch level of the proxy than the one the release ships.
 */
export function resolveRelease(text?: string, envoy?: string): Release | UnknownRelease {
  const version = parseVersion(text ?? defaultMinor);
  const minor = `1.${version?.minor}`;
  const line = lines[minor];
  const patch = version?.patch ?? line?.newest ?? 0;
  const isKnown = line !== undefined && version !== undefined && patch <= line.newest;
  if (!isKnown) return { unknown: text ?? defaultMinor, known: knownReleases };
  if (envoy !== undefined && parseVersion(envoy) === undefined)
    return { unknown: `Envoy ${envoy}`, known: knownEnvoys() };
  return {
    istio: `${minor}.${patch}${line.suffix ?? ""}`,
    envoy: envoy ?? envoyOf(line, patch),
    stated: text !== undefined,
  };
}

/** The first and last patch level of each minor: "1.30.0 to 1.30.3, 1.31.0". */
export function releaseRanges(versions: readonly string[]): string {
  const minor = (version: string): string => version.split(".").slice(0, 2).join(".");
  const minors = [...new Set(versions.map(minor))];
  return minors
    .map((each) => versions.filter((version) => minor(version) === each))
    .map((patches) => [...new Set([patches[0], patches.at(-1)])].join(" to "))
    .join(", ");
}

function knownEnvoys(): readonly string[] {
  return Object.values(lines).flatMap(({ envoy }) => Object.values(envoy));
}

/** The last one whose first patch is reached. */
function envoyOf({ envoy }: Line, patch: number): string {
  const reachedOnes = Object.entries(envoy).filter(([first]) => Number(first) <= patch);
  return reachedOnes.at(-1)?.[1] ?? "";
}

/** Versions begin with 1; what follows the numbers (`-distroless`, `-dev`) does not matter. */
function parseVersion(text: string): { minor: number; patch?: number } | undefined {
  const parts = /^v?1\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+][\w.+-]{0,100})?$/.exec(text);
  if (!parts) return undefined;
  const [, minor, patch] = parts;
  return { minor: Number(minor), ...(patch === undefined ? {} : { patch: Number(patch) }) };
}
