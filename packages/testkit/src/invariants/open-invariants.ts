import type { Finding, Loaded } from "@meshproof/engine";
import { openSuite } from "../run.ts";
import type { Suite } from "../suite.ts";
import type { SuiteWorld } from "../world.ts";
import type { InvariantsDocument } from "./parse-invariants.ts";

/** Loads the mesh that invariants speak of, as they describe it. Never throws for what a user wrote. */
export function openInvariants(
  { invariants, document }: InvariantsDocument,
  world: SuiteWorld,
): { readonly loaded: Loaded; readonly findings: readonly Finding[] } {
  const { invariants: _, ...spec } = invariants.spec;
  const suite: Suite = { spec };
  const { loaded, findings } = openSuite({ suite, document }, world);
  return { loaded, findings: findings.map(aboutTheFile) };
}

function aboutTheFile(finding: Finding): Finding {
  if (finding.code !== "suite/no-release") return finding;
  return { ...finding, message: finding.message.replace("the suite", "the file") };
}
