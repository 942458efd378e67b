import type { Header } from "@meshproof/engine";
import { type Difference, differing } from "../judgement.ts";
import type { Observed, ObservedHop } from "./observe.ts";
import type { JourneyBranch, JourneyHop } from "./vector.ts";

/** What really happened in a branch, as far as both sides say it. `names`: what DNS resolves, by address, which the engine does not ask. */
export function observedOf(branch: JourneyBranch, names: ReadonlyMap<string, string>): Observed {
  const { hops = [], outcome, application = [], decidedBy } = branch;
  const [arrival] = application;
  const isRequest = arrival?.method !== undefined;
  return {
    hops: untilDenied(hops.filter(isCounted)).map((hop) => hopOf(hop, names)),
    decidedBy,
    outcome: outcome.kind === "no-listener" ? "closed" : outcome.kind, // a port on which nobody listens
    status: outcome.status,
    location: outcome.headers?.find(([name]) => name === "location")?.[1],
    application: arrival && {
      pod: arrival.pod,
      method: isRequest ? arrival.method : undefined,
      path: isRequest ? arrival.path : undefined,
      headers: isRequest ? arrival.headers : undefined,
    },
  };
}

/** Not a mirror's, and not a server's whose client refused its certificate. */
function isCounted({ mirror, side, verdict, failure = "" }: JourneyHop): boolean {
  if (mirror) return false;
  return side !== "inbound" || verdict !== "tls-failed" || !failure.includes("_ALERT_");
}

/** A proxy opens the way on at once, and looks at bytes when they come: of those that it denies nothing comes to whoever it opened it to. */
function untilDenied(hops: readonly JourneyHop[]): readonly JourneyHop[] {
  const at = hops.findIndex(({ protocol, verdict }) => protocol === "tcp" && verdict === "deny");
  return at < 0 ? hops : [...hops.slice(0, at), ...hops.slice(at, at + 1).map(unopened)];
}

function unopened({ endpoint: _endpoint, transport: _transport, ...hop }: JourneyHop): JourneyHop {
  return hop;
}

function hopOf(hop: JourneyHop, names: ReadonlyMap<string, string>): ObservedHop {
  const { view } = hop;
  const route = routesTell(hop) ? hop.route : undefined;
  return {
    hop: hop.hop,
    side: hop.side,
    protocol: hop.protocol,
    at: hop.at,
    chain: hop.side === "inbound" ? hop.chain : undefined,
    sourceIp: hop.sourceIp,
    remoteIp: hop.remoteIp,
    sni: hop.sni,
    identity: hop.identity,
    method: view?.method,
    path: view?.path,
    host: view?.host,
    virtualHost: route?.virtualHost,
    index: route?.index,
    route: route?.name,
    rule: ruleOf(route?.rule),
    cluster: isSent(hop) ? hop.cluster : undefined,
    endpoint: names.has(hop.endpoint?.replace(/:\d+$/, "") ?? "") ? undefined : hop.endpoint,
    transport: hop.transport,
    verdict: hop.verdict,
    by: hop.details?.includes("rbac_access_denied") ? hop.details : hop.rules?.enforced,
  };
}

/** Behind a sidecar there is one route; of a request that is refused before it is routed, the engine knows none. */
function routesTell({ side, verdict }: JourneyHop): boolean {
  return side !== "inbound" && verdict !== "deny" && verdict !== "jwt-fail";
}

function isSent({ verdict }: JourneyHop): boolean {
  return verdict === "forwarded" || verdict === "upstream-failed";
}

/** istiod makes a VirtualService of HTTPRoutes and GRPCRoutes: the route's own name tells which. */
function ruleOf(rule: string | undefined): string | undefined {
  if (rule?.includes("~")) return "HTTPRoute";
  return rule?.replace("/virtual-service/", "/VirtualService/");
}

/** Compares the branches that really happened with the ways that the engine knows: as sets. */
export function compareBranches(
  expected: readonly Observed[],
  got: readonly Observed[],
): readonly Difference[] {
  const want = distinct(expected.map(comparable));
  const have = distinct(got.map(comparable));
  const missing = want.filter((one) => !have.some((other) => same(one, other)));
  const extra = have.filter((one) => !want.some((other) => same(one, other)));
  const [first] = missing;
  if (first === undefined && extra.length === 0) return [];
  if (first === undefined || extra.length === 0)
    return differing([["branches", want.length, have.length]]);
  const [nearest = {}] = extra.toSorted(
    (a, b) => differencesOf(first, a).length - differencesOf(first, b).length,
  );
  return differencesOf(first, nearest);
}

type Flat = Readonly<Record<string, unknown>>;

function comparable({ hops, application, ...rest }: Observed): Flat {
  const flat: Record<string, unknown> = {};
  for (const [index, hop] of hops.entries())
    for (const [name, value] of Object.entries(hop)) flat[`hops[${index}].${name}`] = value;
  flat["hops"] = hops.map(({ side }) => side).join(">");
  for (const [name, value] of Object.entries(rest)) flat[name] = value;
  const { headers, ...arrival } = application ?? {};
  for (const [name, value] of Object.entries(arrival)) flat[`application.${name}`] = value;
  for (const [name, value] of grouped(headers ?? [])) flat[`application.headers.${name}`] = value;
  return Object.fromEntries(Object.entries(flat).filter(([, value]) => value !== undefined));
}

function grouped(headers: readonly Header[]): readonly (readonly [string, string])[] {
  const names = [...new Set(headers.map(([name]) => name))].filter((name) => !unsteady.test(name));
  return names.map((name) => [
    name,
    headers
      .filter(([other]) => other === name)
      .map(([, value]) => steady(value))
      .join(", "), // as an application of Node's that speaks HTTP/2 tells lines of one name
  ]);
}

/** What differs from run to run, and what the oracle takes out with tracing. */
const unsteady = /^(?:x-request-id|x-b3-.*|traceparent|tracestate|x-envoy-decorator-operation)$/;

function steady(value: string): string {
  return value
    .replace(/By=[^;,]*;/g, "") // a credential's certificate has no such name
    .replace(/Hash=[0-9a-f]{64}/g, "Hash=...")
    .replace(/Cert="[^"]*"/g, 'Cert="..."')
    .replace(/Subject="O=workload"/g, 'Subject=""'); // what the oracle's certificates are made out to
}

function distinct(all: readonly Flat[]): readonly Flat[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

function key(one: Flat): string {
  return JSON.stringify(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function same(one: Flat, other: Flat): boolean {
  return key(one) === key(other);
}

function names(one: Flat, other: Flat): readonly string[] {
  return [...new Set(["hops", ...Object.keys(one), ...Object.keys(other)])];
}

function differencesOf(one: Flat, other: Flat): readonly Difference[] {
  return differing(names(one, other).map((name) => [name, one[name], other[name]]));
}
