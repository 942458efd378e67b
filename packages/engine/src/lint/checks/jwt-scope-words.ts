import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** `scope` is a list of words (an:T-137). */
export const jwtScopeWords: Check = {
  code: "jwt/scope-words",
  title: "several scopes in one value",
  why: "The claims `scope` and `permission` are split at blanks, and each word is compared alone: a value with a blank in it never matches. Several conditions ask for several scopes.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "claim")) {
      const { attribute, text } = value;
      const [name, more] = attribute.kind === "claim" ? attribute.path : [];
      const isSplit = more === undefined && (name === "scope" || name === "permission");
      if (!isSplit || !text.trim().includes(" ")) continue;
      yield {
        at: value.at,
        message: `\`${text}\` has a blank, and the claim \`${name}\` is split at blanks: ${whenDead(value)}`,
        hint: "one condition for each word",
        evidence: {
          kind: "proof",
          because: "Envoy splits the claim into words before it compares",
        },
      };
    }
  },
};
