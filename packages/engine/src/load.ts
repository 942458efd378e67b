import { type Admission, admit } from "./admit/admit.ts";
import { isNetworking } from "./admit/networking.ts";
import { diagnose, type Finding } from "./diagnostic.ts";
import { type Loaded as Admitted, meshOf } from "./kubernetes/assemble.ts";
import { checkLoadOptions, type LoadOptions, unknownRelease } from "./load/options.ts";
import type { Fact } from "./model/fact.ts";
import type { Mesh, Release } from "./model/mesh.ts";
import type { Span } from "./model/place.ts";
import { type Collected, collect, ordinaryOf } from "./parse/collect.ts";
import { textOf } from "./parse/decode.ts";
import { type ParsedDocument, readDocuments } from "./parse/document.ts";
import { type Doubtful, locator } from "./parse/kept.ts";
import { isPolicy } from "./parse/kinds.ts";
import { decodeMeshConfig, type Misfit } from "./parse/mesh-config-form.ts";
import { isFields } from "./parse/objects.ts";
import { shapeFaults } from "./parse/shape.ts";
import { unknownFields } from "./parse/unknown-fields.ts";
import { resolveRelease } from "./release.ts";

/** A mesh and what is to be said about its files. */
export interface Loaded {
  readonly mesh: Mesh;
  readonly findings: readonly Finding[]; // an error among them: the mesh is not to be trusted
  readonly suites: readonly ParsedDocument[]; // documents of kind Suite, handed on
  readonly invariants: readonly ParsedDocument[]; // and those of kind Invariants
  readonly counts: Counts;
  readonly assumptions: readonly Fact[];
}

/** How much was loaded: a path that leads nowhere loads nothing, and allows everything. */
export interface Counts {
  readonly policies: number;
  readonly inventory: number;
  readonly otherKinds: Readonly<Record<string, number>>; // what is not ours, by kind
}

/**
 * Everything in the files as one mesh, with what is wrong about them. Never throws for what a user wrote: a broken document is a
 * finding, and the rest still loads. Throws a TypeError for options that there are not.
 */
export function loadMesh(options: LoadOptions): Loaded {
  checkLoadOptions(options);
  const parsed = options.files.map((file) =>
    readDocuments(file, (value, source, start) => ordinaryOf(value, source, start, options)),
  );
  const collected = collect(parsed, options);
  const release = releaseOf(options, collected);
  const admission = options.admission ?? "enforce";
  const judged = judgeAll(collected, { admission, release: release.release });
  const { admitted } = judged;
  const stated = decodeMeshConfig(options.meshConfig ?? {});
  const findings = [
    ...parsed.flatMap(({ findings: broken }) => broken),
    ...collected.findings,
    ...release.findings,
    ...judged.findings,
    ...stated.misfits.map(misfitFinding(options)),
  ];
  const inventory = admitted.length - judged.policies;
  const counts = { policies: judged.policies, inventory, otherKinds: collected.otherKinds };
  const own = collected.suites.length + collected.invariants.length;
  const nothing = counts.policies === 0 && own === 0 && !options.allowEmpty;
  const mesh = meshOf(admitted, {
    release: release.release,
    features: options.features ?? {},
    config: { ...collected.config?.config, ...stated.config },
    configLoaded: collected.config !== undefined || options.meshConfig !== undefined,
    workloads: options.workloads ?? [],
    locate: locator(collected.candidates),
  });
  return {
    mesh,
    findings: inOrder(
      [...findings, ...(nothing ? emptiness(options, findings) : [])],
      options.files,
    ),
    suites: collected.suites,
    invariants: collected.invariants,
    counts,
    assumptions: judged.assumptions,
  };
}

/** What admission leaves of all objects, and says of them. */
interface Judged {
  readonly admitted: Admitted[];
  readonly assumptions: Fact[];
  readonly findings: Finding[];
  policies: number; // of the admitted ones
}

