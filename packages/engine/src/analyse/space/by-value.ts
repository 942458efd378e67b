import type { Matcher } from "../../model/rule.ts";

/** The matchers of each value, by its number: several may come from one. */
export function byValue(matchers: readonly Matcher[]): ReadonlyMap<number, readonly Matcher[]> {
  const values = new Map<number, Matcher[]>();
  for (const matcher of matchers) {
    const known = values.get(matcher.of);
    if (known) known.push(matcher);
    else values.set(matcher.of, [matcher]);
  }
  return values;
}
