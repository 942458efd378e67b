import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { issuersIn } from "../issuers.ts";
import { valuesOn } from "../values.ts";

/** The last slash divides issuer and subject (an:T-135). */
export const jwtGluedStar: Check = {
  code: "jwt/glued-star",
  title: "a star that is glued to the issuer",
  why: "A request principal is `ISSUER/SUBJECT`, divided at the last slash. `https://issuer.example*` is read as the issuer `https:/` and a subject that begins with `issuer.example`. Write `ISSUER/*` for every subject of an issuer.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "request.principal")) {
      if (!issuersIn(value).some((issuer) => /^[a-z]+:\/?$/.test(issuer))) continue;
      const instead = value.text.endsWith("*") ? `${value.text.slice(0, -1)}/*` : `${value.text}/*`;
      yield {
        at: value.at,
        message: `\`${value.text}\` is read as issuer \`${issuersIn(value)[0]}\`: ${whenDead(value)}`,
        hint: instead,
        evidence: { kind: "proof", because: "istiod divides the value at its last slash" },
        fix: [{ at: value.at, do: "set", values: [instead], left: instead }],
      };
    }
  },
};
