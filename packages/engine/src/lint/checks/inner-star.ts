import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

const texts = [
  "path",
  "method",
  "header",
  "claim",
  "peer",
  "sni",
  "host",
  "request.principal",
] as const;

/** A star in the middle is an ordinary character (az:STR-1). */
export const innerStar: Check = {
  code: "value/inner-star",
  title: "a star in the middle stands for itself",
  why: "`*` means anything only alone, at the beginning or at the end of a value. Anywhere else it is an ordinary character, which requests hardly ever have there. Paths have templates: `{*}` for one segment, `{**}` for any number. Namespaces may have a star anywhere.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, ...texts)) {
      const { text, patterns, at, attribute, field } = value;
      const literal = patterns.some(
        (pattern) =>
          (pattern.kind === "exact" || pattern.kind === "prefix" || pattern.kind === "suffix") &&
          pattern.text.includes("*"),
      );
      if (!literal || field === "source.namespace") continue;
      const template = text.replace(/\*/g, (_, offset: number) =>
        offset === text.length - 1 ? "{**}" : "{*}",
      );
      const fits =
        attribute.kind === "path" && /^(?:\/[^/*]*|\/\*)+$/.test(text) && !text.includes("//");
      yield {
        at,
        message: `the \`*\` inside \`${text}\` is an ordinary character: ${whenDead(value)}, unless the request has a star there`,
        ...(fits ? { hint: template } : {}),
        evidence: {
          kind: "proof",
          because:
            "istiod makes an exact, prefix or suffix match of the value, in which the star is a character",
        },
      };
    }
  },
};
