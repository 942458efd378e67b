import { bare } from "../../explain/layer-edits.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { issuersAt, issuersIn } from "../issuers.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** An issuer whose tokens are refused before any rule is asked. */
export const jwtUnknownIssuer: Check = {
  code: "jwt/unknown-issuer",
  title: "no RequestAuthentication knows this issuer",
  why: "A token of an issuer that no jwtRule names is refused with 401, so a rule on its principal never matches.",
  *find({ mesh, boundTo }) {
    for (const value of valuesOn(mesh, "request.principal", "claim")) {
      const points = boundTo(value.policy);
      const known = issuersAt(points);
      if (known.length === 0) continue;
      for (const issuer of issuersIn(value)) {
        const isNear = known.some((each) => bare(each) === bare(issuer));
        if (isNear || isGlued(issuer)) continue;
        yield {
          at: value.at,
          message: `no RequestAuthentication at ${pointsText(points)} knows the issuer \`${issuer}\`: ${whenDead(value)}`,
          hint: `one of ${known.join(", ")}`,
          evidence: {
            kind: "proof",
            because: "a token of an issuer that no jwtRule names is refused before rules are asked",
          },
        };
      }
    }
  },
};

/** `jwt/glued-star` tells of it. */
function isGlued(issuer: string): boolean {
  return /^[a-z]+:\/?$/.test(issuer);
}
