import { accountBehind, accountsOf } from "../accounts.ts";
import { ask } from "../ask.ts";
import { type Planned, planSuite } from "../plan.ts";
import type { Test } from "../suite.ts";
import { coverResults } from "./coverage.ts";
import { declareCases } from "./declare-cases.ts";
import { documentOf } from "./mesh-under-test.ts";
import type { MeshUnderTest } from "./under-test.ts";

/**
 * Declares tests that are written as a suite writes them, about a mesh that is loaded. `frames`: where. Throws a TypeError for
 * what is none.
 */
export function declareTests(tests: readonly Test[], mesh: MeshUnderTest, frames: string): void {
  const { opened, texts } = mesh;
  const { name, file, loaded, findings, run } = opened;
  const parsed = documentOf(name, { ...run.parsed.suite.spec, tests });
  const planned: readonly Planned[] = planSuite(
    parsed,
    accountsOf(mesh.mesh),
    accountBehind(mesh.mesh),
  );
  const cases = declareCases(planned, {
    ask: (each) => ask(each, { ...run, parsed }),
    mesh,
    frames,
  });
  coverResults(`${name}: ${tests.map((test) => test.name).join(", ")}`, texts, () => [
    { name, file, loaded, findings, cases: cases() },
  ]);
}
