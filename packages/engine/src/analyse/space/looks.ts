import type { Filter } from "../../model/program.ts";
import type { Rule } from "../../model/rule.ts";

const known = new WeakMap<readonly Rule[], ReadonlySet<string>>();
const nothing: readonly Rule[] = [];

/** What some rules look at: the kinds of attributes, of a header with its name as in `header x-env`. Remembered. */
export function looksOf(rules: readonly Rule[] = nothing): ReadonlySet<string> {
  const before = known.get(rules);
  if (before) return before;
  const names = new Set<string>();
  for (const rule of rules) noteLooks(rule, names);
  known.set(rules, names);
  return names;
}

function noteLooks({ groups }: Rule, names: Set<string>): void {
  for (const { any } of groups)
    for (const { all } of any)
      for (const { attribute } of all)
        names.add(attribute.kind === "header" ? `header ${attribute.name}` : attribute.kind);
}

/** Whether some filter looks at a header, be it in a rule that is only tried. */
export function someLooksAt(filters: readonly Filter[], header: string): boolean {
  for (const filter of filters) {
    if (filter.kind === "jwt") continue;
    if (looksOf(filter.rules).has(`header ${header}`)) return true;
    if (filter.kind === "rbac" && looksOf(filter.dryRun).has(`header ${header}`)) return true;
  }
  return false;
}
