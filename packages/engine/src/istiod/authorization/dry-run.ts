import type { AuthorizationPolicy } from "../../model/policy.ts";
import { parseBool } from "../../release/flags.ts";

export const dryRunAnnotation = "istio.io/dry-run";

/** Whether a policy is only tried. With an annotation that is neither true nor false it is enforced (az:DRY-1, az:ZT-3). */
export function isDryRun({ annotations }: AuthorizationPolicy): boolean {
  const text = annotations[dryRunAnnotation];
  return text !== undefined && parseBool(text) === true;
}