/** What admission makes of all objects. What it leaves out is not in the mesh. */
function judgeAll(
  { candidates }: Collected,
  options: { readonly admission: Admission; readonly release: Release },
): Judged {
  const all: Judged = { admitted: [], assumptions: [], findings: [], policies: 0 };
  for (const candidate of candidates) {
    const admitted = candidate.policy ?? judge(candidate, options, all.findings);
    if (admitted === undefined) continue;
    all.admitted.push(admitted);
    if (candidate.policy ?? isPolicy(candidate.object)) all.policies += 1;
    if (candidate.assumed) all.assumptions.push(candidate.assumed);
  }
  return all;
}

function judge(
  { object, described }: Doubtful,
  options: { readonly admission: Admission; readonly release: Release },
  findings: Finding[],
): Admitted | undefined {
  const { admission } = options;
  const misshapen = admission === "bypass" ? [] : shapeFaults(object);
  const isJudged = admission === "bypass" || isPolicy(object) || isNetworking(object);
  const unknown = isJudged ? [] : unknownFields(object);
  const misspelt =
    admission === "prune" ? [] : unknown.filter(({ severity: bad }) => bad === "error");
  const refused = [...misshapen, ...misspelt];
  const dropped = unknown.filter((finding) => !misspelt.includes(finding));
  const severity = admission === "skip" ? "warning" : "error";
  const { fields, findings: said } = admit(object, options);
  for (const finding of refused) findings.push({ ...finding, severity });
  for (const finding of dropped) findings.push({ ...finding, severity: "warning" });
  for (const finding of said) findings.push(finding);
  return refused.length > 0 || fields === undefined ? undefined : { ...described, fields };
}

/** By place, as someone reads the files; the same thing is said of a place only once. */
function inOrder(findings: readonly Finding[], files: LoadOptions["files"]): readonly Finding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const rank = ({ at }: Finding): number => order.get(at.file) ?? -1;
  const once = new Map(
    findings
      .toReversed()
      .map((each) => [`${each.at.start} ${each.code} ${each.message} ${each.at.file}`, each]),
  );
  return [...once.values()]
    .toReversed()
    .toSorted((a, b) => rank(a) - rank(b) || a.at.start - b.at.start);
}

/** The release that is stated, else that of a control plane in the files, else the default, as an assumption. */
function releaseOf(
  options: LoadOptions,
  { installed }: Collected,
): { readonly release: Release; readonly findings: readonly Finding[] } {
  const named = resolveRelease(options.istio ?? installed?.version, options.envoy);
  if (!("unknown" in named)) return { release: named, findings: [] };
  const release = resolveRelease();
  if ("unknown" in release) throw new TypeError("no default release");
  return { release, findings: [unknownRelease(named, options, installed?.at)] };
}

/** A mesh config that is handed over has no place in a file. */
function misfitFinding({ files }: LoadOptions): (misfit: Misfit) => Finding {
  const at: Span = { file: files[0]?.path ?? "", start: 0, end: 0 };
  return ({ code, message, hint }) => diagnose(code, `in \`meshConfig\`: ${message}`, at, hint);
}

/** A wrong path in CI would load nothing and allow everything. Where something is wrong with all there is, that is said already. */
function emptiness({ files }: LoadOptions, findings: readonly Finding[]): readonly Finding[] {
  if (findings.some(({ severity }) => severity === "error")) return [];
  const at: Span = { file: files[0]?.path ?? "", start: 0, end: 0 };
  const hint = "check the path, or say --allow-empty";
  return [diagnose("load/nothing", "no policy was loaded: everything would be allowed", at, hint)];
}

/** Whether a document is a suite of ours, of whatever version. */
export function isSuiteDocument({ value }: ParsedDocument): boolean {
  return (
    isFields(value) &&
    value["kind"] === "Suite" &&
    textOf(value["apiVersion"])?.startsWith("meshproof.dev/") === true
  );
}
