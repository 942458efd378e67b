import type { Mesh } from "../model/mesh.ts";
import type { Attachment, Resource } from "../model/policy.ts";

/** All policies, of whatever kind. */
export function policiesOf(mesh: Mesh): readonly Resource<Attachment>[] {
  return [
    ...mesh.authorizationPolicies,
    ...mesh.requestAuthentications,
    ...mesh.peerAuthentications,
  ];
}

/** What a policy is, as its author calls it. */
export function policyText({ key }: Pick<Resource<unknown>, "key">): string {
  return `${key.namespace}/${key.name}`;
}

/** Whether a policy names its targets, in place of a selector. */
export function hasTarget({ spec }: Resource<Attachment>): boolean {
  return spec.targetRef !== undefined || (spec.targetRefs ?? []).length > 0;
}
