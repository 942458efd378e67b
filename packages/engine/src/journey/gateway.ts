import { looksAt } from "../envoy/candidates.ts";
import { listeningPort } from "../istiod/listener/gateway-merge.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { FilterChain, Listener, Proxy } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Approach } from "./arrive.ts";
import { type Client, clientOf } from "./client.ts";
import { type Endpoint, isNowhere } from "./endpoint.ts";
import { chainFor, serverNameFor } from "./gateway-chain.ts";
import type { Inquiry } from "./inquiry.ts";
import { type Sent, send } from "./message.ts";
import { programOf } from "./programs.ts";
import type { Understood } from "./request.ts";
import { routedBy } from "./routes.ts";
import { servedElsewhere } from "./served-elsewhere.ts";
import { assumeSurroundings } from "./surroundings.ts";
import { pickTransport, type Transport } from "./transport.ts";

/** What addresses a gateway, and the gateway. */
interface Visit {
  readonly mesh: Mesh;
  readonly endpoint: Endpoint;
  readonly understood: Understood;
  readonly inquiry: Inquiry;
  readonly client: Client;
  readonly proxy: Proxy;
  readonly listener: Listener;
}

/** The gateway as the proxy that istiod knows. */
export function gatewayProxy(mesh: Mesh, { workload }: Pick<Endpoint, "workload">): Proxy {
  return proxyOf(mesh.inventory, workload, "gateway");
}

/** The port that a gateway listens on for what is addressed: a port of its Service, or its own. */
export function gatewayPort(mesh: Mesh, proxy: Proxy, addressed: number): number {
  const { listeners } = programOf(mesh, proxy);
  const target = listeningPort(addressed, mesh, proxy);
  return listeners.some(({ port }) => port === target) ? target : addressed;
}

/**
 * The way to a gateway: the client speaks what the server asks for, so TLS where a server has it, with a server name.
 * Who comes from outside shows no certificate unless one is asked for; whose it is, nobody knows.
 */
