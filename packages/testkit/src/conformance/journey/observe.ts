import type { Header, Hop, HttpRequest, Way } from "@meshproof/engine";
import { enforcedRule } from "../observe.ts";

/** A branch in the words of the oracle, as far as both sides say it. */
export interface Observed {
  readonly hops: readonly ObservedHop[];
  readonly decidedBy: string;
  readonly outcome: string;
  readonly status?: number | undefined;
  readonly location?: string | undefined;
  readonly application?: ObservedArrival | undefined;
}

export interface ObservedArrival {
  readonly pod: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly headers?: readonly Header[] | undefined;
}

export interface ObservedHop {
  readonly hop: string;
  readonly side: string;
  readonly protocol: string;
  readonly at?: string | undefined;
  readonly chain?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly remoteIp?: string | undefined;
  readonly sni?: string | undefined;
  readonly identity?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly host?: string | undefined;
  readonly virtualHost?: string | undefined;
  readonly index?: number | undefined;
  readonly route?: string | undefined;
  readonly rule?: string | undefined;
  readonly cluster?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly transport?: string | undefined;
  readonly verdict: string;
  readonly by?: string | undefined;
}

/**
 * Reads a way as the oracle reads access logs, the echo server and what the client got. `names`: what DNS resolves, by address.
 * `isRaw`: bytes were sent, and an answer is bytes to whoever sent them.
 */
export function observe(
  { hops, outcome }: Way,
  names: ReadonlyMap<string, string>,
  isRaw: boolean,
): Observed {
  const proxies = hops.filter(({ point }) => point !== "none");
  const last = hops.at(-1);
  const received = outcome.received ?? receivedAs(last?.told?.http);
  const read = outcome.opaque ? undefined : received;
  const reached = outcome.kind === "forwarded";
  const isAnswer = read !== undefined || hops.some(isHttpHop);
  const isUnread = isRaw || isBroken(hops);
  const status = isUnread ? undefined : statusOf(outcome, isAnswer);
  const observed = proxies.map((hop) => observeHop(hop, hops[hops.indexOf(hop) + 1], names));
  const isUnbroken = observed.slice(0, -1).every(({ verdict }) => verdict === "forwarded");
  const isEcho = isRaw && outcome.status !== undefined && isUnbroken && !isBroken(hops);
  return {
    hops: observed,
    decidedBy: reached ? "application" : deciding(hops),
    outcome: isEcho ? "tcp-ok" : kindOf(status, outcome),
    status,
    location: outcome.responseHeaders?.find(([name]) => name === "location")?.[1],
    application: reached && last ? arrivalAt(names.get(last.proxy) ?? last.proxy, read) : undefined,
  };
}

function arrivalAt(pod: string, read?: Omit<ObservedArrival, "pod">): ObservedArrival {
  return {
    pod,
    method: read?.method,
    path: read?.path,
    headers: read?.headers?.map(lowered),
  };
}

/** Whether an answer in plain text breaks the TLS that proxies passed on. */
function isBroken(hops: readonly Hop[]): boolean {
  const [last, before] = hops.toReversed();
  if (last?.outcome.kind !== "protocol-error" || before === undefined) return false;
  const { transport, carries } = last.told?.connection ?? {};
  const isPassedOn = before.leaves?.transport === "plaintext" && transport !== "plaintext";
  return carries !== undefined || isPassedOn;
}

/** Bytes that are a request to the workload. */
function receivedAs(http: HttpRequest | undefined): ObservedArrival | undefined {
  if (http === undefined) return undefined;
  const { method, target, host, headers } = http;
  const lines = headers.map(lowered);
  return { pod: "", method, path: target, headers: host ? [["host", host], ...lines] : lines };
}

/** The oracle tells names of headers in lower case, whatever arrives. */
function lowered([name, value]: Header): Header {
  return [name.toLowerCase(), value];
}

function deciding(hops: readonly Hop[]): string {
  const last = hops.at(-1);
  if (last?.point === "none") return last.outcome.opaque ? "application" : "network";
  return last?.proxy ?? "network";
}

function isHttpHop({ saw, outcome }: Hop): boolean {
  const isHeard = outcome.kind === "protocol-error" && outcome.status !== undefined; // HTTP/2 hangs up and logs nothing
  return saw?.method !== undefined || isHeard;
}

function kindOf(status: number | undefined, { kind, opaque, details }: Way["outcome"]): string {
  if (status !== undefined) return "http";
  if (kind === "forwarded") return opaque ? "closed" : "tcp-ok";
  return kind === "unknown" ? `unknown: ${details}` : "closed";
}

function statusOf({ status, kind }: Way["outcome"], isHttp: boolean): number | undefined {
  return status ?? (kind === "forwarded" && isHttp ? 200 : undefined);
}

