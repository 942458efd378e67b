import type { Other } from "../../model/kubernetes.ts";
import { fieldsOf, listOf, textOf } from "../../parse/decode.ts";
import type { Check, Evidence } from "../check.ts";
import { gatewayPointsOf } from "../gateway-points-of.ts";
import type { Point } from "../points.ts";
import { portOf } from "../request-of.ts";
import type { Scene } from "../scene.ts";
import { deniesBy, witnessed } from "../witness.ts";

/** A preflight carries no token, and RBAC stands before CORS (ctx:T57, an:T-133). */
export const jwtPreflight: Check = {
  code: "jwt/preflight",
  title: "browsers cannot ask before they send a token",
  why: "A route has a CORS policy, and the gateway denies the preflight that browsers send before a request with a token: it carries none, and ALLOW rules are asked before the CORS policy answers. Allow OPTIONS with the origins that are meant.",
  *find(scene) {
    for (const route of scene.mesh.inventory.others) {
      const at = corsAt(route);
      if (at === undefined) continue;
      yield {
        at: { resource: route.key, path: ["spec", "http", at, "corsPolicy"] },
        message: "the gateway denies the preflight requests that this CORS policy is meant for",
        evidence: () => preflight(scene, route, gatewayPointsOf(scene, route)),
      };
    }
  },
};

function corsAt({ key, body }: Other): number | undefined {
  if (key.kind !== "VirtualService") return undefined;
  const routes = listOf(fieldsOf(body["spec"])["http"]).map(fieldsOf);
  const found = routes.findIndex(({ corsPolicy }) => corsPolicy !== undefined);
  return found < 0 ? undefined : found;
}

function preflight(
  { mesh }: Scene,
  { body }: Other,
  points: readonly Point[],
): Evidence | undefined {
  const host = listOf(fieldsOf(body["spec"])["hosts"]).flatMap((each) => textOf(each) ?? [])[0];
  for (const point of points.slice(0, 2)) {
    const request = {
      from: "external/203.0.113.9",
      to: point.to(portOf(point)),
      http: {
        method: "OPTIONS",
        path: "/",
        host: host === undefined || host.startsWith("*") ? "shop.example.com" : host,
        headers: { origin: "https://shop.example.com", "access-control-request-method": "GET" },
      },
      token: "none",
    };
    const found = witnessed(mesh, [{ request, wants: deniesBy("allow", "deny") }]);
    if (found !== undefined) return found;
  }
  return undefined;
}
