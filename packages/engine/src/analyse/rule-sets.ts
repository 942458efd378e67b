import { isDeniedForWantOfProvider } from "../istiod/authorization/custom.ts";
import type { Filter, FilterChain, Program } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { RuleEffect } from "./api.ts";
import { arrivals } from "./space/arrivals.ts";
import { chainKey } from "./space/chain-key.ts";
import { beforePolicies, type Look, readingAt } from "./space/decisions.ts";
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

interface Chains {
  readonly chain: FilterChain; // one of them
  readonly reading: Reading;
  readonly worlds: Formula[];
}

/** The different sets of rules of a proxy's chains of one kind. */
export function ruleSetsOf(program: Program, look: Look): readonly RuleSet[] {
  const sets = new Map<string, Chains>();
  for (const arrival of arrivals(program, look)) {
    const { chain, here, opaque } = arrival;
    if (chain?.kind !== look.protocol || opaque) continue;
    const reading = readingAt(arrival, chain, look);
    const key = `${readAs(reading, chain)} ${chainKey({ name: "", match: {}, kind: chain.kind, filters: chain.filters })}`;
    const known = sets.get(key) ?? { chain, reading, worlds: [] };
    known.worlds.push(and(here, beforePolicies(chain, look)));
    sets.set(key, known);
  }
  return [...sets.values()]
    .map(setOf)
    .filter(({ rules, hasAllow }) => rules.length > 0 || hasAllow);
}

/** What chains with the same filters may read differently. */
function readAs(
  { peers, sources, remote, serverNames }: Reading,
  { filters }: FilterChain,
): string {
  const looks = filters.some(
    (filter) => filter.kind !== "jwt" && (filter.rules ?? []).some(looksAtNames),
  );
  return `${peers} ${sources} ${remote} ${looks && serverNames}`;
}

function looksAtNames({ groups }: Rule): boolean {
  return groups.some(({ any }) =>
    any.some(({ all }) => all.some(({ attribute }) => attribute.kind === "sni")),
  );
}

function setOf({ chain: { filters, kind }, reading: first, worlds }: Chains): RuleSet {
  const rules: Ruled[] = [];
  let claims = false;
  for (const filter of filters) {
    if (filter.kind === "jwt") claims = kind === "http";
    else {
      const reading: Reading = { ...first, peer: filter.peer, claims };
      for (const ruled of ruledBy(filter, reading)) rules.push(ruled);
    }
  }
  const hasAllow = filters.some(
    (filter) => filter.kind === "rbac" && filter.action === "ALLOW" && filter.rules !== undefined,
  );
  return { rules, world: or(...worlds), hasAllow };
}

/** Nothing is said of what is denied because several authorizers, or none, could be asked: that changes with which policies there are. */
function ruledBy(
  filter: Exclude<Filter, { readonly kind: "jwt" }>,
  reading: Reading,
): readonly Ruled[] {
  if (filter.kind === "rbac" && filter.action === "AUDIT") return [];
  const action = filter.kind === "rbac" && filter.action !== "AUDIT" ? filter.action : "CUSTOM";
  return (filter.rules ?? [])
    .filter(({ policy, index }) => index >= 0 && policy.kind === "AuthorizationPolicy")
    .filter(({ name }) => !isDeniedForWantOfProvider(name))
    .map((rule) => ({ rule, action, reading, formula: ruleFormula(rule, reading) }));
}
