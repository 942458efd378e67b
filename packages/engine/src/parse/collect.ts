import type { Finding } from "../diagnostic.ts";
import type { Fact } from "../model/fact.ts";
import { keyText } from "../model/place.ts";
import { type Admission, admit } from "./admit-schema.ts";
import { conflicts, duplicateFinding } from "./conflict.ts";
import type { ParsedDocument } from "./document.ts";
import { type InstalledRelease, installedRelease } from "./installed-release.ts";
import { groupOf, isIgnored, isPolicy, kindFaults } from "./kinds.ts";
import { type FoundConfig, meshConfigOf } from "./mesh-config.ts";
import { type Described, describe } from "./metadata.ts";
import { objectsOf, type ParsedObject } from "./objects.ts";
import { shapeFaults } from "./shape.ts";
import { unrenderedParts } from "./unrendered.ts";

/** What was found in all files, each object once. */
export interface Collected {
  readonly objects: readonly Described[]; // in the order of the files
  readonly documents: ReadonlyMap<string, ParsedDocument>; // by `keyText`
  readonly suites: readonly ParsedDocument[];
  readonly config?: FoundConfig;
  readonly installed?: InstalledRelease; // by a control plane in the files
  readonly policies: number;
  readonly inventory: number;
  readonly otherKinds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  readonly assumptions: readonly Fact[];
}

export interface CollectOptions {
  readonly namespace?: string;
  readonly istio?: string;
  readonly admission?: Admission;
  readonly onDuplicate?: "error" | "first" | "last";
}

interface State {
  readonly options: CollectOptions;
  readonly objects: Map<string, Described>; // by group and key: two groups have a Gateway
  readonly documents: Map<string, ParsedDocument>;
  readonly suites: ParsedDocument[];
  readonly configs: FoundConfig[];
  readonly releases: InstalledRelease[];
  readonly otherKinds: Record<string, number>;
  readonly findings: Finding[];
  readonly assumptions: Map<string, Fact>;
  readonly seen: Map<string, ParsedDocument>;
}

/** Sorts documents into policies, inventory, mesh config, suites and the rest. */
export function collect(documents: readonly ParsedDocument[], options: CollectOptions): Collected {
  const state: State = {
    options,
    objects: new Map(),
    documents: new Map(),
    suites: [],
    configs: [],
    releases: [],
    otherKinds: {},
    findings: [],
    assumptions: new Map(),
    seen: new Map(),
  };
  for (const document of documents) {
    const { objects, findings } = objectsOf(document);
    state.findings.push(...findings);
    for (const object of objects) take(state, object);
  }
  return finish(state);
}

function finish(state: State): Collected {
  const { configs, releases, options } = state;
  const objects = [...state.objects.values()];
  const policies = objects.filter(({ key, apiVersion }) =>
    isPolicy({ kind: key.kind, apiVersion }),
  ).length;
  return {
    objects,
    documents: state.documents,
    suites: state.suites,
    ...(configs[0] ? { config: configs[0] } : {}),
    ...(releases[0] ? { installed: releases[0] } : {}),
    policies,
    inventory: objects.length - policies,
    otherKinds: state.otherKinds,
    findings: [
      ...state.findings,
      ...conflicts(configs, options.istio === undefined ? releases : []),
    ],
    assumptions: [...state.assumptions.values()],
  };
}

function take(state: State, object: ParsedObject): void {
  const { kind, apiVersion, document } = object;
  if (kind === "Suite" && apiVersion.startsWith("meshproof.dev/")) {
    state.suites.push(document);
    return;
  }
  const { found, findings } = meshConfigOf(object);
  const installed = installedRelease(object);
  state.findings.push(...findings);
  if (found) state.configs.push(found);
  if (installed) state.releases.push(installed);
  const faults = kindFaults(object);
  state.findings.push(...faults);
  if (faults.length > 0) return;
  if (!isIgnored(object)) keep(state, object);
  else if (found === undefined) count(state, kind || "(no kind)");
}

function count({ otherKinds }: State, kind: string): void {
  const before = Object.hasOwn(otherKinds, kind) ? (otherKinds[kind] ?? 0) : 0;
  Object.defineProperty(otherKinds, kind, {
    value: before + 1,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function keep(state: State, object: ParsedObject): void {
  const { admission = "enforce", namespace } = state.options;
  const unrendered = unrenderedParts(object);
  state.findings.push(...unrendered);
  if (unrendered.length > 0) return;
  const misshapen = admission === "bypass" ? [] : shapeFaults(object);
  const severity = admission === "skip" ? "warning" : "error";
  state.findings.push(...misshapen.map((finding) => ({ ...finding, severity }) as const));
  const described = describe(object, namespace);
  if (described.fault) {
    if (misshapen.length === 0) state.findings.push(described.fault);
    return;
  }
  const id = `${groupOf(object).group}/${keyText(described.value.key)}`;
  if (!isWanted(state, object, id)) return;
  const admitted = admit(object, described.value, admission);
  state.findings.push(...admitted.findings);
  const isKept = misshapen.length === 0 && admitted.object !== undefined;
  if (isKept && described.assumed) state.assumptions.set(id, described.assumed);
  if (isKept) state.objects.set(id, admitted.object);
}

/** Whether an object is to be taken, if there is one of its name already. Overlays loaded together would unite what replaces one another. */
function isWanted(state: State, { document }: ParsedObject, id: string): boolean {
  const first = state.seen.get(id);
  const { onDuplicate = "error" } = state.options;
  if (first !== undefined && onDuplicate === "error")
    state.findings.push(duplicateFinding(id.slice(id.indexOf("/") + 1), document, first));
  if (first !== undefined && onDuplicate !== "last") return false;
  state.seen.set(id, document);
  state.documents.set(id.slice(id.indexOf("/") + 1), document);
  state.objects.delete(id);
  state.assumptions.delete(id);
  return true;
}
