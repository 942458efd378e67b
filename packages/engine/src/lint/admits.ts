import { matches } from "../match/matches.ts";
import type { Rule } from "../model/rule.ts";

/** Whether what a rule says of callers holds of an identity. */
export function admits(rule: Rule, identity: string): boolean {
  return rule.groups.every(({ any }) =>
    any.some(({ all }) =>
      all.every(({ attribute, any: some, none = [] }) => {
        if (attribute.kind !== "peer") return true;
        const fits = (pattern: (typeof none)[number]): boolean => matches(pattern, identity);
        return (some === undefined || some.some(fits)) && !none.some(fits);
      }),
    ),
  );
}
