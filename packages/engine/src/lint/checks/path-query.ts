import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** Paths are compared without their query and fragment (az:OP-3). */
export const pathQuery: Check = {
  code: "value/path-query",
  title: "a path with a query never matches",
  why: "The path is compared without the query and the fragment.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "path")) {
      if (!/[?#]/.test(value.text)) continue;
      const bare = value.text.replace(/[?#].*$/, "");
      yield {
        at: value.at,
        message: `paths are compared without the query, and \`${value.text}\` has one: ${whenDead(value)}`,
        ...(bare === "" || bare === "/" ? {} : { hint: bare }),
        evidence: {
          kind: "proof",
          because: "Envoy cuts the path at the first ? or # before it compares",
        },
      };
    }
  },
};
