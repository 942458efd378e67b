import { addressText, parseAddress } from "../../match/address.ts";
import type { HttpSettings } from "../../model/program.ts";
import type { Certificate, Header } from "../../model/request.ts";
import { clientCertValue } from "./client-cert-header.ts";
import { isUpgrade, valueOf } from "./connection-header.ts";
import { joinValues } from "./inline-headers.ts";
import { validReferer } from "./referer.ts";

/** What the connection manager knows of the connection under a request. */
export interface Downstream {
  readonly encrypted: boolean;
  readonly certificate?: Certificate; // the client's, verified
  readonly localUri?: string; // of our own certificate
  readonly port?: () => number; // that was called
  readonly address: () => string; // of the client: the socket's, or what a PROXY header states
}

/** Stands for the UUID that Envoy makes: present, and equal to nothing that a policy could name. */
export const generatedRequestId = "00000000-0000-4000-8000-000000000000";

const always = [
  ...["keep-alive", "proxy-connection", "transfer-encoding", "x-envoy-internal"],
  ...["x-envoy-retry-on", "x-envoy-retry-grpc-on", "x-envoy-max-retries", "x-envoy-force-trace"],
  ...["x-envoy-upstream-alt-stat-name", "x-envoy-upstream-rq-timeout-ms", "x-envoy-ip-tags"],
  ...["x-envoy-upstream-rq-per-try-timeout-ms", "x-envoy-upstream-rq-timeout-alt-response"],
  ...["x-envoy-expected-rq-timeout-ms", "x-envoy-hedge-on-per-try-timeout"],
  ...["x-envoy-original-url", "x-envoy-retriable-header-names", "x-envoy-retriable-status-codes"],
];
const atTheEdge = [
  ...[
    "x-envoy-decorator-operation",
    "x-envoy-downstream-service-cluster",
    "x-envoy-downstream-service-node",
  ],
  ...["x-envoy-original-host", "x-envoy-original-path", "x-envoy-external-address"],
  "x-request-id",
];

/**
 * The headers as filters see them: hop-by-hop and internal ones gone, what Envoy knows itself added (az:HK-6).
 * Follows envoyproxy/envoy:source/common/http/conn_manager_utility.cc, `mutateRequestHeaders`.
 */
export function mutateHeaders(
  headers: readonly Header[],
  settings: HttpSettings,
  downstream: Downstream,
): readonly Header[] {
  const edge = settings.remoteAddress === "peer";
  const gone = new Set([...always, ...(edge ? atTheEdge : [])]);
  if (settings.keepsRequestIds) gone.delete("x-request-id");
  if (!settings.untraced) gone.add("x-envoy-decorator-operation"); // the trace takes it
  const upgrade = isUpgrade(headers); // whose hop-by-hop headers stay as they are
  if (!upgrade) for (const name of ["connection", "upgrade"]) gone.add(name);
  const left = headers.filter(([name, value]) => !gone.has(name) && acceptable(name, value));
  const kept = upgrade ? left : left.filter(saysTrailers).map(onlyTrailers);
  const addressed = edge ? atEdge(kept, settings, downstream) : kept;
  const described = added(addressed, "x-forwarded-proto", schemeOf(downstream));
  const ported = withPort(described, settings, downstream);
  const identified = settings.keepsRequestIds
    ? ported
    : added(ported, "x-request-id", generatedRequestId);
  return withClientCert(identified, settings, downstream);
}

/** A broken referer goes, and an id that is none. */
function acceptable(name: string, value: string): boolean {
  if (name === "x-request-id") return value !== "";
  return name !== "referer" || validReferer(value);
}

function onlyTrailers([name, value]: Header): Header {
  return name === "te" && value !== "" ? [name, "trailers"] : [name, value];
}

/** `te` says trailers or nothing. */
function saysTrailers([name, value]: Header): boolean {
  const says = (token: string): boolean => token.trim() === "trailers";
  return name !== "te" || value === "" || value.split(",").some(says);
}

