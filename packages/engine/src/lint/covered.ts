import type { RuleRef } from "../model/verdict.ts";
import type { Related } from "./check.ts";

/** "`shop/a[0]` and `shop/b[1]` match". */
export function coveredText(rules: readonly RuleRef[] | undefined): string {
  const names = (rules ?? []).map(
    ({ policy, rule }) => `\`${policy.namespace}/${policy.name}[${rule}]\``,
  );
  const [first, second, ...more] = names;
  if (first === undefined) return "other rules match";
  if (second === undefined) return `${first} matches`;
  return more.length === 0
    ? `${first} and ${second} match`
    : `${first} and ${names.length - 1} others match`;
}

/** The rules that cover another, to be shown beside it. */
export function related(rules: readonly RuleRef[] | undefined): readonly Related[] {
  return (rules ?? []).slice(0, 4).map(({ at }) => ({ message: "this one", at }));
}
