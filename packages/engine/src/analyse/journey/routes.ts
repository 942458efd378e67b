import { matches } from "../../match/matches.ts";
import type { FilterChain, Route, RouteAction, VirtualHost } from "../../model/program.ts";
import type { RouteDestination } from "../../model/route.ts";
import type { Clause } from "../../model/rule.ts";
import type { Shape } from "../partition/domain.ts";
import { everything } from "../partition/expression.ts";
import {
  characters,
  choice,
  type Expression,
  literal,
  loop,
  sequence,
  some,
} from "../partition/regular.ts";
import { always, and, type Formula, not, or } from "../space/formula.ts";
import { clauseFormula, type Reading } from "../space/reading.ts";
import { textShape } from "../space/shapes.ts";
import { headerAttribute } from "../space/target-shapes.ts";
import { behind } from "./substitute.ts";
import { ofPath, ofQuery, type Unread, unreadName } from "./unread-asked.ts";

/** What a route forwards. */
export type Forward = Extract<RouteAction, { readonly kind: "forward" }>;

/** One destination of a route, and what is sent there. */
export interface Led {
  readonly when: Formula;
  readonly action: Forward;
  readonly destination: RouteDestination;
  readonly copied?: true; // nobody is told what becomes of it
}

/** Whether a route asks for a header that a filter may change: the route is chosen before, and only with a token anew. */
export function asksForChanged({ routes = [] }: FilterChain, { rewrites }: Reading): boolean {
  const isChanged = ({ attribute }: Clause): boolean =>
    attribute.kind === "header" &&
    rewrites.some(({ of }) => of(attribute.name.toLowerCase()) !== undefined);
  return routes.some((host) => host.routes.some(({ when }) => when.some(isChanged)));
}

/** Where the routes of a chain of a proxy lead. Follows `envoy/route.ts`. */
export function ledBy(chain: FilterChain, reading: Reading, proxy: string): readonly Led[] {
  return hostFormulas(chain.routes ?? []).flatMap(([host, named]) =>
    isRedirected(host, chain) ? [] : hostRoutes(host, named, reading, proxy),
  );
}

/** What comes in plain text to a host of HTTPS alone is sent back; a client may only say otherwise where its word counts. */
function isRedirected({ httpsOnly }: VirtualHost, { tls, http }: FilterChain): boolean {
  return (
    httpsOnly === true &&
    tls === undefined &&
    http?.remoteAddress === "peer" &&
    http.trustedHops === 0
  );
}

function hostRoutes(
  host: VirtualHost,
  named: Formula,
  reading: Reading,
  proxy: string,
): readonly Led[] {
  const before: Formula[] = [];
  return host.routes.flatMap((route) => {
    const own = routeFormula(route, reading, proxy);
    const when = and(named, own, ...before.map(not));
    before.push(own);
    const { action } = route;
    if (action.kind !== "forward" || (action.fault?.percentage ?? 0) >= 100) return [];
    return destinationsOf(action).map((destination) => ({ when, action, destination }));
  });
}

/** Those that may be chosen. */
function destinationsOf({ destinations }: Forward): readonly RouteDestination[] {
  const possible =
    destinations.length > 1 ? destinations.filter((each) => each.weight > 0) : destinations;
  return possible.filter(({ missing, host }) => !missing && host !== "BlackHoleCluster");
}

/** Some regular expressions are not compared with the part of a path before its query. */
function isClauseRead({ attribute, any = [], none = [] }: Clause, { queries }: Reading): boolean {
  if (!queries || attribute.kind !== "path") return true;
  return [...any, ...none].every(
    (each) => each.kind !== "re2" || textShape("paths", each).expression !== undefined,
  );
}

/** What a route asks for. */
function routeFormula({ when, parameters = [] }: Route, reading: Reading, proxy: string): Formula {
  const asked = when.map((clause) =>
    isClauseRead(clause, reading) ? routeClause(clause, reading) : unread(ofPath(clause), proxy),
  );
  return and(...asked, ...parameters.map((each) => unread(ofQuery(each), proxy)));
}

/** What is not worked out may be so or not: the same for all routes of a proxy that ask for it, here and in a mesh that this one is compared with. */
function unread(asked: Unread, proxy: string): Formula {
  return not(behind({ kind: "absent", attribute: unreadName(asked) }, proxy));
}

/** A missing header that must not look like something counts as empty. */
function routeClause(clause: Clause, reading: Reading): Formula {
  const formula = clauseFormula(clause, reading);
  const { attribute, none = [] } = clause;
  if (attribute.kind !== "header" || none.some(({ kind }) => kind === "present")) return formula;
  const name = headerAttribute(attribute.name);
  if (!name.startsWith("header ") || !none.some((each) => matches(each, ""))) return formula;
  return and(formula, not({ kind: "absent", attribute: name }));
}

/** The virtual hosts, each with the names that lead to it: exact ones first, then the longest. */
function hostFormulas(hosts: readonly VirtualHost[]): readonly (readonly [VirtualHost, Formula])[] {
  const all = hosts.flatMap((host, at) => host.domains.map((domain) => ({ host, domain, at })));
  const rank = (domain: string): number => (domain.startsWith("*") ? domain.length : Infinity);
  const sorted = all.toSorted((a, b) => rank(b.domain) - rank(a.domain) || a.at - b.at);
  const parts = new Map<VirtualHost, Formula[]>();
  const before: Formula[] = [];
  for (const { host, domain } of sorted) {
    const own = domainFormula(domain);
    parts.set(host, [...(parts.get(host) ?? []), and(own, ...before.map(not))]);
    before.push(own);
  }
  return [...parts].map(([host, some]) => [host, or(...some)] as const);
}

const port: Expression = choice(
  literal(""),
  sequence(literal(":"), loop(characters((code) => code >= 0x30 && code <= 0x39))),
);

const shapes = new Map<string, Shape>();

/** Names of a domain, in any case, with a port or without. */
function domainFormula(domain: string): Formula {
  if (domain === "*") return always;
  const known = shapes.get(domain);
  const shape = known ?? domainShape(domain);
  if (shapes.size > 10_000) shapes.clear();
  shapes.set(domain, shape);
  return { kind: "atom", attribute: "host", shape };
}

function domainShape(domain: string): Shape {
  const isOpen = domain.startsWith("*");
  const text = isOpen ? domain.slice(1) : domain;
  const name = literal(text, true);
  const before = isOpen ? [some(everything)] : [];
  return {
    key: `domain ${domain}`,
    shown: `${domain} in any spelling`, // a policy that names the host does not mean the others
    expression: sequence(...before, name, port),
    samples: [isOpen ? `x${text}` : text],
    head: "",
  };
}
