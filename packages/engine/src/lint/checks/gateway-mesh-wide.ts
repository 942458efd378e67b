import { rootNamespace } from "../../istiod/attach-rules.ts";
import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { hasSelector } from "../inventory.ts";
import type { Point } from "../points.ts";
import { hasTarget } from "../policies.ts";
import { portOf } from "../request-of.ts";
import type { Scene } from "../scene.ts";
import { deniesBy, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** A mesh-wide policy on identities is for gateways, too (ctx:T53). */
export const gatewayMeshWide: Check = {
  code: "binding/mesh-wide-at-gateways",
  title: "a policy for the mesh keeps out what comes from outside",
  why: "A policy of the root namespace without a selector applies to gateways as well, where callers from outside have no identity of the mesh: an ALLOW rule on identities lets none of them in. Give the gateways an ALLOW policy of their own.",
  *find(scene) {
    const { mesh, boundTo } = scene;
    for (const policy of mesh.authorizationPolicies) {
      const isWide =
        policy.key.namespace === rootNamespace(mesh) && !hasSelector(policy) && !hasTarget(policy);
      if (!isWide || (policy.spec.action ?? "ALLOW") !== "ALLOW" || isDryRun(policy)) continue;
      const gateways = boundTo(policy).filter(
        ({ plane, standIn }) => plane === "gateway" && !standIn,
      );
      const rules = httpRules(mesh, policy);
      const onIdentity = rules.every(({ groups }) =>
        groups.some(({ any }) =>
          any.every(({ all }) =>
            all.some(({ attribute, any: some }) => attribute.kind === "peer" && some !== undefined),
          ),
        ),
      );
      if (gateways.length === 0 || rules.length === 0 || !onIdentity) continue;
      yield {
        at: { resource: policy.key, path: ["metadata", "namespace"] },
        message: `this also applies to ${pointsText(gateways)}, where callers from outside have no identity: they are denied`,
        evidence: () => outside(scene, gateways),
      };
    }
  },
};

function outside({ mesh }: Scene, gateways: readonly Point[]): Evidence | undefined {
  for (const point of gateways.slice(0, 3)) {
    const request = {
      from: "external/203.0.113.9",
      to: point.to(portOf(point)),
      http: { method: "GET", path: "/", host: "shop.example.com" },
      token: "none",
    };
    const found = witnessed(mesh, [{ request, wants: deniesBy("allow") }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