function schemeOf({ encrypted }: Downstream): string {
  return encrypted ? "https" : "http";
}

/** The port that was called, if a proxy is to say so: the first one of ours believes no other, unless it trusts proxies before it. */
function withPort(
  headers: readonly Header[],
  { forwardedPort, remoteAddress, trustedHops }: HttpSettings,
  { port }: Downstream,
): readonly Header[] {
  if (!forwardedPort || port === undefined) return headers;
  const write = remoteAddress === "peer" && trustedHops === 0 ? put : added;
  return write(headers, "x-forwarded-port", `${port()}`);
}

/** The first proxy of ours appends its peer to x-forwarded-for and believes no one else, unless it trusts proxies before it. */
function atEdge(
  headers: readonly Header[],
  settings: HttpSettings,
  downstream: Downstream,
): readonly Header[] {
  const peer = downstream.address();
  const remote = forwardedAddress(headers, settings) ?? peer;
  const forwarded = valueOf(headers, "x-forwarded-for") ?? "";
  const appended = put(headers, "x-forwarded-for", joinValues(forwarded, peer));
  const described =
    settings.trustedHops === 0
      ? put(appended, "x-forwarded-proto", schemeOf(downstream))
      : added(appended, "x-forwarded-proto", schemeOf(downstream));
  return put(described, "x-envoy-external-address", remote);
}

/**
 * The client's address as x-forwarded-for states it, or undefined where the peer's counts (az:IP-3): a sidecar takes the
 * right-most entry, a gateway the one that its trusted proxies leave. `envoy:source/common/http/utility.cc`, `getLastAddressFromXFF`
 */
export function forwardedAddress(
  headers: readonly Header[],
  { remoteAddress, trustedHops }: HttpSettings,
): string | undefined {
  const value = valueOf(headers, "x-forwarded-for");
  const skipped = remoteAddress === "peer" ? trustedHops - 1 : trustedHops;
  if (value === undefined || skipped < 0) return undefined;
  const entries = value.split(",");
  const text = entries.slice(0, entries.length - skipped);
  const last = text.at(-1)?.trim();
  return last === undefined ? undefined : asAddress(last);
}

/** An address as a proxy writes it. Of zones it knows numbers, and the one interface that every pod has. `getaddrinfo` */
function asAddress(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const [, zone] = text.split("%");
  if (zone === undefined) return addressText(address);
  if (/^\d+$/.test(zone)) return `${addressText(address)}%${zone}`;
  return zone === "lo" && /^fe[89ab]/.test(address.value) ? `${addressText(address)}%1` : undefined;
}

/** x-forwarded-client-cert is for those who showed a certificate; nobody else may send it. A gateway adds the certificate itself. */
function withClientCert(
  headers: readonly Header[],
  { clientCertHeader, clientCertFields }: HttpSettings,
  { certificate, localUri }: Downstream,
): readonly Header[] {
  const name = "x-forwarded-client-cert";
  if (clientCertHeader === "always-forward-only") return headers;
  if (!certificate || clientCertHeader === "sanitize")
    return headers.filter(([other]) => other !== name);
  if (clientCertHeader === "forward-only") return headers;
  const own = clientCertValue(certificate, localUri, clientCertFields);
  const earlier = valueOf(headers, name) ?? "";
  return put(headers, name, clientCertHeader === "append-forward" ? joinValues(earlier, own) : own);
}

function added(headers: readonly Header[], name: string, value: string): readonly Header[] {
  return valueOf(headers, name) === undefined ? [...headers, [name, value]] : headers;
}

function put(headers: readonly Header[], name: string, value: string): readonly Header[] {
  if (valueOf(headers, name) === undefined) return [...headers, [name, value]];
  return headers.map((header): Header => (header[0] === name ? [name, value] : header));
}
