import {
  diagnose,
  type Finding,
  type Keys,
  type Loaded,
  type LoadOptions,
  loadMesh,
  resolveRelease,
} from "@meshproof/engine";
import { accountBehind, accountsOf } from "./accounts.ts";
import { ask, type Run } from "./ask.ts";
import { bareHosts } from "./bare-hosts.ts";
import { defined } from "./defined.ts";
import type { SuiteDocument } from "./parse-suite.ts";
import { type Planned, planSuite } from "./plan.ts";
import type { CaseResult, SuiteResult } from "./result.ts";
import { statedWorkloads } from "./stated.ts";
import type { Suite } from "./suite.ts";
import type { SuiteWorld } from "./world.ts";

/** A suite whose mesh is loaded. With an error among its findings nothing can be asked. */
export interface OpenSuite {
  readonly name: string;
  readonly file: string;
  readonly loaded: Loaded;
  readonly findings: readonly Finding[];
  readonly run: Run;
}

/** Loads the mesh of a suite. Never throws for what a user wrote. */
export function openSuite(parsed: SuiteDocument, world: SuiteWorld): OpenSuite {
  const { suite, document } = parsed;
  const name = suite.metadata?.name ?? document.file;
  const load = world.load ?? loadMesh;
  const loaded = load(loadOptions(suite, world));
  const keys = keysOf(parsed, world);
  const told = loaded.findings.filter(({ code }) => code !== "load/unknown-release"); // at its place: checkRelease
  const findings = [
    ...told,
    ...keys.findings,
    ...checkRelease(parsed, world),
    ...bareHosts(suite, document, loaded.mesh),
    ...checkEmpty(parsed, world, loaded),
  ];
  const run: Run = { parsed, world, mesh: loaded.mesh, keys: keys.keys };
  return { name, file: document.file, loaded, findings, run };
}

/** What an open suite asks, in its order; nothing if there is an error. */
export function plannedOf({ findings, run }: OpenSuite): readonly Planned[] {
  if (findings.some(({ severity }) => severity === "error")) return [];
  const wanted = run.world.filter ?? (() => true);
  return planSuite(run.parsed, accountsOf(run.mesh), accountBehind(run.mesh)).filter(wanted);
}

/** Of so many failures it is told which rule came closest: nobody reads more. */
const mostExplained = 100;

/** Loads the mesh of a suite and asks all its requests. Never throws for what a user wrote. */
export async function runSuite(parsed: SuiteDocument, world: SuiteWorld): Promise<SuiteResult> {
  const open = openSuite(parsed, world);
  const { name, file, loaded, run } = open;
  const findings: Finding[] = [...open.findings];
  const cases: CaseResult[] = [];
  let failed = 0;
  for (const planned of plannedOf(open)) {
    const { result, refused } = await ask(planned, run, failed < mostExplained);
    if (result.failures.length > 0) failed += 1;
    findings.push(...refused.filter((each) => !findings.some((told) => isSame(told, each))));
    cases.push(result);
    if (world.bail && result.failures.length > 0) break;
  }
  return { name, file, loaded, findings, cases };
}

/** What is wrong with a request of several callers, or above several cases, is told once. */
function isSame(a: Finding, b: Finding): boolean {
  return a.code === b.code && a.message === b.message && a.at.start === b.at.start;
}

function loadOptions({ spec, ...suite }: Suite, world: SuiteWorld): LoadOptions {
  const { environment = {} } = spec;
  const namespace = world.namespace ?? spec.namespace;
  const { files, admission, onDuplicate, allowEmpty } = world;
  return defined({
    files,
    namespace,
    istio: world.istio ?? environment.istio,
    envoy: environment.envoy,
    features: { ...texts(environment.features ?? {}), ...world.features },
    meshConfig: environment.meshConfig,
    workloads: statedWorkloads({ spec, ...suite }, namespace ?? "default"),
    admission,
    onDuplicate,
    allowEmpty,
  });
}

function texts(
  values: Readonly<Record<string, string | boolean | number>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** A release that nobody knows; or none, and a default that moves with an upgrade of ours would change verdicts silently. */
function checkRelease({ suite, document }: SuiteDocument, world: SuiteWorld): readonly Finding[] {
  const stated = world.istio ?? suite.spec.environment?.istio;
  const release = resolveRelease(stated);
  if ("unknown" in release) {
    const at = document.locate(["spec", "environment", "istio"]);
    const hint = `known are ${release.known.join(", ")}`;
    return [diagnose("load/unknown-release", `unknown Istio release \`${stated}\``, at, hint)];
  }
  if (stated !== undefined) return [];
  const hint = 'environment: { istio: "1.31" }';
  const message = "the suite does not say which Istio it is about: the newest known one is assumed";
  return [diagnose("suite/no-release", message, document.locateKey(["spec"]), hint)];
}

/** A folder that holds the suite and no policy: a wrong path would make every request pass. Where a fault is why, that is told. */
function checkEmpty(
  { document }: SuiteDocument,
  { allowEmpty }: SuiteWorld,
  { counts, findings }: Loaded,
): readonly Finding[] {
  const told = findings.some(({ severity }) => severity === "error");
  if (counts.policies > 0 || allowEmpty === true || told) return [];
  const at = document.locate(["spec", "mesh"]);
  const hint = "check the paths of the mesh, or say --allow-empty";
  return [diagnose("load/nothing", "no policy was loaded: everything would be allowed", at, hint)];
}

interface KeySets {
  readonly keys: Readonly<Record<string, Keys>>;
  readonly findings: readonly Finding[];
}

function keysOf({ suite, document }: SuiteDocument, world: SuiteWorld): KeySets {
  const { keyFiles = {}, keys: given } = world;
  const keys: Record<string, Keys> = {};
  const findings: Finding[] = [];
  for (const [issuer, value] of Object.entries(suite.spec.keys ?? {})) {
    const text = value === "trusted" || value === "unavailable" ? value : keyFiles[value];
    if (text !== undefined) keys[issuer] = text;
    else
      findings.push(
        diagnose(
          "suite/unreadable-file",
          `cannot read the key set \`${value}\``,
          document.locate(["spec", "keys", issuer]),
          "trusted, unavailable, or a file with a JWKS, relative to the suite",
        ),
      );
  }
  return { keys: { ...keys, ...given }, findings };
}
