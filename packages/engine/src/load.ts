import { diagnose, type Finding } from "./diagnostic.ts";
import { meshOf } from "./kubernetes/assemble.ts";
import type { Fact } from "./model/fact.ts";
import type { Workload } from "./model/kubernetes.ts";
import type { Mesh, Release } from "./model/mesh.ts";
import { keyText, type Place, type Span } from "./model/place.ts";
import type { Admission } from "./parse/admit-schema.ts";
import { type Collected, collect } from "./parse/collect.ts";
import { type ParsedDocument, parseDocuments, type SourceFile } from "./parse/document.ts";
import { toMeshConfig } from "./parse/mesh-config.ts";
import { isFields } from "./parse/objects.ts";
import { resolveRelease } from "./release.ts";

/** How a mesh is loaded. Nothing is read from disk: the caller hands over texts. */
export interface LoadOptions {
  readonly files: readonly SourceFile[];
  readonly namespace?: string; // for what states none; otherwise `default`, as an assumption
  readonly istio?: string; // "1.31", "1.29.2"
  readonly envoy?: string; // another patch level than the release ships
  readonly features?: Readonly<Record<string, string>>; // istiod's environment
  readonly meshConfig?: Readonly<Record<string, unknown>>; // laid over what the files hold
  readonly workloads?: readonly Workload[]; // stated, not loaded
  readonly admission?: Admission; // enforce
  readonly onDuplicate?: "error" | "first" | "last"; // error
  readonly allowEmpty?: boolean;
}

export interface Loaded {
  readonly mesh: Mesh;
  readonly findings: readonly Finding[]; // an error among them: the mesh is not to be trusted
  readonly suites: readonly ParsedDocument[]; // documents of kind Suite, handed on
  readonly counts: Counts;
  readonly assumptions: readonly Fact[];
}

export interface Counts {
  readonly policies: number;
  readonly inventory: number;
  readonly otherKinds: Readonly<Record<string, number>>; // what is not ours, by kind
}

/**
 * Everything in the files as one mesh, with what is wrong about them. Never throws for what a user wrote: a broken document is a
 * finding, and the rest still loads.
 */
export function loadMesh(options: LoadOptions): Loaded {
  const parsed = options.files.map(parseDocuments);
  const collected = collect(
    parsed.flatMap(({ documents }) => documents),
    options,
  );
  const release = releaseOf(options, collected);
  const findings = [
    ...parsed.flatMap(({ findings: broken }) => broken),
    ...collected.findings,
    ...release.findings,
    ...emptiness(options, collected),
  ];
  const config = { ...collected.config?.config, ...toMeshConfig(options.meshConfig ?? {}) };
  const mesh = meshOf(collected, {
    release: release.release,
    features: options.features ?? {},
    config,
    configLoaded: collected.config !== undefined || options.meshConfig !== undefined,
    workloads: options.workloads ?? [],
    locate: locator(collected),
  });
  return {
    mesh,
    findings: inOrder(findings, options.files),
    suites: collected.suites,
    counts: countsOf(collected),
    assumptions: collected.assumptions,
  };
}

/** By place, as someone reads the files. */
function inOrder(findings: readonly Finding[], files: LoadOptions["files"]): readonly Finding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const rank = ({ at }: Finding): number => order.get(at.file) ?? -1;
  return findings.toSorted((a, b) => rank(a) - rank(b) || a.at.start - b.at.start);
}

function releaseOf(
  { istio, envoy }: LoadOptions,
  { files, imageTag }: Collected,
): { readonly release: Release; readonly findings: readonly Finding[] } {
  const stated = resolveRelease(istio ?? imageTag);
  if (!("unknown" in stated)) return { release: withEnvoy(stated, envoy), findings: [] };
  const fallback = resolveRelease(undefined);
  if ("unknown" in fallback) throw new TypeError("no default release");
  if (istio === undefined) return { release: withEnvoy(fallback, envoy), findings: [] };
  const message = `unknown Istio release \`${stated.unknown}\``;
  const at: Span = { file: files[0] ?? "", start: 0, end: 0 };
  const hint = `known are ${stated.known.join(", ")}`;
  return { release: fallback, findings: [diagnose("load/unknown-release", message, at, hint)] };
}

function withEnvoy(release: Release, envoy: string | undefined): Release {
  return envoy === undefined ? release : { ...release, envoy };
}

/** A wrong path in CI would load nothing and allow everything. */
function emptiness(options: LoadOptions, collected: Collected): readonly Finding[] {
  const faulty = collected.findings.some(({ severity }) => severity === "error");
  const found = faulty || collected.policies > 0 || collected.suites.length > 0;
  if (found || options.allowEmpty === true) return [];
  const at: Span = { file: options.files[0]?.path ?? "", start: 0, end: 0 };
  const hint = "check the path, or say --allow-empty";
  return [diagnose("load/nothing", "no policy was loaded: everything would be allowed", at, hint)];
}

function locator({ documents }: Collected): Mesh["locate"] {
  return ({ resource, path }: Place) => documents.get(keyText(resource))?.locate(path);
}

function countsOf({ policies, inventory, otherKinds }: Collected): Counts {
  return { policies, inventory, otherKinds };
}

/** Whether a document is a suite of ours, of whatever version. */
export function isSuiteDocument({ value }: ParsedDocument): boolean {
  return (
    isFields(value) &&
    value["kind"] === "Suite" &&
    /^meshproof\.dev\//.test(String(value["apiVersion"]))
  );
}
