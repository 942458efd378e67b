import { bindsPort, hasIngress, ingressPorts } from "../istiod/listener/sidecar-ingress.ts";
import { isNotRedirected, whyNotCaptured, whyPlaintextBypasses } from "../kubernetes/capture.ts";
import { declaredPorts, proxyOf } from "../kubernetes/proxy.ts";
import { isHeadless, servicePort, targetPortOf } from "../kubernetes/service.ts";
import { takesHbone } from "../kubernetes/tunnel.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Caller } from "./caller.ts";
import type { Client } from "./client.ts";
import { connect } from "./connection.ts";
import { type Endpoint, isNowhere, type Nobody, type Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Sent } from "./message.ts";
import type { Understood } from "./request.ts";
import { assumeSurroundings } from "./surroundings.ts";
import type { Transport } from "./transport.ts";

/** The enforcement point that a request comes to, and what reaches it. */
export type Approach =
  | ({ readonly kind: "nowhere" } & Nowhere)
  | ({ readonly kind: "nobody" } & Nobody)
  | { readonly kind: "blocked"; readonly by: string; readonly what: string; readonly http: boolean }
  | {
      readonly kind: "unenforced";
      readonly subject: string;
      readonly why: string;
      readonly transport: Transport;
      readonly tls?: true; // what is there speaks TLS
      readonly http?: HttpRequest;
    }
  | {
      readonly kind: "sidecar" | "ztunnel" | "gateway" | "waypoint" | "proxyless";
      readonly proxy: Proxy;
      readonly connection: Connection;
      readonly http?: HttpRequest; // absent: bytes
    };

/** A request at the end of its way. */
export interface Arrival {
  readonly mesh: Mesh;
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly plane: DataPlane;
  readonly sent: Sent;
  readonly inquiry: Inquiry;
  readonly understood: Understood;
  readonly transport: Transport;
}

/** Who stands in front of the workload, and what reaches it. */
export function arrive(arrival: Arrival): Approach {
  const { mesh, endpoint, plane, transport, inquiry, understood } = arrival;
  const { subject, workload } = endpoint;
  const http = understood.stated.raw ?? arrival.sent.http;
  const message = http === undefined ? {} : { http };
  const why = whyUnenforced(arrival);
  const tls = workload.key.kind === "Outside" && tlsPorts.has(endpoint.port);
  if (why !== undefined)
    return { kind: "unenforced", subject, why, transport, ...(tls ? { tls } : {}), ...message };
  const kind = plane === "ambient" || plane === "gateway" || plane === "none" ? "ztunnel" : plane;
  const bare = proxyOf(mesh.inventory, workload, kind);
  const missing = notYet(arrival) ?? assumeSurroundings(mesh, workload, bare, inquiry);
  if (missing !== undefined) return { kind: "nowhere", subject, missing };
  const connection = understood.stated.connection ?? connect(arrival);
  if (isNowhere(connection)) return { kind: "nowhere", ...connection };
  if (kind === "proxyless")
    inquiry.derive({
      id: `proxyless:${subject}`,
      value: "by istiod's source, no recording shows it",
    });
  const isBare = kind === "proxyless" || kind === "waypoint";
  const proxy = isBare ? bare : portsOf(bare, arrival, kind);
  return { kind, proxy, connection, ...message };
}

/** Where what is outside speaks TLS, as everybody takes it. */
const tlsPorts: ReadonlySet<number> = new Set([443, 8443]);

function whyUnenforced(arrival: Arrival): string | undefined {
  const { plane, transport } = arrival;
  const { workload, port } = arrival.endpoint;
  if (workload.key.kind === "Outside")
    return "outside the mesh: nothing of it is enforced there, nor on the way out of a sidecar";
  if (plane === "none") return "no data plane: nothing is enforced on this workload";
  if (plane === "sidecar" && isBound(arrival)) return undefined;
  if (plane === "sidecar") return whyNotCaptured(workload, port) ?? whyNotRedirected(arrival);
  if (plane !== "ambient" || transport === "hbone") return undefined;
  const bypass = whyPlaintextBypasses(workload);
  if (bypass !== undefined) return bypass;
  return fromOwnNode(arrival) ? "the node's own processes reach its pods past ztunnel" : undefined;
}

function isBound({ mesh, endpoint: { workload, port } }: Arrival): boolean {
  return bindsPort(mesh, { namespace: workload.key.namespace, labels: workload.labels }, port);
}