function observeHop(
  hop: Hop,
  next: Hop | undefined,
  names: ReadonlyMap<string, string>,
): ObservedHop {
  const { side, point } = hop;
  return {
    hop: hop.proxy,
    side: side ?? (point === "gateway" ? "gateway" : "inbound"),
    protocol: isHttpHop(hop) ? "http" : "tcp",
    chain: point === "sidecar" && side === undefined ? hop.chain : undefined,
    ...connectionOf(hop),
    ...(hop.outcome.details?.includes("jwt_authn") ? {} : viewOf(hop)),
    ...routeOf(hop),
    ...sentOf(hop, names),
    verdict: verdictOf(hop, next),
    by: byOf(hop),
  };
}

/** Of a handshake that did not come about, the oracle knows the server name. */
function connectionOf({ saw, told, outcome }: Hop): Partial<ObservedHop> {
  const connection = told?.connection;
  const refused = outcome.kind === "no-chain" || outcome.kind === "tls-failed";
  const sourceIp = connection?.sourceIp;
  return {
    at: connection && `${connection.destinationIp}:${connection.destinationPort}`,
    sourceIp,
    remoteIp: saw?.remoteIp === sourceIp ? undefined : saw?.remoteIp,
    sni: refused ? connection?.sni?.toLowerCase() : saw?.sni,
    identity: saw?.identities.filter((name) => name.includes("://")).join(",") || undefined,
  };
}

function routeOf({ onward }: Hop): Partial<ObservedHop> {
  const { virtualHost, index, name, rule } = onward ?? {};
  const written = rule && `${rule.namespace}/${rule.kind}/${rule.name}`;
  return {
    virtualHost,
    index,
    route: name,
    rule: rule?.kind.endsWith("Route") ? "HTTPRoute" : written,
  };
}

/** An address that DNS gave is none of the engine's. */
function sentOf({ leaves }: Hop, names: ReadonlyMap<string, string>): Partial<ObservedHop> {
  const { at, port, cluster, transport } = leaves ?? {};
  const known = at !== undefined && !names.has(at);
  return { cluster, transport, endpoint: known ? `${at}:${port}` : undefined };
}

/** What RBAC saw: of a request that the JWT filter refused, nothing is noted. */
function viewOf({ saw }: Hop): Pick<ObservedHop, "method" | "path" | "host"> {
  return { method: saw?.method, path: saw?.path, host: saw?.host };
}

/** The rule that RBAC names, or what it says in refusing. Network filters name only what they refuse. */
function byOf(hop: Hop): string | undefined {
  const details = hop.outcome.details ?? "";
  if (details.includes("rbac_access_denied")) return details;
  return isHttpHop(hop) ? enforcedRule(hop) : undefined;
}

/** The oracle's word for what a hop did: it fails at the next one if that one breaks the connection. */
function verdictOf(hop: Hop, next: Hop | undefined): string {
  const { outcome } = hop;
  const { kind, details = "" } = outcome;
  if (kind === "forwarded") return forwardedOrFailed(hop, next);
  if (kind === "no-chain") return "no-filter-chain";
  if (details.includes("rbac_access_denied")) return "deny";
  if (details.includes("jwt_authn")) return "jwt-fail";
  if (kind === "tls-failed")
    return hop.leaves?.failed === undefined ? "tls-failed" : "upstream-failed";
  if (kind === "protocol-error") return "protocol-error";
  if (details === "no_healthy_upstream" || isLost(hop)) return "upstream-failed";
  if (kind === "reply") return "answered";
  return kind;
}

/** Whether a proxy had nowhere to send bytes on to. */
function isLost({ outcome, leaves: { cluster, to } = {} }: Hop): boolean {
  if (cluster === "BlackHoleCluster") return true;
  if (cluster === undefined || to !== undefined) return false;
  return cluster === "PassthroughCluster" || outcome.kind === "closed";
}

function forwardedOrFailed(hop: Hop, next: Hop | undefined): string {
  const failed = next !== undefined && hop.leaves !== undefined && breaksOff(hop, next);
  return failed ? "upstream-failed" : "forwarded";
}

/** Whether the next hop's end of the connection is a failure to the one that opened it. */
function breaksOff(hop: Hop, next: Hop): boolean {
  const { kind, opaque } = next.outcome;
  const isHttp = isHttpHop(hop);
  const isPlain = hop.leaves?.transport === "plaintext";
  const [first] = next.steps;
  const isEnded = first?.layer === "mtls" && !first.text?.endsWith("not terminate");
  const isUnread = first?.layer === "mtls" && !isEnded;
  if (!isPlain && (isUnread || (kind === "forwarded" && opaque && !isEnded))) return true;
  if (kind === "no-chain") return isHttp || !isPlain;
  return isHttp && (kind === "tls-failed" || kind === "closed");
}
