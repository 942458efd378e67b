import type { Filter, FilterChain, RbacFilter } from "../../model/program.ts";
import type { Rule } from "../../model/rule.ts";

/** Numbers for texts, the same for equal ones. When too many are known all are forgotten, but no number is given again. */
function numbering(most: number): (text: string) => number {
  const known = new Map<string, number>();
  let given = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    known.set(text, given);
    given += 1;
    return given - 1;
  };
}

const numbers = new WeakMap<readonly Filter[], number>();
const numberOfContent = numbering(10_000);

/** A number for what some filters do: the same for equal ones. */
function numberOf(filters: readonly Filter[]): number {
  const known = numbers.get(filters);
  if (known !== undefined) return known;
  const number = numberOfContent(filters.map(deciding).join("\n"));
  numbers.set(filters, number);
  return number;
}

/** What is only tried decides nothing; neither does where a rule stands. */
function deciding(filter: Filter): string {
  if (filter.kind === "jwt") return JSON.stringify(filter);
  if (filter.kind === "rbac" && (filter.action === "AUDIT" || !filter.rules)) return "";
  const { rules = [], ...how } = filter.kind === "rbac" ? enforced(filter) : filter;
  return [JSON.stringify([how, rules.length]), ...rules.map(ruleKey)].join("\n");
}

function enforced({
  kind,
  action,
  peer,
  rules,
}: RbacFilter): Omit<RbacFilter, "dryRun" | "custom"> {
  return { kind, action, peer, ...(rules ? { rules } : {}) };
}

const keys = new WeakMap<Rule, number>();
const numberOfRule = numbering(100_000);

/** A number for what a rule asks for. Rules with the same one ask for the same. */
export function ruleKey(rule: Rule): number {
  const known = keys.get(rule);
  if (known !== undefined) return known;
  const made = numberOfRule(JSON.stringify(rule.groups));
  keys.set(rule, made);
  return made;
}

/** What two chains must share to treat requests alike. */
export function chainKey(chain: FilterChain | undefined): string {
  if (!chain) return "closed";
  return `${chain.kind} ${numberOf(chain.filters)} ${besideFilters(chain)}`;
}

/** How a chain reads requests, and where it sends them on. */
function besideFilters({ http, tls, routes, forwards, match }: FilterChain): string {
  const { transport, serverNames, service } = match;
  const bare = tls ? undefined : [transport === "tls", serverNames]; // TLS that it only looks at
  return JSON.stringify([http, tls, routes, forwards, bare, service === ""]);
}

/**
 * What chains must share to treat requests alike, of chains that are compared with each other only. Most often all of a kind have the
 * same filters, which then need not be read.
 */
export function chainKeyAmong(
  chains: readonly (FilterChain | undefined)[],
): (chain: FilterChain | undefined) => string {
  const filters = new Map<FilterChain["kind"], Set<readonly Filter[]>>();
  for (const chain of chains) {
    if (!chain) continue;
    const some = filters.get(chain.kind) ?? new Set();
    filters.set(chain.kind, some.add(chain.filters));
  }
  return (chain) => {
    if (!chain || (filters.get(chain.kind)?.size ?? 0) > 1) return chainKey(chain);
    return `${chain.kind} ${besideFilters(chain)}`;
  };
}
