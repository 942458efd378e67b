import type { ParsedDocument } from "@meshproof/engine";
import {
  type DescribedRequest,
  type Expectation,
  runSuite,
  type Suite,
  type SuiteDocument,
  type SuiteResult,
  type SuiteWorld,
  sharedLoads,
} from "@meshproof/testkit";
import { meshesOf, readFiles, type StatedMesh, surroundingsOf } from "@meshproof/testkit/files";
import type { Misuse } from "./flags.ts";
import type { Access } from "./io.ts";
import { nothingAt } from "./nothing-at.ts";
import type { Memory } from "./watch.ts";
import type { World } from "./world-flags.ts";

/** What is run, and how. `mesh`: patterns of `-f`, which replace what suites say. */
export interface Job {
  readonly mesh: readonly string[];
  readonly meshes?: readonly StatedMesh[]; // of `--mesh`, which replace what suites say, too
  readonly world: World;
  readonly access: Access;
  readonly bail?: boolean; // stop at the first case that fails
  readonly updateSnapshots?: boolean;
  readonly memory?: Memory; // of an earlier run; what a changed file does not affect is taken from it
  readonly progress?: (told: string) => void; // which suite comes next
  readonly wanted?: (suite: string, test: string) => boolean; // which tests to run
}

/** Runs suites one after another, each under each of its meshes. A mesh that several have is loaded once. */
export async function runSuites(
  suites: readonly SuiteDocument[],
  job: Job,
): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = [];
  const sharing: Job = { ...job, world: { ...job.world, load: sharedLoads() } };
  for (const [index, suite] of suites.entries())
    for (const mesh of meshesFor(suite, job)) {
      job.progress?.(`${index + 1}/${suites.length} ${suite.suite.metadata?.name ?? ""}`);
      const result = await runOne(suite, mesh, sharing);
      results.push(result);
      if (job.bail && result.cases.some(({ failures }) => failures.length > 0)) return results;
    }
  return results;
}

function meshesFor(suite: SuiteDocument, { mesh, meshes = [] }: Job): readonly StatedMesh[] {
  if (meshes.length > 0) return meshes;
  return mesh.length > 0 ? [{ patterns: mesh, folder: "." }] : meshesOf(suite);
}

async function runOne(parsed: SuiteDocument, mesh: StatedMesh, job: Job): Promise<SuiteResult> {
  const { file } = parsed.document;
  const { name, files, keyFiles, ...found } = await surroundingsOf(parsed, mesh, job.access);
  if (found.findings.length > 0) return { name, file, findings: found.findings, cases: [] };
  const snapshot: SuiteWorld["snapshot"] = job.updateSnapshots ? "update" : found.snapshot;
  const recorded = snapshot === undefined ? {} : { snapshot };
  const own = parsed.suite.metadata?.name ?? file;
  const world = { ...worldOfJob(own, job), ...recorded, files, keyFiles };
  const run = async (): Promise<SuiteResult> => ({ ...(await runSuite(parsed, world)), name });
  if (job.memory === undefined) return run();
  const made = JSON.stringify([
    parsed.suite,
    await job.access.reader.text(file),
    files,
    keyFiles,
    snapshot,
  ]);
  return remembered(job.memory, `${file}\n${name}`, { made, run });
}

async function remembered(
  memory: Memory,
  key: string,
  { made, run }: { readonly made: string; readonly run: () => Promise<SuiteResult> },
): Promise<SuiteResult> {
  const known = memory.get(key);
  if (known?.made === made) return known.result;
  const result = await run();
  memory.set(key, { made, result });
  return result;
}

function worldOfJob(name: string, { world, bail, wanted }: Job): Omit<SuiteWorld, "files"> {
  const filter: SuiteWorld["filter"] = wanted && (({ test }) => wanted(name, test));
  return {
    ...world,
    ...(bail === undefined ? {} : { bail }),
    ...(filter === undefined ? {} : { filter }),
  };
}

/** What `-f` loads, without asking anything. */
export function runNothing(job: Job): Promise<SuiteResult> {
  return runInMemory({ spec: { tests: [] } }, job);
}

/** The file that the command line counts as. */
const commandLine = "command line";

/** One request of the command line, as a suite of one test: the way is the same. */
export function runRequest(
  request: DescribedRequest,
  expect: Expectation | undefined,
  job: Job,
): Promise<SuiteResult> {
  const test = { name: "request", request, ...(expect === undefined ? {} : { expect }) };
  return runInMemory({ spec: { tests: [test] } }, job);
}

async function runInMemory(suite: Suite, job: Job): Promise<SuiteResult> {
  const result = await runOne(inMemory(suite), { patterns: job.mesh, folder: "." }, job);
  const told = result.findings.filter(({ code }) => code !== "suite/no-release"); // printed as an assumption
  return { ...result, findings: told };
}

function inMemory(suite: Suite): SuiteDocument {
  const span = { file: commandLine, start: 0, end: 0 };
  const locate: ParsedDocument["locate"] = () => span;
  return { suite, document: { file: commandLine, value: suite, locate, locateKey: locate } };
}

/** A wrong path in CI would load nothing, and allow everything. */
export async function missingFiles({
  mesh,
  meshes = [],
  access,
}: Job): Promise<Misuse | undefined> {
  const patterns = [...mesh, ...meshes.flatMap((each) => each.patterns ?? [])];
  for (const pattern of patterns) {
    const { missing } = await readFiles([pattern], ".", access);
    if (missing.length > 0) return nothingAt(pattern, access);
  }
  return undefined;
}
