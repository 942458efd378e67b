import type { Finding, ParsedDocument } from "@meshproof/engine";
import {
  type DescribedRequest,
  type Expectation,
  runSuite,
  type Suite,
  type SuiteDocument,
  type SuiteResult,
  type SuiteWorld,
} from "@meshproof/testkit";
import { type Found, readFiles } from "./files.ts";
import { type Access, keyFilesOf, meshOf, missingMesh } from "./find-suites.ts";
import type { Misuse } from "./flags.ts";
import { snapshotsBeside } from "./snapshots.ts";
import type { World } from "./world-flags.ts";

/** What is run, and how. `mesh`: patterns of `-f`, which replace what suites say. */
export interface Job {
  readonly mesh: readonly string[];
  readonly world: World;
  readonly access: Access;
  readonly bail?: boolean; // stop at the first case that fails
  readonly updateSnapshots?: boolean;
  readonly wanted?: (suite: string, test: string) => boolean; // which tests to run
}

/** Runs suites one after another. */
export async function runSuites(
  suites: readonly SuiteDocument[],
  job: Job,
): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    const result = await runOne(suite, job);
    results.push(result);
    if (job.bail && result.cases.some(({ failures }) => failures.length > 0)) break;
  }
  return results;
}

async function runOne(parsed: SuiteDocument, job: Job): Promise<SuiteResult> {
  const { mesh, access } = job;
  const given = mesh.length > 0;
  const { files, missing }: Found = given
    ? await readFiles(mesh, ".", access)
    : await meshOf(parsed, access);
  const findings: readonly Finding[] = given ? [] : missingMesh(parsed, missing);
  const name = parsed.suite.metadata?.name ?? parsed.document.file;
  if (findings.length > 0) return { name, file: parsed.document.file, findings, cases: [] };
  const keyFiles = await keyFilesOf(parsed, access);
  const snapshot: SuiteWorld["snapshot"] | undefined = job.updateSnapshots
    ? "update"
    : (await snapshotsBeside(parsed.document.file, access))[name];
  const recorded = snapshot === undefined ? {} : { snapshot };
  return runSuite(parsed, { ...worldOfJob(name, job), ...recorded, files, keyFiles });
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
  return runOne(inMemory({ spec: { tests: [] } }), job);
}

/** The file that the command line counts as. */
export const commandLine = "command line";

/** One request of the command line, as a suite of one test: the way is the same. */
export async function runRequest(
  request: DescribedRequest,
  expect: Expectation | undefined,
  job: Job,
): Promise<SuiteResult> {
  const test = { name: "request", request, ...(expect === undefined ? {} : { expect }) };
  const result = await runOne(inMemory({ spec: { tests: [test] } }), job);
  const told = result.findings.filter(({ code }) => code !== "suite/no-release"); // printed as an assumption
  return { ...result, findings: told };
}

function inMemory(suite: Suite): SuiteDocument {
  const span = { file: commandLine, start: 0, end: 0 };
  const locate: ParsedDocument["locate"] = () => span;
  return { suite, document: { file: commandLine, value: suite, locate, locateKey: locate } };
}

/** A wrong path in CI would load nothing, and allow everything. */
export async function missingFiles({ mesh, access }: Job): Promise<Misuse | undefined> {
  for (const pattern of mesh) {
    const { missing } = await readFiles([pattern], ".", access);
    if (missing.length > 0) return { misuse: `no file at \`${pattern}\`` };
  }
  return undefined;
}
