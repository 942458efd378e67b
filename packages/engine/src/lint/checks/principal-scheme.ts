import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** istiod puts the scheme before every principal itself (az:ID-1). */
export const principalScheme: Check = {
  code: "value/principal-scheme",
  title: "a principal with its scheme never matches",
  why: "istiod puts `spiffe://` before every principal itself: a value that has it already is compared as `spiffe://spiffe://...`.",
  like: ["KIA0106"],
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "peer")) {
      const isPrincipal = value.field === "principals" || value.field === "source.principal";
      if (!isPrincipal || !/^spiffe:\/\//i.test(value.text)) continue;
      const bare = value.text.slice("spiffe://".length);
      yield {
        at: value.at,
        message: `\`${value.text}\` has its scheme, which istiod puts before it again: ${whenDead(value)}`,
        hint: bare,
        evidence: {
          kind: "proof",
          because: "no certificate of a workload holds spiffe://spiffe://",
        },
        fix: [{ at: value.at, do: "set", values: [bare], left: bare }],
      };
    }
  },
};
