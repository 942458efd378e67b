import type { AuthorizationPolicy } from "../model/policy.ts";
import { aloneAt, appliedAlone, refusedSamples } from "./as-meant.ts";
import type { Witnessed } from "./check.ts";
import type { Point } from "./points.ts";
import { portOf, requestOf } from "./request-of.ts";
import type { Scene } from "./scene.ts";
import { allows, deniesBy, witnessed } from "./witness.ts";

/** A request that a policy would refuse if it applied, and that gets through: two verdicts, of the mesh and of the policy alone. */
export function getsThrough(
  { mesh }: Scene,
  policy: AuthorizationPolicy,
  points: readonly Point[],
  ports: readonly number[] = [],
): Witnessed | undefined {
  const alone = appliedAlone(mesh, policy);
  for (const point of points.slice(0, 3))
    for (const sample of refusedSamples(mesh, policy, ports).slice(0, 6)) {
      const port = sample.port ?? ports[0] ?? portOf(point);
      const request = requestOf(mesh, point, sample, { port });
      if (request === undefined) continue;
      const found = witnessed(mesh, [
        { request, wants: allows },
        {
          request: { ...request, to: aloneAt(port) },
          wants: deniesBy("deny", "allow"),
          mesh: alone,
          without: "where the policy applies, alone",
        },
      ]);
      if (found !== undefined) return found;
    }
  return undefined;
}
