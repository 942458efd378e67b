import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { isOfToken } from "../issuers.ts";
import { providersOf } from "../request-of.ts";
import { type Value, valuesOf } from "../values.ts";
import { pointsText } from "../words.ts";

/** Only a RequestAuthentication reads tokens (ctx:T45, ctx:T63). */
export const jwtNoAuthentication: Check = {
  code: "jwt/no-request-authentication",
  title: "nothing reads the tokens that a rule asks for",
  why: "Principals and claims are known only where a RequestAuthentication binds, at the same proxy. One on the gateway does not help a rule at the workload behind it, and a waypoint takes one by target reference only.",
  like: ["IST0149"],
  *find({ mesh, boundTo }) {
    const isLoaded = mesh.requestAuthentications.length > 0;
    const told = new Set<string>();
    for (const value of valuesOf(mesh).filter(isOfToken)) {
      const points = boundTo(value.policy);
      const blind = points.filter(
        (point) => point.plane !== "ambient" && providersOf(point).length === 0,
      );
      const path = value.at.path.slice(0, -1);
      const list = isLoaded ? path.join(" ") : ""; // of what was not loaded once a policy is enough
      const key = `${value.policy.key.namespace}/${value.policy.key.name} ${list}`;
      if (
        blind.length === 0 ||
        blind.length < points.length ||
        told.has(key) ||
        value.action === "CUSTOM"
      )
        continue;
      told.add(key);
      yield {
        at: { ...value.at, path },
        message: `no RequestAuthentication ${isLoaded ? "applies to" : "was loaded for"} ${pointsText(blind)}, so no token is read: ${consequence(value)}`,
        ...(isLoaded ? {} : { severity: "info" }),
        evidence: { kind: "proof", because: "the chains of the proxy have no JWT filter" },
      };
    }
  },
};

/** What excludes a principal holds of everybody who has none. */
function consequence(value: Value): string {
  if (!value.negated) return whenDead(value);
  return value.action === "DENY" ? "it denies everybody" : "it excludes nobody";
}
