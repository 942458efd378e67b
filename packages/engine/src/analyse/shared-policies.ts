import type { Mesh } from "../model/mesh.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";

/** The other mesh with the policies of the first where they are the same: what is made of one of them then serves both. */
export function sharingPolicies(first: Mesh, other: Mesh): Mesh {
  const known = new Map<string, AuthorizationPolicy>();
  for (const policy of first.authorizationPolicies) known.set(JSON.stringify(policy), policy);
  return {
    ...other,
    authorizationPolicies: other.authorizationPolicies.map(
      (policy) => known.get(JSON.stringify(policy)) ?? policy,
    ),
  };
}
