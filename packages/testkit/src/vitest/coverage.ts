import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, expect, type MatcherState } from "vitest";
import { coverageOf } from "../coverage/coverage.ts";
import { fragmentText } from "../coverage/fragment.ts";
import type { Texts } from "../place.ts";
import type { CaseResult, SuiteResult } from "../result.ts";
import type { Expectation } from "../suite.ts";
import type { Answer } from "./under-test.ts";

/** The folder that `AUTHZ_COVERAGE` names: there each block of tests leaves what it covers, for `authz test --coverage-merge`. */
function folder(): string | undefined {
  return process.env["AUTHZ_COVERAGE"] || undefined;
}

/** Whether answers are to be traced. */
export function isCoverageWanted(): boolean {
  return folder() !== undefined;
}

const recorded = new WeakMap<Answer["mesh"], CaseResult[]>();

/** Notes an assertion that holds; without an expectation, its answer is held by a snapshot. */
export function recordCase(
  { mesh, asked, line, answer }: Answer,
  expectation: Expectation | undefined,
  { currentTestName = "" }: Pick<MatcherState, "currentTestName">,
): void {
  if (!isCoverageWanted()) return;
  const held =
    expectation === undefined ? { snapshot: { request: line, answer } } : { expect: expectation };
  const cases = recorded.get(mesh) ?? [];
  cases.push({ ...asked, test: currentTestName, ...held });
  recorded.set(mesh, cases);
}

/** Leaves what the assertions of a mesh covered, once they are through. */
export function coverMesh(name: string, mesh: Answer["mesh"]): void {
  coverResults(name, mesh.texts, () => {
    const { file, loaded, findings } = mesh.opened;
    return [{ name, file, loaded, findings, cases: recorded.get(mesh) ?? [] }];
  });
}

/** The same for suites. */
export function coverResults(
  name: string,
  texts: Texts,
  results: () => readonly SuiteResult[],
): void {
  if (!isCoverageWanted()) return;
  afterAll(async () => {
    const to = folder();
    if (to === undefined) return;
    const { testPath = "" } = expect.getState();
    const of = `${relative(process.cwd(), testPath)}: ${name}`;
    const text = fragmentText(of, await coverageOf(results()), texts);
    await mkdir(to, { recursive: true });
    await writeFile(join(to, `${of.replace(/[^\w.-]+/g, "-")}.json`), text);
  }, patience);
}

const patience = 600_000;
