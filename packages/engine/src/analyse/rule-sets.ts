import type { Filter, FilterChain, Program } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { RuleEffect } from "./api.ts";
import { arrivals } from "./space/arrivals.ts";
import { chainKey } from "./space/chain-key.ts";
import { beforePolicies, type Look, plainReading } from "./space/decisions.ts";
import { and, type Formula, or } from "./space/formula.ts";
import { type Reading, ruleFormula } from "./space/reading.ts";

/** A rule with its action, as it is read where it stands. */
export interface Ruled {
  readonly rule: Rule;
  readonly action: RuleEffect["action"];
  readonly reading: Reading;
  readonly formula: Formula;
}

/** The rules of some chains that have the same ones. */
export interface RuleSet {
  readonly rules: readonly Ruled[];
  readonly world: Formula; // what comes as far as the rules
  readonly hasAllow: boolean;
}

/** The different sets of rules of a proxy's chains of one kind. */
export function ruleSetsOf(program: Program, look: Look): readonly RuleSet[] {
  const sets = new Map<string, { readonly chain: FilterChain; readonly worlds: Formula[] }>();
  for (const { chain, here, opaque } of arrivals(program, look)) {
    if (chain?.kind !== look.protocol || opaque) continue;
    const key = chainKey({ name: "", match: {}, kind: chain.kind, filters: chain.filters });
    const known = sets.get(key) ?? { chain, worlds: [] };
    known.worlds.push(and(here, beforePolicies(chain, look)));
    sets.set(key, known);
  }
  return [...sets.values()]
    .map(({ chain, worlds }) => setOf(chain, or(...worlds), look))
    .filter(({ rules, hasAllow }) => rules.length > 0 || hasAllow);
}

function setOf({ filters, kind }: FilterChain, world: Formula, look: Look): RuleSet {
  const rules: Ruled[] = [];
  let claims = false;
  for (const filter of filters) {
    if (filter.kind === "jwt") claims = kind === "http";
    else {
      const reading: Reading = {
        ...plainReading(look),
        peer: filter.peer,
        http: kind === "http",
        claims,
      };
      rules.push(...ruledBy(filter, reading));
    }
  }
  const hasAllow = filters.some(
    (filter) => filter.kind === "rbac" && filter.action === "ALLOW" && filter.rules !== undefined,
  );
  return { rules, world, hasAllow };
}

function ruledBy(
  filter: Exclude<Filter, { readonly kind: "jwt" }>,
  reading: Reading,
): readonly Ruled[] {
  if (filter.kind === "rbac" && filter.action === "AUDIT") return [];
  const action = filter.kind === "rbac" && filter.action !== "AUDIT" ? filter.action : "CUSTOM";
  return (filter.rules ?? [])
    .filter(({ policy, index }) => index >= 0 && policy.kind === "AuthorizationPolicy")
    .map((rule) => ({ rule, action, reading, formula: ruleFormula(rule, reading) }));
}
