import type { EvaluateOptions } from "../model/access-request.ts";
import { objectOf, refuseOther, refuseUnknown } from "../parse/known-keys.ts";

const optionKeys: Readonly<Record<keyof Required<EvaluateOptions>, true>> = {
  trace: true,
  now: true,
  namespace: true,
  dataPlane: true,
  keys: true,
  signatures: true,
  facts: true,
  assume: true,
  alternatives: true,
};

/** Throws a TypeError for options that there are not: what a misspelt one was meant to say would be guessed. */
export function checkEvaluateOptions(options: EvaluateOptions): void {
  const where = "the options of the evaluation";
  refuseUnknown(objectOf(options, where), optionKeys, where);
  refuseOther(options.assume, ["none"], "`assume`");
}
