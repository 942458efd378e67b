import type { Alternative, Attribute, Clause, Group, Rule } from "../model/rule.ts";
import type { Value } from "./values.ts";

/** A rule as it would be if one list held this value alone, and no other alternative were beside it. */
export function onlyValue(rule: Rule, { at, attribute }: Value): Rule {
  const [, , , of, index] = at.path;
  const place = at.path.at(-1);
  const kept = (clause: Clause): Clause =>
    clause.attribute.kind === attribute.kind && clause.any !== undefined
      ? { ...clause, any: clause.any.filter((matcher) => matcher.of === place) }
      : clause;
  return swapped(rule, { of, index, kept });
}

/** What a rule asks of requests, whoever sends them on and wherever to. */
export function ofRequests(rule: Rule): Rule {
  return keeping(rule, ({ attribute }) => ofMessage.has(attribute.kind));
}

/** A rule that no longer says anything about paths. */
export function anyPath(rule: Rule): Rule {
  return keeping(rule, ({ attribute }) => attribute.kind !== "path");
}

const ofMessage: ReadonlySet<Attribute["kind"]> = new Set<Attribute["kind"]>([
  ...(["host", "method", "path", "header", "claim", "request.principal"] as const),
]);

function keeping(rule: Rule, isKept: (clause: Clause) => boolean): Rule {
  const groups = rule.groups.map((group) => ({
    ...group,
    any: group.any.map((each) => ({ ...each, all: each.all.filter(isKept) })),
  }));
  return { ...rule, groups };
}

interface Swap {
  readonly of: unknown;
  readonly index: unknown;
  readonly kept: (clause: Clause) => Clause;
}

function swapped(rule: Rule, { of, index, kept }: Swap): Rule {
  const alternative = (each: Alternative): Alternative => ({ ...each, all: each.all.map(kept) });
  const groups = rule.groups.map((group): Group => {
    if (group.of !== of) return group;
    const any = group.any.filter((each) => each.index === index);
    return { ...group, any: any.map(alternative) };
  });
  return { ...rule, groups };
}
