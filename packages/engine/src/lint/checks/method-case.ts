import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

const known: ReadonlySet<string> = new Set([
  ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"],
]);

/** Methods are compared letter by letter. */
export const methodCase: Check = {
  code: "value/method-case",
  title: "a method in lower case never matches",
  why: "Methods are compared letter by letter, and those of HTTP are in upper case.",
  like: ["KIA0102"],
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "method")) {
      const upper = value.text.toUpperCase();
      const bare = upper.replace(/^\*|\*$/g, "");
      const meant = [...known].some(
        (method) => method === upper || (bare !== upper && bare !== "" && method.includes(bare)),
      );
      if (value.text === upper || !meant) continue;
      yield {
        at: value.at,
        message: `methods are compared letter by letter, and \`${value.text}\` is none of HTTP: ${whenDead(value)}`,
        hint: upper,
        evidence: {
          kind: "proof",
          because: "Envoy takes no lower-case method of HTTP/1, and compares :method exactly",
        },
        fix: [{ at: value.at, do: "set", values: [upper], left: upper }],
      };
    }
  },
};