export function approachGateway(
  mesh: Mesh,
  endpoint: Endpoint,
  understood: Understood,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Approach {
  const { subject, workload, port } = endpoint;
  const proxy = gatewayProxy(mesh, endpoint);
  const missing = assumeSurroundings(mesh, workload, proxy, inquiry);
  if (missing !== undefined) return { kind: "nowhere", subject, missing };
  const listener = programOf(mesh, proxy).listeners.find((each) => each.port === port);
  const elsewhere = listener ? undefined : servedElsewhere(mesh, workload);
  if (elsewhere !== undefined) return { kind: "nowhere", subject, missing: elsewhere };
  if (listener === undefined)
    return mesh.inventory.complete
      ? { kind: "nobody", subject, nobody: `the gateway does not listen on port ${port}` }
      : { kind: "nowhere", subject, missing: notListening(port) };
  const client = clientOf(mesh, understood.caller, options, inquiry);
  return connect({ mesh, endpoint, understood, inquiry, client, proxy, listener });
}

function notListening(port: number): string {
  return `nothing that was loaded makes the gateway listen on port ${port}: that takes a server and, where it passes TLS through, a route for it`;
}

function connect(visit: Visit): Approach {
  const { endpoint, understood, inquiry, proxy, listener } = visit;
  const { subject } = endpoint;
  const { stated, message } = understood;
  const host = (stated.raw ?? message)?.host ?? undefined;
  const sni = serverNameFor(listener, stated, host, inquiry);
  const chain = chainFor(listener, sni, stated.transport);
  const protocol = chain?.kind === "http" ? "http" : "tcp";
  const isHttp = stated.raw !== undefined || message !== undefined || protocol === "http";
  const at: Endpoint = { ...endpoint, protocol: isHttp ? "http" : "tcp" };
  const sent = send(at, understood, inquiry);
  const http = stated.raw ?? sent.http;
  const missing = onTheWay(visit, chain, sent);
  if (missing !== undefined) return { kind: "nowhere", subject, missing };
  const connection = stated.connection ?? connectionOf(visit, chain, sni, http);
  if ("missing" in connection) return { kind: "nowhere", subject, ...connection };
  if (listener.proxyProtocol && stated.connection && connection.proxyProtocol === undefined)
    return {
      kind: "nowhere",
      subject,
      missing: "the gateway expects a PROXY header, which `connection.proxyProtocol` states",
    };
  return { kind: "gateway", proxy, connection, ...(http === undefined ? {} : { http }) };
}

/** What a client's own sidecar may do on the way, and is not evaluated yet: send it elsewhere, or wrap it in TLS of its own. */
function onTheWay(
  { mesh, client, endpoint, understood, inquiry }: Visit,
  chain: FilterChain | undefined,
  sent: Sent,
): string | undefined {
  if (client.plane === "none" || understood.stated.transport !== undefined) return undefined;
  const { service, subject } = endpoint;
  const routed = service && routedBy(mesh, client, service, sent, subject);
  if (routed !== undefined) return routed.missing;
  const picked = pickTransport({ mesh, client, endpoint, plane: "gateway", sent, inquiry });
  if (isNowhere(picked)) return picked.missing;
  if (typeof picked === "object") return `the client's sidecar does not know ${picked.blocked}`;
  const isMesh = picked === "mtls" && chain?.tls?.authority === "mesh";
  return picked === "plaintext" || isMesh
    ? undefined
    : "TLS that the client's proxy adds is not evaluated yet";
}

function connectionOf(
  visit: Visit,
  chain: FilterChain | undefined,
  sni: string | undefined,
  http: HttpRequest | undefined,
): Connection | { readonly missing: string } {
  const { endpoint, listener } = visit;
  const transport = transportOf(visit, chain);
  const from = addressesOf(visit, chain);
  if ("missing" in from) return from;
  const [address, ...more] = endpoint.workload.addresses;
  const destinationIp = listener.address ?? (more.length === 0 ? address : undefined);
  const shown = transport === "mtls" ? shownBy(visit, chain) : undefined;
  const certificate = shown === undefined ? {} : { certificate: { uris: [shown] } };
  const tls =
    transport === "tls" || transport === "mtls"
      ? { ...(sni ? { sni } : {}), alpn: [http?.version === "2" ? "h2" : "http/1.1"] }
      : {};
  return {
    transport,
    ...from,
    ...(destinationIp === undefined ? {} : { destinationIp }),
    destinationPort: endpoint.port,
    ...tls,
    ...certificate,
  };
}

/**
 * The name in the certificate of the client: of one of the mesh its identity. Of another authority's it is known where it was stated, as an identity
 * over mutual TLS.
 */
function shownBy(
  { client, understood: { caller, stated } }: Visit,
  chain: FilterChain | undefined,
): string | undefined {
  const isStated = stated.transport === "mtls" && caller.kind === "identity";
  return chain?.tls?.authority === "mesh" || isStated ? client.identity : undefined;
}

/** A server that may do without a certificate: whether there is one is asked. */
function transportOf({ understood, inquiry }: Visit, chain: FilterChain | undefined): Transport {
  const { transport } = understood.stated;
  if (transport !== undefined) return transport;
  if (chain?.tls === undefined) return chain?.match.serverNames ? "tls" : "plaintext";
  if (chain.tls.clientCertificate === "required") return "mtls";
  if (chain.tls.clientCertificate === "none") return "tls";
  const candidates = ["none", "shown"];
  return inquiry.ask({ id: "client-certificate", candidates }) === "shown" ? "mtls" : "tls";
}

type Addresses = Pick<Connection, "sourceIp" | "proxyProtocol">;

/** Behind a load balancer that speaks the PROXY protocol its header states the client, and the peer is the load balancer. */
function addressesOf(
  { understood, client, listener, inquiry }: Visit,
  chain: FilterChain | undefined,
): Addresses | { readonly missing: string } {
  const { ip, proxyProtocol } = understood.stated.source ?? {};
  if (listener.proxyProtocol === undefined) {
    if (proxyProtocol !== undefined)
      return {
        missing: "the gateway expects no PROXY header: gatewayTopology.proxyProtocol is not set",
      };
    const sourceIp = ip ?? client.address;
    if (ip === undefined && sourceIp) inquiry.derive({ id: "source.ip", value: sourceIp });
    return sourceIp === undefined ? {} : { sourceIp };
  }
  const stated = proxyProtocol ?? client.address;
  const source = ip === undefined ? {} : { sourceIp: ip };
  if (stated !== undefined) return { ...source, proxyProtocol: stated };
  const looked = chain && looksAt(chain.filters, ({ kind }) => kind === "remote.ip");
  return looked ? { missing: "the address in the PROXY header is not known" } : source;
}
