import type { Mesh } from "../model/mesh.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type { Attachment, AuthorizationPolicy, Resource } from "../model/policy.ts";
import { boundPoints } from "./bindings.ts";
import type { LintSet } from "./check.ts";
import { type Point, pointsOf } from "./points.ts";
import { askInstead } from "./witness.ts";

/** What all checks look at. Everything that takes work is made when it is first asked for. */
export interface Scene {
  readonly mesh: Mesh;
  readonly assumed: Mesh; // with servers for gateways that were not loaded: where requests to points are asked about
  readonly sets: ReadonlySet<LintSet>; // that were asked for
  readonly points: readonly Point[];
  /** Where a policy applies: workloads, gateways, waypoints. */
  readonly boundTo: (policy: Resource<Attachment>) => readonly Point[];
  /** The policy of that name. */
  readonly authorization: (key: ResourceKey) => AuthorizationPolicy | undefined;
}

/** The scene of a mesh. */
export function sceneOf(mesh: Mesh, sets: readonly LintSet[] = []): Scene {
  const { points, assumed } = pointsOf(mesh);
  askInstead(mesh, assumed);
  const bound = boundPoints(assumed, points);
  const byKey = new Map(mesh.authorizationPolicies.map((policy) => [keyText(policy.key), policy]));
  return {
    mesh,
    assumed,
    sets: new Set(sets),
    points,
    boundTo: ({ key }) => bound().get(keyText(key)) ?? [],
    authorization: (key) => byKey.get(keyText(key)),
  };
}
