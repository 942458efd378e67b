import type { CaseResult, SuiteResult } from "@meshproof/testkit";
import { type ExitCode, worst } from "./io.ts";

/** What a run comes to. A deny without an expectation is an answer; an error finding is unusable input. */
export function exitCodeOf(results: readonly SuiteResult[]): ExitCode {
  return worst(
    results.flatMap(({ findings, cases }) => [errors(findings), ...cases.map(caseCode)]),
  );
}

function errors(findings: SuiteResult["findings"]): ExitCode {
  return findings.some(({ severity }) => severity === "error") ? 2 : 0;
}

function caseCode({ verdict, skipped, expect, snapshot, failures }: CaseResult): ExitCode {
  if (skipped !== undefined) return 0;
  if (verdict === undefined) return 2;
  const met = (expect ?? snapshot) !== undefined && failures.length === 0;
  if (met) return 0;
  if (verdict.decision === "invalid") return 2;
  if (failures.length > 0) return 1;
  return verdict.decision === "undetermined" ? 3 : 0;
}