/** Probes and everything else with a socket of the pod's node are let past; other nodes are not (ctx:1.11). */
function fromOwnNode({ mesh, understood, client, endpoint, inquiry }: Arrival): boolean {
  const { caller } = understood;
  const isNode = caller.kind === "node" || client.plane === "none";
  if (!isNode || !mayUseHostNetwork(mesh, caller)) return false;
  const id = `node:${endpoint.subject}`;
  return inquiry.ask({ id, candidates: ["the pod's own", "another"] }) === "the pod's own";
}

/** A process of a node, or a pod on its network: also one of those that a service account may run (ctx:T26, ctx:T27). */
function mayUseHostNetwork({ inventory }: Mesh, caller: Caller): boolean {
  if (caller.kind === "workload") return caller.workload.hostNetwork === true;
  if (caller.kind !== "account") return caller.kind === "node";
  return inventory.workloads.some(
    ({ key, serviceAccount, hostNetwork }) =>
      hostNetwork === true &&
      key.namespace === caller.namespace &&
      (serviceAccount || "default") === caller.serviceAccount,
  );
}

function notYet(arrival: Arrival): string | undefined {
  const { plane, transport, endpoint, understood } = arrival;
  if (plane === "proxyless") return notGrpc(arrival);
  if (plane === "waypoint")
    return understood.stated.connection === undefined
      ? "a waypoint is addressed by what stands behind it: name the Service, or state the connection"
      : undefined;
  if (plane !== "sidecar") return undefined;
  if (transport === "hbone" && takesHbone(arrival.mesh, endpoint.workload) === false)
    return "HBONE to a sidecar that was not told to take it is not evaluated";
  if (!isNotRedirected(arrival.mesh, endpoint.workload)) return undefined;
  return "with interceptionMode NONE the listener of a Sidecar object's ingress is not evaluated: name what it forwards to";
}

/** A sidecar that nothing is redirected to listens on the ports of its Sidecar object's ingress only (an:PA-58). */
function whyNotRedirected({ mesh, endpoint: { workload, port } }: Arrival): string | undefined {
  if (!isNotRedirected(mesh, workload)) return undefined;
  const { namespace } = workload.key;
  return ingressPorts(mesh, { namespace, labels: workload.labels }).includes(port)
    ? undefined
    : "interceptionMode NONE: nothing is redirected to the sidecar, and no Sidecar object has ingress on the port";
}

/** gRPC serves gRPC, on ports that istiod knows of. What else it does with others is not evaluated. */
function notGrpc({ mesh, sent, understood, endpoint, transport }: Arrival): string | undefined {
  const { workload, port } = endpoint;
  const { version, method, headers = [] } = understood.stated.raw ?? sent.http ?? {};
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (version !== "2" || method !== "POST" || !/^application\/grpc(?:$|[+;])/.test(type))
    return "a gRPC server without a proxy is evaluated for gRPC requests only";
  if (transport === "hbone") return "HBONE to a gRPC server without a proxy is not evaluated";
  return declaredPorts(mesh.inventory, workload).some((each) => each.port === port)
    ? undefined
    : `no loaded Service leads to port ${port} of the gRPC server`;
}

function portsOf(bare: Proxy, arrival: Arrival, kind: "sidecar" | "ztunnel"): Proxy {
  const { mesh, endpoint } = arrival;
  return kind === "sidecar" && hasIngress(mesh, bare)
    ? bare
    : withPort(bare, arrival, endpoint.port);
}

/** A client of a headless Service connects to its port as it stands: where that is not its target, the server knows nothing of it (an:PA-91), nor of a ServiceEntry that leads wherever one connects to. */
function isBeside({ service, workload, port }: Endpoint): boolean {
  const { object, unlisted } = service ?? {};
  if (unlisted) return true;
  const led = object && isHeadless(object) ? servicePort(object, service?.port ?? 0) : undefined;
  const target = led && targetPortOf(led, workload);
  return target !== undefined && target !== port;
}

/** The port as it was stated or assumed, where no loaded Service declares it. An undeclared port is sniffed as it is. */
function withPort(proxy: Proxy, { endpoint, sent }: Arrival, port: number): Proxy {
  const { service } = endpoint;
  const declared = proxy.ports.some((each) => each.port === port);
  if (declared || isBeside(endpoint) || (sent.protocol === "auto" && service === undefined))
    return proxy;
  const through = service && { host: service.host, port: service.port };
  const added = { port, protocol: sent.protocol, ...(through ? { service: through } : {}) };
  return { ...proxy, ports: [...proxy.ports, added] };
}
