import type { Attachment, Resource } from "../model/policy.ts";

/** What a policy is, as its author calls it. */
export function policyText({ key }: Pick<Resource<unknown>, "key">): string {
  return `${key.namespace}/${key.name}`;
}

/** Whether a policy names its targets, in place of a selector. */
export function hasTarget({ spec }: Resource<Attachment>): boolean {
  return spec.targetRef !== undefined || (spec.targetRefs ?? []).length > 0;
}
