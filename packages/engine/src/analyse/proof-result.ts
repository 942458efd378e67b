import type { Proof, Undecided, Violation } from "./api.ts";

/** What a proof comes to. */
export function resultOf(
  violations: readonly Violation[],
  undecided: readonly Undecided[],
  vacuous: boolean,
): Proof["result"] {
  if (violations.length > 0) return "violated";
  if (undecided.length > 0) return "undecided";
  return vacuous ? "holds-vacuously" : "holds";
}

/** Of a proof that holds vacuously: whether there are such requests at all. */
export function earlyOf(result: Proof["result"], early: boolean): Pick<Proof, "early"> {
  return result === "holds-vacuously" && early ? { early: true } : {};
}
