import type { Mesh } from "../model/mesh.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type { Attachment, AuthorizationPolicy, Resource } from "../model/policy.ts";
import { boundPoints } from "./bindings.ts";
import { type Point, pointsOf } from "./points.ts";

/** What all checks look at. Everything that takes work is made when it is first asked for. */
export interface Scene {
  readonly mesh: Mesh;
  readonly points: readonly Point[];
  /** Where a policy applies: workloads, gateways, waypoints. */
  readonly boundTo: (policy: Resource<Attachment>) => readonly Point[];
  /** The policy of that name. */
  readonly authorization: (key: ResourceKey) => AuthorizationPolicy | undefined;
}

/** The scene of a mesh. */
export function sceneOf(mesh: Mesh): Scene {
  const points = pointsOf(mesh);
  const bound = boundPoints(mesh, points);
  const byKey = new Map(mesh.authorizationPolicies.map((policy) => [keyText(policy.key), policy]));
  return {
    mesh,
    points,
    boundTo: ({ key }) => bound().get(keyText(key)) ?? [],
    authorization: (key) => byKey.get(keyText(key)),
  };
}
