import { join } from "node:path";
import { evaluateAsync, type Mesh } from "@meshproof/engine";
import { expect, test } from "vitest";
import { piecesOf } from "../src/coverage/places.ts";
import { meshWithout } from "../src/coverage/without.ts";
import { findSuites, meshesOf, nodeDisk, readerOf, surroundingsOf } from "../src/files.ts";
import { type CaseResult, compare, coverageOf, runSuite, type SuiteResult } from "../src/index.ts";
import { answerOf } from "../src/snapshot.ts";

const policies = join(import.meta.dirname, "../../../policies");

/** The results of all suites below a path. */
async function resultsOf(path: string): Promise<readonly SuiteResult[]> {
  const access = { io: nodeDisk, reader: readerOf(nodeDisk) };
  const { suites } = await findSuites([join(policies, path)], access);
  const results: SuiteResult[] = [];
  for (const suite of suites)
    for (const mesh of meshesOf(suite)) {
      const { files, keyFiles, snapshot } = await surroundingsOf(suite, mesh, access);
      const recorded = snapshot === undefined ? {} : { snapshot };
      results.push(await runSuite(suite, { files, keyFiles, trace: true, ...recorded }));
    }
  return results;
}

/** Whether the expectation of a case is not met in another mesh. */
async function fails(each: CaseResult, mesh: Mesh): Promise<boolean> {
  const { asked, expect: expected, snapshot, request, name } = each;
  if (asked === undefined) return false;
  const verdict = await evaluateAsync(mesh, asked.request, asked.options);
  if (expected !== undefined && compare(expected, verdict).length > 0) return true;
  return snapshot !== undefined && answerOf(request, verdict, name).answer !== snapshot.answer;
}

test.each([
  "examples/several-issuers",
  "examples/pains",
  "regressions",
  "conformance/existence",
  "conformance/paths/no-listener.yaml",
  "conformance/ambient",
  "conformance/custom",
])("what coverage leaves unasked could not fail: %s", async (path) => {
  let needed = 0;
  for (const result of await resultsOf(path)) {
    if (result.loaded === undefined) continue;
    const { mesh } = result.loaded;
    const { pieces } = await coverageOf([result]);
    const covering = result.cases.filter(
      ({ apart, failures, expect: expected, snapshot }) =>
        !apart && failures.length === 0 && (expected ?? snapshot) !== undefined,
    );
    for (const piece of piecesOf(mesh)) {
      const left = meshWithout(mesh, piece);
      let any = false;
      for (const each of covering) any ||= await fails(each, left);
      const told = pieces.find(({ text, kind }) => text === piece.text && kind === piece.kind);
      expect([piece.text, told?.state === "needed"]).toEqual([piece.text, any]);
      if (any) needed += 1;
    }
  }
  expect(needed).toBeGreaterThan(3);
});
