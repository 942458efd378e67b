import type { Filter, FilterChain, Route, VirtualHost } from "../model/program.ts";
import type { Clause, Matcher, Rule, Text } from "../model/rule.ts";

/** What a chain looks at in a request, routes as if they were filters: for whoever has to try values of unknown parts. */
export function lookedAt({ filters, routes }: FilterChain): readonly Filter[] {
  if (routes === undefined) return filters;
  const rules = routes.flatMap((host) => [
    ruleOf([domainClause(host)]),
    ...host.routes.map(({ when }: Route) => ruleOf(when)),
  ]);
  return [...filters, { kind: "rbac", action: "AUDIT", peer: "certificate", rules }];
}

function ruleOf(all: readonly Clause[]): Rule {
  return {
    name: "",
    policy: { kind: "VirtualService", namespace: "", name: "" },
    index: -1,
    groups: [{ of: "rule", any: [{ index: 0, all }] }],
  };
}

function domainClause({ domains }: VirtualHost): Clause {
  return { attribute: { kind: "host" }, field: "hosts", any: domains.map(domainMatcher) };
}

function domainMatcher(domain: string, of: number): Matcher {
  const text: Text = domain.startsWith("*")
    ? { kind: "suffix", text: domain.slice(1), fold: true }
    : { kind: "exact", text: domain, fold: true };
  return { ...text, of };
}
