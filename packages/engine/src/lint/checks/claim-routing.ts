import type { Other } from "../../model/kubernetes.ts";
import type { Path } from "../../model/place.ts";
import { fieldsOf, listOf, textOf } from "../../parse/decode.ts";
import type { Check } from "../check.ts";
import { gatewayPointsOf } from "../gateway-points-of.ts";
import { providersOf } from "../request-of.ts";

const prefix = "@request.auth.claims";

/** Routing by claims needs a RequestAuthentication at the gateway. */
export const claimRouting: Check = {
  code: "jwt/claim-routing",
  title: "a route by claims at a gateway that reads no token",
  why: "A VirtualService may match on `@request.auth.claims` where a RequestAuthentication applies to the gateway. Without one no such route is ever taken.",
  like: ["IST0149"],
  *find(scene) {
    for (const route of scene.mesh.inventory.others)
      if (route.key.kind === "VirtualService")
        for (const path of claimPaths(route)) {
          const points = gatewayPointsOf(scene, route);
          const reads = points.some((point) => providersOf(point).length > 0);
          if (points.length === 0 || reads) continue;
          yield {
            at: { resource: route.key, path },
            message: `no RequestAuthentication applies to the gateway \`${points[0]?.name}\`: this route is never taken`,
            evidence: {
              kind: "proof",
              because: "the gateway's chains have no JWT filter, so there are no claims to match",
            },
          };
        }
  },
};

/** Where a VirtualService matches on claims. */
function claimPaths({ body }: Other): readonly Path[] {
  const http = listOf(fieldsOf(body["spec"])["http"]).map(fieldsOf);
  return http.flatMap(({ match }, index) =>
    listOf(match).flatMap((each, at) => {
      const claim = claimIn(fieldsOf(each));
      const path: Path = ["spec", "http", index, "match", at];
      return claim === undefined ? [] : [[...path, claim.field, claim.key]];
    }),
  );
}

function claimIn(
  match: Readonly<Record<string, unknown>>,
): { field: string; key: string } | undefined {
  for (const field of ["headers", "withoutHeaders"]) {
    const key = Object.keys(fieldsOf(match[field])).find((name) =>
      textOf(name)?.startsWith(prefix),
    );
    if (key !== undefined) return { field, key };
  }
  return undefined;
}
