import { diagnose, type Finding } from "./diagnostic.ts";
import { meshOf } from "./kubernetes/assemble.ts";
import type { Fact } from "./model/fact.ts";
import type { Workload } from "./model/kubernetes.ts";
import type { Mesh, Release } from "./model/mesh.ts";
import { keyText, type Place, type Span } from "./model/place.ts";
import type { Admission } from "./parse/admit-schema.ts";
import { type Collected, collect } from "./parse/collect.ts";
import { type ParsedDocument, parseDocuments, type SourceFile } from "./parse/document.ts";
import { decodeMeshConfig, type Misfit } from "./parse/mesh-config-form.ts";
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
  const stated = decodeMeshConfig(options.meshConfig ?? {});
  const findings = [
    ...parsed.flatMap(({ findings: broken }) => broken),
    ...collected.findings,
    ...release.findings,
    ...emptiness(options, collected),
    ...stated.misfits.map(misfitFinding(options)),
  ];
  const config = { ...collected.config?.config, ...stated.config };
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

/** By place, as someone reads the files; the same thing is said of a place only once. */
function inOrder(findings: readonly Finding[], files: LoadOptions["files"]): readonly Finding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const rank = ({ at }: Finding): number => order.get(at.file) ?? -1;
  const once = new Map(
    findings.toReversed().map((each) => [`${each.code} ${each.at.start} ${each.at.file}`, each]),
  );
  return [...once.values()]
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b) || a.at.start - b.at.start);
}

/** The release that is stated, else that of a control plane in the files, else the default, as an assumption. */
function releaseOf(
  { istio, envoy, files }: LoadOptions,
  { installed }: Collected,
): { readonly release: Release; readonly findings: readonly Finding[] } {
  const named = resolveRelease(istio ?? installed?.version, envoy);
  if (!("unknown" in named)) return { release: named, findings: [] };
  const release = resolveRelease();
  if ("unknown" in release) throw new TypeError("no default release");
  const inFiles = istio === undefined ? installed?.at : undefined;
  const at: Span = inFiles ?? { file: files[0]?.path ?? "", start: 0, end: 0 };
  const message = `unknown release \`${named.unknown}\``;
  const hint = `${inFiles ? "say --istio; " : ""}known are ${spans(named.known)}`;
  return { release, findings: [diagnose("load/unknown-release", message, at, hint)] };
}

/** The first and last patch level of each minor: "1.30.0 to 1.30.3, 1.31.0". */
function spans(versions: readonly string[]): string {
  const minor = (version: string): string => version.split(".").slice(0, 2).join(".");
  const minors = [...new Set(versions.map(minor))];
  return minors
    .map((each) => versions.filter((version) => minor(version) === each))
    .map((patches) => [...new Set([patches[0], patches.at(-1)])].join(" to "))
    .join(", ");
}

/** A mesh config that is handed over has no place in a file. */
function misfitFinding({ files }: LoadOptions): (misfit: Misfit) => Finding {
  const at: Span = { file: files[0]?.path ?? "", start: 0, end: 0 };
  return ({ path, wanted }) =>
    diagnose("schema/wrong-type", `\`meshConfig.${path.join(".")}\` must be ${wanted}`, at);
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
