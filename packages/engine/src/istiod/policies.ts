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
