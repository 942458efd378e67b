import type { Filter, FilterChain } from "../../model/program.ts";

const numbers = new WeakMap<readonly Filter[], number>();
const contents = new Map<string, number>();

/** A number for what some filters do: the same for equal ones. */
function numberOf(filters: readonly Filter[]): number {
  const known = numbers.get(filters);
  if (known !== undefined) return known;
  const content = JSON.stringify(filters.map(deciding));
  const number = contents.get(content) ?? contents.size;
  if (contents.size > 10_000) contents.clear();
  contents.set(content, number);
  numbers.set(filters, number);
  return number;
}

/** What is only tried decides nothing; neither does where a rule stands. */
function deciding(filter: Filter): unknown {
  if (filter.kind === "jwt") return filter;
  if (filter.kind === "rbac" && (filter.action === "AUDIT" || !filter.rules)) return "";
  const rules = filter.rules?.map(({ groups }) => groups);
  return filter.kind === "rbac"
    ? [filter.action, filter.peer, rules]
    : [filter.provider, filter.protocol, filter.peer, filter.failOpen, rules];
}

/** What two chains must share to treat requests alike. */
export function chainKey(chain: FilterChain | undefined): string {
  if (!chain) return "closed";
  const { kind, filters, http, tls, routes } = chain;
  return `${kind} ${numberOf(filters)} ${JSON.stringify([http, tls, routes])}`;
}
