import type { Filter, FilterChain, Program } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import { ruleKey } from "./space/chain-key.ts";
import { type Look, plainReading } from "./space/decisions.ts";
import type { Formula } from "./space/formula.ts";
import { lanesOf } from "./space/lanes.ts";
import { ruleFormula } from "./space/reading.ts";

/** More changed rules than this are not worth a look at each of the others. */
const most = 200;

/**
 * What the rules match that only one of two programs has. Undefined: something else changed too, so that every request may be
 * decided differently.
 */
export function changedRules(
  before: Program,
  after: Program,
  { protocol, queries }: Look,
): readonly Formula[] | undefined {
  const old = lanesOf(before, protocol).map(({ chain, ...lane }) => ({ ...lane, chain }));
  const young = lanesOf(after, protocol);
  if (old.length !== young.length) return undefined;
  const pairs = new Map<FilterChain, FilterChain>();
  for (const [index, { port, transport, chain }] of old.entries()) {
    const other = young[index];
    const alike = other?.port === port && other.transport === transport;
    if (!alike || frameOf(chain) !== frameOf(other.chain)) return undefined;
    if (chain && other.chain) pairs.set(chain, other.chain);
  }
  const formulas: Formula[] = [];
  for (const [chain, other] of pairs) {
    const http = chain.kind === "http";
    const rules = differing(chain.filters, other.filters);
    if (rules.length > most) return undefined;
    for (const { rule, peer } of rules)
      formulas.push(
        ruleFormula(rule, {
          ...plainReading({ protocol, queries }),
          peer,
          http,
          claims: true,
        }),
      );
  }
  return formulas.length > most ? undefined : formulas;
}

/** Whether all chains of two programs, one by one, have everything in common but the rules of their filters. */
export function haveSameFrames(before: Program, after: Program): boolean {
  const [old, young] = [before.listeners, after.listeners];
  if (old.length !== young.length) return false;
  return old.every(({ detects, chains }, index) => {
    const other = young[index];
    if (!other || other.detects !== detects || other.chains.length !== chains.length) return false;
    return chains.every((chain, at) => frameOf(chain) === frameOf(other.chains[at]));
  });
}

const frames = new WeakMap<FilterChain, string>();

/** Everything of a chain but its rules. */
function frameOf(chain: FilterChain | undefined): string {
  if (!chain) return "";
  const known = frames.get(chain);
  if (known !== undefined) return known;
  const { kind, http, tls, filters } = chain;
  const made = JSON.stringify([kind, http, tls, filters.map(filterFrame)]);
  frames.set(chain, made);
  return made;
}

function filterFrame(filter: Filter): unknown {
  if (filter.kind === "jwt") return filter;
  const { rules, ...rest } = filter;
  return { ...rest, dryRun: undefined, rules: rules !== undefined };
}

interface Placed {
  readonly rule: Rule;
  readonly peer: Exclude<Filter, { readonly kind: "jwt" }>["peer"];
}

function differing(before: readonly Filter[], after: readonly Filter[]): readonly Placed[] {
  return before.flatMap((filter, index) => {
    const other = after[index];
    if (filter === other || filter.kind === "jwt" || !other || other.kind === "jwt") return [];
    const { peer } = filter;
    const shared = new Set(other.rules);
    const old = keyed((filter.rules ?? []).filter((rule) => !shared.delete(rule)));
    const young = keyed([...shared]);
    return [
      ...[...old].flatMap(([key, rule]) => (young.has(key) ? [] : [{ rule, peer }])),
      ...[...young].flatMap(([key, rule]) => (old.has(key) ? [] : [{ rule, peer }])),
    ];
  });
}

function keyed(rules: readonly Rule[]): ReadonlyMap<number, Rule> {
  return new Map(rules.map((rule) => [ruleKey(rule), rule]));
}
