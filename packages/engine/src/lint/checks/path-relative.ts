import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** A path begins with a slash, or the request is refused before any policy. */
export const pathRelative: Check = {
  code: "value/path-relative",
  title: "a path without a slash at its beginning never matches",
  why: "Every path that reaches a policy begins with a slash; other requests are refused before.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "path")) {
      const [pattern] = value.patterns;
      const begins = pattern?.kind === "exact" || pattern?.kind === "prefix";
      if (!begins || pattern.text === "" || pattern.text.startsWith("/")) continue;
      const instead = `/${value.text.replace(/^\.?\//, "")}`;
      yield {
        at: value.at,
        message: `\`${value.text}\` does not begin with a slash: ${whenDead(value)}`,
        hint: instead,
        evidence: {
          kind: "proof",
          because:
            "Envoy answers a path without a slash at its beginning with 400 or 404 before any policy",
        },
        fix: [{ at: value.at, do: "set", values: [instead], left: instead }],
      };
    }
  },
};
