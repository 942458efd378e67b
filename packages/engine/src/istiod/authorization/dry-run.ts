import type { AuthorizationPolicy } from "../../model/policy.ts";

export const dryRunAnnotation = "istio.io/dry-run";

/** The annotation as Go's `strconv.ParseBool` reads it. Undefined: neither true nor false, and the policy is enforced (az:DRY-1). */
export function parseBool(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  return ["0", "f", "F", "FALSE", "false", "False"].includes(text) ? false : undefined;
}

/** Whether a policy is only tried. */
export function isDryRun({ annotations }: AuthorizationPolicy): boolean {
  const text = annotations[dryRunAnnotation];
  return text !== undefined && parseBool(text) === true;
}
