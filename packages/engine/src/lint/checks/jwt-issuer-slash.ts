import { bare } from "../../explain/layer-edits.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { issuersAt, issuersIn } from "../issuers.ts";
import { valuesOn } from "../values.ts";

/** An issuer is compared letter by letter (an:T-91). */
export const jwtIssuerSlash: Check = {
  code: "jwt/issuer-spelling",
  title: "an issuer in another spelling",
  why: "The issuer of a token is compared letter by letter; a slash at the end counts. A rule on the principal of an issuer in another spelling never matches.",
  *find({ mesh, boundTo }) {
    for (const value of valuesOn(mesh, "request.principal", "claim")) {
      const known = issuersAt(boundTo(value.policy));
      for (const issuer of issuersIn(value)) {
        const near = known.find((each) => each !== issuer && bare(each) === bare(issuer));
        if (known.includes(issuer) || near === undefined) continue;
        const instead = value.text.replace(issuer, near);
        yield {
          at: value.at,
          message: `the RequestAuthentication knows the issuer \`${near}\`, not \`${issuer}\`: ${whenDead(value)}`,
          hint: instead,
          evidence: {
            kind: "proof",
            because: "only tokens of an issuer that a jwtRule names letter by letter are verified",
          },
        };
      }
    }
  },
};
