import { selectsNothing } from "../kubernetes/endpoint-slices.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import { backendsOf, isHeadless, serviceHost, servicePort } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Way } from "../model/route.ts";
import type { Hop } from "../model/verdict.ts";
import type { Original } from "./addressed.ts";
import type { Caller } from "./caller.ts";
import { type Client, clientOf } from "./client.ts";
import { labelsOfAccount } from "./client-labels.ts";
import { type Endpoint, type Nowhere, workloadText } from "./endpoint.ts";
import { mayDecide } from "./filters.ts";
import { hostKind } from "./host.ts";
import { hostOriginal } from "./host-target.ts";
import type { Inquiry } from "./inquiry.ts";
import { leavesPast } from "./leaves-past.ts";
import { type Sent, send } from "./message.ts";
import { openedBy } from "./opened-tls.ts";
import { outboundListener } from "./outbound-listener.ts";
import type { Understood } from "./request.ts";
import { serveProgram } from "./serve.ts";
import { outside } from "./service-entry.ts";
import type { Target } from "./target.ts";
import { factsOf, type Sender, serveOptions, type Trip } from "./trip.ts";

/** Nothing that a sidecar's workload sends is held against a policy. */
const unguarded = "a sidecar enforces nothing on what its own workload sends";

/**
 * The caller's own sidecar, where it is known to be on the way: it routes what its workload sends. Undefined: there is none, or the
 * request says how it arrives.
 */
export function outboundHop(
  trip: Trip,
): { readonly hop: Hop; readonly sender: Sender } | Nowhere | undefined {
  const { mesh, understood, options, inquiry } = trip;
  const { caller, stated, target } = understood;
  const isDirect = stated.transport !== undefined || stated.connection !== undefined;
  if (isDirect || caller.kind === "unknown" || !hasSidecar(caller)) return undefined;
  const resolved = originalOf(mesh, target, inquiry);
  if (resolved === undefined) return undefined;
  const original = underName(resolved, stated.sni);
  const client = clientOf(mesh, caller, options, inquiry);
  if (client.plane !== "sidecar") return undefined;
  if (leavesPast(mesh, caller, original, inquiry)) return undefined;
  const sent = sentTo(original, understood, inquiry);
  if (client.assumed && isForeign(mesh, client, original, sent)) return undefined;
  const proxy = proxyOfCaller(trip, caller, client);
  const missing = mayDecide(mesh, proxy, inquiry, "outbound");
  if (missing !== undefined) return { subject: `${proxy.namespace}/${proxy.name}`, missing };
  const listener = outboundListener(mesh, proxy, original);
  const http = stated.raw ?? sent.http;
  const program = { proxy, listeners: [listener], notes: [] };
  const connection = connectionOf(client, original, understood);
  const named = namedByAddress(original, http);
  const hop = serveProgram(program, connection, named, factsOf(trip, named), serveOptions(trip));
  return {
    hop: { ...unnamed(hop), side: "outbound", enforced: false, why: unguarded },
    sender: {
      client: addressed(client, connection.sourceIp),
      original,
      ...(http === undefined ? {} : { http }),
      ...(original.tls === undefined ? {} : { tls: openedBy(original.tls) }),
    },
  };
}

function hasSidecar({ kind }: Caller): boolean {
  return kind === "workload" || kind === "account" || kind === "identity";
}

/** The server name that an application's own TLS asks for may be another than the host that it connects to. */
function underName(original: Original, sni: string | undefined): Original {
  return original.tls === undefined || sni === undefined ? original : { ...original, tls: { sni } };
}

/** Where the application connects to; undefined: how the destination is addressed is left open, or it is not loaded. */
function originalOf(mesh: Mesh, target: Target, inquiry: Inquiry): Original | undefined {
  switch (target.kind) {
    case "service": {
      const { service, port } = target;
      if (service === undefined) return undefined;
      const [address] = service.clusterIps.filter((each) => each !== "None");
      const tls = target.tls === undefined ? {} : { tls: { sni: target.tls } };
      if (!isHeadless(service)) return { port, service, ...tls, ...(address ? { address } : {}) };
      return { port, service, ...tls, ...podAddress(mesh, target, inquiry) };
    }
    case "workload": {
      const [address, ...more] = target.workload.addresses;
      if (target.by !== "address") return undefined;
      const known = address !== undefined && more.length === 0 ? { address } : {};
      return { port: target.port, workload: target.workload, ...known };
    }
    case "address":
      return target;
    case "host":
      return hostOriginal(mesh, target, inquiry);
    case "gateway":
    case "described":
      return undefined;
  }
}

