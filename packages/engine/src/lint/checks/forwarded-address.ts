import { httpRules } from "../as-meant.ts";
import type { Check, Evidence } from "../check.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { type Value, valuesOn } from "../values.ts";
import { allows, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** At a sidecar X-Forwarded-For is what the caller wrote (ctx:T65, ctx:T66). */
export const forwardedAddress: Check = {
  code: "value/forwarded-address",
  title: "the client's address at a workload is what the caller writes",
  why: "A sidecar takes the last entry of X-Forwarded-For for the client's address. Behind a gateway that is whom the gateway talked to, often a load balancer; a caller inside the mesh writes what it likes. Check `remoteIpBlocks` at the gateway.",
  *find(scene) {
    const { mesh, boundTo } = scene;
    const told = new Set<string>();
    for (const value of valuesOn(mesh, "remote.ip")) {
      const points = boundTo(value.policy).filter(({ plane }) => plane === "sidecar");
      const path = value.at.path.slice(0, -1);
      const key = JSON.stringify([value.policy.key, path]);
      if (points.length === 0 || told.has(key) || value.negated || value.action !== "ALLOW")
        continue;
      told.add(key);
      yield {
        at: { ...value.at, path },
        message: `at ${pointsText(points)} the client's address is the last entry of X-Forwarded-For, which any caller in the mesh can write`,
        evidence: () => forged(scene, value),
      };
    }
  },
};

function forged({ mesh, boundTo }: Scene, value: Value): Evidence | undefined {
  const rule = httpRules(mesh, value.policy).find(({ index }) => index === value.rule);
  const sample = rule && sampleOf(mesh, rule);
  if (sample === undefined) return undefined;
  const { "x-forwarded-for": _forged, ...headers } = sample.http.headers;
  for (const point of boundTo(value.policy)
    .filter(({ plane }) => plane === "sidecar")
    .slice(0, 3)) {
    const request = requestOf(mesh, point, sample);
    const honest = requestOf(mesh, point, { ...sample, http: { ...sample.http, headers } });
    if (request === undefined || honest === undefined) continue;
    const found = witnessed(mesh, [
      { request: honest, wants: ({ decision }) => decision === "deny" },
      { request, wants: allows },
    ]);
    if (found !== undefined) return found;
  }
  return undefined;
}
