import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import { policiesOf } from "../../istiod/policies.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Attachment, Resource } from "../../model/policy.ts";
import type { Check, Found } from "../check.ts";
import { planeChange } from "../planes.ts";
import type { Point } from "../points.ts";
import type { Scene } from "../scene.ts";

/** One policy, two meanings (ctx:L-PA-COMPAT, ctx:T20 to T24). */
export const ambientDiffers: Check = {
  code: "ambient/differs",
  title: "a policy means another thing in sidecars than in ambient mode",
  why: "In ambient mode ztunnel stands in for the sidecar, and sees connections only: no method, no path, no token, no provider. Where workloads of both kinds are, or a namespace with sidecars is labelled for ambient mode, a policy that selects them decides differently there. With `--set ambient-migration` every policy of a sidecar is asked about. What is about HTTP belongs to a waypoint: the same rules with `targetRefs`.",
  *find(scene) {
    for (const policy of policiesOf(scene.mesh)) {
      if (isTried(scene, policy)) continue;
      const points = scene.boundTo(policy);
      const sidecars = points.filter(({ plane }) => plane === "sidecar");
      const isMixed = points.some(({ plane }) => plane === "ambient");
      const moving = sidecars.filter(
        ({ workload }) =>
          isMixed ||
          scene.sets.has("ambient-migration") ||
          isLabelled(scene.mesh, workload.key.namespace),
      );
      if (moving.length > 0) yield* differing(scene, policy, moving);
    }
  },
};

function isTried({ authorization }: Scene, { key }: Resource<Attachment>): boolean {
  const policy = key.kind === "AuthorizationPolicy" ? authorization(key) : undefined;
  return policy !== undefined && isDryRun(policy);
}

/** A namespace that says it is in ambient mode, or goes through a waypoint, and still has sidecars. */
function isLabelled({ inventory }: Mesh, namespace: string): boolean {
  const labels = inventory.namespaces.find(({ key }) => key.name === namespace)?.labels ?? {};
  return (
    labels["istio.io/dataplane-mode"] === "ambient" || labels["istio.io/use-waypoint"] !== undefined
  );
}

const effects = {
  "newly-allowed": "ztunnel lets in what a sidecar refuses because of it",
  "newly-denied": "ztunnel refuses what a sidecar lets in",
} as const;

function* differing(
  { mesh }: Scene,
  policy: Resource<Attachment>,
  points: readonly Point[],
): Iterable<Found> {
  for (const point of points.slice(0, 3)) {
    const change = planeChange(mesh, policy, point);
    if (change === undefined) continue;
    yield {
      at: { resource: policy.key, path: ["metadata", "name"] },
      message: `in ambient mode this means something else for \`${point.name}\`: ${effects[change.kind]}`,
      hint: "rules about HTTP and tokens: a waypoint, and targetRefs",
      evidence: change.evidence,
    };
    return;
  }
}