/** DNS gives the addresses of the pods of a headless Service. */
function podAddress(
  { inventory }: Mesh,
  { service }: Extract<Target, { readonly kind: "service" }>,
  { ask }: Inquiry,
): Pick<Original, "address"> {
  const isWritten = service !== undefined && selectsNothing(service); // an address may be of no pod
  const pods = service === undefined || isWritten ? [] : backendsOf(inventory, service);
  const [first] = pods;
  if (service === undefined || first === undefined) return {};
  const candidates = pods.map(workloadText);
  const id = `destination:svc/${service.key.namespace}/${service.key.name}`;
  const picked = pods.length === 1 ? candidates[0] : ask({ id, candidates });
  const [address] = (pods[candidates.indexOf(picked ?? "")] ?? first).addresses;
  return address === undefined ? {} : { address };
}

/** What the application sends, by the port that it believes to speak to. */
export function sentTo(
  { service, port, workload, address, host }: Original,
  understood: Understood,
  inquiry: Inquiry,
): Sent {
  const found = service && servicePort(service, port);
  const protocol = found === undefined ? undefined : portProtocol(found);
  const declared = protocol === undefined || protocol === "udp" ? {} : { protocol };
  const name = host ?? address ?? "";
  const endpoint: Endpoint = {
    subject: service ? `svc/${service.key.namespace}/${service.key.name}` : name,
    workload: workload ?? outside({ namespace: "" }, name),
    port,
    by: service === undefined ? "address" : "service",
    protocol: "auto",
    ...declared,
    ...(service
      ? { service: { host: serviceHost(service), port, object: service, ...declared } }
      : {}),
  };
  const { raw } = understood.stated;
  if (raw !== undefined) return { protocol: "auto", outbound: "auto", http: raw };
  return send(endpoint, understood, inquiry);
}

/** A caller that may be a gateway knows hosts that a sidecar does not. */
function isForeign(mesh: Mesh, client: Client, { service }: Original, { http }: Sent): boolean {
  if (service === undefined || http === undefined) return false;
  const addressed = { host: serviceHost(service), object: service };
  return hostKind(mesh, client, addressed, http.host ?? undefined).kind === "foreign";
}

function proxyOfCaller({ mesh, inquiry }: Trip, caller: Caller, client: Client): Proxy {
  if (caller.kind === "workload") return proxyOf(mesh.inventory, caller.workload, "sidecar");
  const { namespace = "", address, identity = "" } = client;
  const account = /\/sa\/([^/]+)$/.exec(identity)?.[1] ?? "default";
  return {
    kind: "sidecar",
    namespace,
    name: account,
    labels: labelsOfAccount(mesh, { namespace, serviceAccount: account }, inquiry),
    serviceAccount: account,
    addresses: address === undefined ? [] : [address],
    ports: [],
  };
}

function connectionOf(
  client: Client,
  { address, port, tls }: Original,
  { stated }: Understood,
): Connection {
  const sourceIp = stated.source?.ip ?? client.address;
  return {
    ...(tls ? { transport: "tls", sni: tls.sni } : { transport: "plaintext" }),
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(address === undefined ? {} : { destinationIp: address }),
    destinationPort: port,
  };
}

/** A sidecar sends from the address of its pod, which is the application's. */
function addressed(client: Client, address: string | undefined): Client {
  return address === undefined ? client : { ...client, address };
}

/** Who connects to a pod's address names it so: some address that no Service has, where it is not known. */
const anyAddress = "0.0.0.0";

function namedByAddress(
  { workload }: Original,
  http: HttpRequest | undefined,
): HttpRequest | undefined {
  return workload === undefined || http === undefined || http.host !== undefined
    ? http
    : { ...http, host: anyAddress };
}

function unnamed(hop: Hop): Hop {
  const { onward, saw } = hop;
  if (onward === undefined || saw?.host !== anyAddress) return hop;
  const { host: _host, ...seen } = saw;
  return { ...hop, saw: seen, onward: { ...onward, ways: onward.ways.map(unnamedWay) } };
}

function unnamedWay(way: Way): Way {
  if (way.request?.host !== anyAddress) return way;
  const { host: _host, ...request } = way.request;
  return { ...way, request };
}
