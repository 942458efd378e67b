import { isDryRun } from "../../istiod/authorization/dry-run.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import type { Point } from "../points.ts";
import { portOf } from "../request-of.ts";
import type { Scene } from "../scene.ts";
import { allows, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** An ALLOW rule that asks for nothing. */
export const allowsEverything: Check = {
  code: "security/allows-everything",
  title: "an ALLOW rule lets in everything",
  why: "A rule that asks for nothing makes every other ALLOW rule of the workload meaningless: whoever reaches it gets in, with or without identity. Say who may.",
  *find(scene) {
    for (const policy of scene.mesh.authorizationPolicies) {
      if ((policy.spec.action ?? "ALLOW") !== "ALLOW" || isDryRun(policy)) continue;
      const points = scene
        .boundTo(policy)
        .filter(({ plane }) => plane !== "gateway" && plane !== "waypoint");
      const rule = httpRules(scene.mesh, policy).find(({ groups }) => groups.length === 0);
      if (rule === undefined || points.length === 0) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "rules", rule.index] },
        message: `this rule asks for nothing: everybody gets in at ${pointsText(points)}`,
        evidence: () => anonymous(scene, points),
      };
    }
  },
};

function anonymous({ mesh }: Scene, points: readonly Point[]): Evidence | undefined {
  for (const point of points.slice(0, 4)) {
    const to = point.to(portOf(point), "http");
    const http = { method: "DELETE", path: "/" };
    const asked = [
      { from: "none", to, transport: "plaintext", http, token: "none" },
      { from: "sa/stranger/stranger", to, http, token: "none" },
    ] as const;
    for (const request of asked) {
      const found = witnessed(mesh, [{ request, wants: allows }]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
