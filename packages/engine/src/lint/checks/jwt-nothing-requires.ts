import { keyText } from "../../model/place.ts";
import type { Check, Evidence } from "../check.ts";
import { isOfToken } from "../issuers.ts";
import type { Point } from "../points.ts";
import { portOf } from "../request-of.ts";
import type { Scene } from "../scene.ts";
import { valuesOf } from "../values.ts";
import { allows, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** A RequestAuthentication refuses wrong tokens, not missing ones (an:T-131). */
export const jwtNothingRequires: Check = {
  code: "jwt/nothing-requires-token",
  title: "tokens are read, and nothing asks for one",
  why: "A RequestAuthentication refuses requests with a wrong token and lets those without any through. An ALLOW rule on `requestPrincipals`, or a DENY rule on `notRequestPrincipals`, is what requires one.",
  *find(scene) {
    const { mesh, boundTo } = scene;
    const asking = new Set(
      valuesOf(mesh)
        .filter((value) => isOfToken(value))
        .map(({ policy }) => keyText(policy.key)),
    );
    const custom = mesh.authorizationPolicies.filter(
      ({ key, spec }) => spec.action === "CUSTOM" || asking.has(keyText(key)),
    );
    const guarded = new Set(custom.flatMap((policy) => boundTo(policy)));
    for (const policy of mesh.requestAuthentications) {
      const open = boundTo(policy).filter((point) => !guarded.has(point));
      if (open.length === 0 || open.length < boundTo(policy).length) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "jwtRules"] },
        message: `requests without a token get through at ${pointsText(open)}: no AuthorizationPolicy there asks for one`,
        ...(mesh.authorizationPolicies.length === 0 ? { severity: "info" } : {}),
        evidence: () => withoutToken(scene, open),
      };
    }
  },
};

function withoutToken({ mesh }: Scene, points: readonly Point[]): Evidence | undefined {
  for (const point of points.slice(0, 3)) {
    const request = {
      from: "sa/default/someone",
      to: point.to(portOf(point), "http"),
      http: { method: "GET", path: "/" },
      token: "none",
    };
    const found = witnessed(mesh, [{ request, wants: allows }]);
    if (found !== undefined) return found;
  }
  return points.some(({ plane }) => plane === "gateway" || plane === "waypoint")
    ? {
        kind: "proof",
        because:
          "the JWT filter of the proxy lets a request without a token through, and no rule asks for a principal or a claim",
      }
    : undefined;
}
