import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { AuthorizationPolicy } from "../model/policy.ts";
import type { FilterChain, Listener, Program, Route } from "../model/program.ts";
import type { Clause, Group, Rule, Text } from "../model/rule.ts";
import { ofRequests } from "./only-value.ts";
import type { Point } from "./points.ts";
import type { Rewriting } from "./rewriting.ts";
import { type Sample, sampleOf, stranger } from "./sample.ts";
import { targetsOf } from "./targets.ts";

/** So many routes of a gateway, Services behind a waypoint, and ALLOW rules are tried. */
const most = 16;

/**
 * Requests that a rule is about, as they can come to a point: at a gateway such as it routes, or their witness would be a 404; through a
 * waypoint for each Service behind it.
 */
export function samplesAt(mesh: Mesh, point: Point, rule: Rule): readonly Sample[] {
  if (point.plane === "gateway")
    return routed(point.program()?.listeners ?? [])
      .slice(0, most)
      .flatMap((when) => sampleOf(mesh, { ...rule, groups: [...rule.groups, when] }) ?? []);
  const sample = sampleOf(mesh, rule);
  if (sample === undefined || point.plane !== "waypoint")
    return sample === undefined ? [] : [sample];
  const isAbout = servicesOf(mesh, rule);
  return point
    .doors()
    .filter(({ port, to }) => (sample.port === undefined || sample.port === port) && isAbout(to))
    .slice(0, most)
    .map(({ to }) => ({ ...sample, to }));
}

/** Of a policy for some Services no request to another one says anything. */
function servicesOf(mesh: Mesh, { policy }: Rule): (to: string) => boolean {
  const known = policiesByKey(mesh).get(keyText(policy));
  const named = (known === undefined ? [] : targetsOf(known)).flatMap(({ ref }) =>
    ref.kind === "Service" ? [`svc/${ref.namespace ?? policy.namespace}/${ref.name}:`] : [],
  );
  return (to) => named.length === 0 || named.some((start) => to.startsWith(start));
}

const byKey = new WeakMap<Mesh, ReadonlyMap<string, AuthorizationPolicy>>();

function policiesByKey(mesh: Mesh): ReadonlyMap<string, AuthorizationPolicy> {
  const known =
    byKey.get(mesh) ??
    new Map(mesh.authorizationPolicies.map((policy) => [keyText(policy.key), policy]));
  byKey.set(mesh, known);
  return known;
}

/** The same; where ALLOW rules apply, also such as one of them lets in: what a DENY rule does to others nobody sees. */
export function* samplesLetIn(mesh: Mesh, point: Point, rule: Rule): Iterable<Sample> {
  yield* samplesAt(mesh, point, rule);
  let left = most;
  for (const { groups } of allowRules(point).slice(0, 4 * most)) {
    const both = { ...rule, groups: [...rule.groups, ...groups] };
    const samples = samplesAt(mesh, point, both).slice(0, Math.min(4, left));
    left -= samples.length;
    yield* samples;
  }
}

/** Requests that a rule behind a gateway is about, as they come by a route: such as the gateway lets in, too. */
export function* samplesBy(mesh: Mesh, rule: Rule, { gateway, way, ...by }: By): Iterable<Sample> {
  const asked = gateway === undefined ? rule : ofRequests(rule);
  const groups = [...asked.groups, comingBy({ ...by, port: way.port })];
  const alone = sampleOf(mesh, { ...rule, groups });
  if (alone !== undefined) yield alone;
  for (const other of gateway === undefined ? [] : allowRules(gateway).slice(0, most)) {
    const sample = sampleOf(mesh, { ...rule, groups: [...groups, ...other.groups] });
    if (sample !== undefined) yield sample;
  }
}

type By = Pick<Rewriting, "gateway" | "way" | "domains" | "route">;

const allowing = new WeakMap<Program, readonly Rule[]>();

function allowRules({ program }: Point): readonly Rule[] {
  const told = program();
  if (told === undefined) return [];
  const known = allowing.get(told) ?? allowRulesOf(told);
  allowing.set(told, known);
  return known;
}

function allowRulesOf({ listeners }: Program): readonly Rule[] {
  const chains = listeners.flatMap((listener) => listener.chains);
  const filters = [...new Set(chains.flatMap((chain) => chain.filters))];
  const rules = filters.flatMap((filter) =>
    filter.kind === "rbac" && filter.action === "ALLOW" ? (filter.rules ?? []) : [],
  );
  return [...new Map(rules.map((rule) => [rule.name, rule])).values()];
}

/** Who is nobody in particular: from the mesh, and at a gateway from outside. */
export function strangerAt(mesh: Mesh, { plane }: Point): Pick<Sample, "from"> {
  return plane === "gateway" ? {} : { from: stranger(mesh) };
}

/** What the routes of a gateway ask for, each as one more group of a rule. */
function routed(listeners: readonly Listener[]): readonly Group[] {
  return listeners.flatMap(({ port, chains }) =>
    chains.flatMap(({ routes = [] }: FilterChain) =>
      routes.flatMap(({ domains, routes: own }) =>
        own
          .filter(({ action }) => action.kind === "forward")
          .map((route) => comingBy({ port, domains, route })),
      ),
    ),
  );
}

/** A route of a proxy, and what comes to it. */
export interface Coming {
  readonly port?: number | undefined;
  readonly domains: readonly string[];
  readonly route: Pick<Route, "when">;
}

/** What comes by a route, as one more group of a rule. */
function comingBy({ port, domains, route }: Coming): Group {
  const hosts = domains.flatMap((domain) => hostText(domain) ?? []);
  const host: Clause[] = hosts.length < domains.length ? [] : [onHosts(hosts)];
  const onPort: Clause[] = port === undefined ? [] : [onPortOf(port)];
  return { of: "to", any: [{ index: 0, all: [...host, ...onPort, ...route.when.map(plain)] }] };
}

function onPortOf(port: number): Clause {
  const any = [{ kind: "port", port, of: 0 }] as const;
  return { attribute: { kind: "destination.port" }, field: "ports", any };
}

const names: Readonly<Record<string, "method" | "host" | "path">> = {
  ":method": "method",
  ":authority": "host",
  ":path": "path",
};

/** Routes know parts of a request by their names in HTTP/2. */
function plain(part: Clause): Clause {
  const kind = part.attribute.kind === "header" ? names[part.attribute.name] : undefined;
  return kind === undefined ? part : { ...part, attribute: { kind } };
}

function onHosts(texts: readonly Text[]): Clause {
  const any = texts.map((text) => ({ ...text, of: 0 }));
  return { attribute: { kind: "host" }, field: "hosts", any };
}

/** A domain as hosts are compared with it; undefined: every host. */
function hostText(domain: string): Text | undefined {
  if (domain === "*") return undefined;
  return domain.startsWith("*")
    ? { kind: "suffix", text: domain.slice(1), fold: true }
    : { kind: "exact", text: domain, fold: true };
}
