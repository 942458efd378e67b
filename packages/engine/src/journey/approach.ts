import { bypassesRedirection, whyNotCaptured } from "../kubernetes/capture.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { EvaluateOptions } from "../model/access-request.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import { anyone } from "./anyone.ts";
import { type Client, clientOf, isGateway, planeOf } from "./client.ts";
import { connect } from "./connection.ts";
import type { Endpoint, Nowhere } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { type Sent, send } from "./message.ts";
import { leave } from "./outbound.ts";
import type { Understood } from "./request.ts";
import { resolve } from "./resolve.ts";
import { routedBy } from "./routes.ts";
import { assumeSurroundings } from "./surroundings.ts";
import { type Blocked, pickTransport, type Transport } from "./transport.ts";
import { throughWaypoint } from "./waypoint.ts";

/** The enforcement point that a request comes to, and what reaches it. */
export type Approach =
  | ({ readonly kind: "nowhere" } & Nowhere)
  | { readonly kind: "blocked"; readonly by: string; readonly what: string; readonly http: boolean }
  | {
      readonly kind: "unenforced";
      readonly subject: string;
      readonly why: string;
      readonly transport: Transport;
      readonly http?: HttpRequest;
    }
  | {
      readonly kind: "sidecar" | "ztunnel";
      readonly proxy: Proxy;
      readonly connection: Connection;
      readonly http?: HttpRequest; // absent: bytes
    };

/** The way from the caller to the workload: what is addressed, how it is carried there, and who stands in front of it. */
export function approach(
  mesh: Mesh,
  understood: Understood,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Approach {
  const endpoint = resolve(mesh, understood.target, !isGateway(mesh, understood.caller), inquiry);
  if (isNowhere(endpoint)) return { kind: "nowhere", ...endpoint };
  const { plane } = planeOf(mesh, endpoint, options, inquiry);
  const { caller } = understood;
  const client =
    caller.kind === "unknown"
      ? anyone(mesh, endpoint, plane, understood.stated, inquiry)
      : clientOf(mesh, caller, options, inquiry);
  const sent = leave(send(endpoint, understood.message, inquiry), client, endpoint);
  const link = { mesh, client, endpoint, plane, sent, inquiry };
  const { transport: stated } = understood.stated;
  const detour = stated === undefined ? detourOf(mesh, client, endpoint, sent) : undefined;
  if (detour !== undefined) return { kind: "nowhere", ...detour };
  const transport = stated ?? pickTransport(link);
  if (isNowhere(transport)) return { kind: "nowhere", ...transport };
  if (typeof transport === "object") return blocked(mesh, understood, sent, endpoint, transport);
  return arrive({ ...link, understood, transport });
}

/** What is on the way, or may lead elsewhere, and is not evaluated yet. */
function detourOf(mesh: Mesh, client: Client, endpoint: Endpoint, sent: Sent): Nowhere | undefined {
  const { service, subject } = endpoint;
  const routed = service && routedBy(mesh, client, service, sent, subject);
  return routed ?? throughWaypoint(mesh, client, endpoint);
}

/** The client's sidecar answers 502 where it speaks HTTP on the port for some Service; else it closes the connection. */
function blocked(
  mesh: Mesh,
  { caller }: Understood,
  { http }: Sent,
  { port, service }: Endpoint,
  { blocked: what }: Blocked,
): Approach {
  const number = service?.port ?? port;
  const listens = mesh.inventory.services.some(({ ports }) =>
    ports.some((each) => each.port === number && portProtocol(each) === "http"),
  );
  const by = caller.kind === "workload" ? caller.workload.key.name : "client";
  return { kind: "blocked", by, what, http: http !== undefined && listens };
}

interface Arrival {
  readonly mesh: Mesh;
  readonly client: Client;
  readonly endpoint: Endpoint;
  readonly plane: DataPlane;
  readonly sent: Sent;
  readonly inquiry: Inquiry;
  readonly understood: Understood;
  readonly transport: Transport;
}

function arrive(arrival: Arrival): Approach {
  const { mesh, endpoint, plane, transport, inquiry, understood } = arrival;
  const { subject, workload, port } = endpoint;
  const http = understood.stated.raw ?? arrival.sent.http;
  const message = http === undefined ? {} : { http };
  const why = whyUnenforced(plane, endpoint);
  if (why !== undefined) return { kind: "unenforced", subject, why, transport, ...message };
  if (plane !== "sidecar" && plane !== "ambient")
    return { kind: "nowhere", subject, missing: notYet(plane) };
  if (plane === "sidecar" && bypassesRedirection(workload))
    return { kind: "nowhere", subject, missing: "interceptionMode NONE is not evaluated yet" };
  const unsettled = assumeSurroundings(mesh, workload, inquiry);
  if (unsettled !== undefined) return { kind: "nowhere", subject, missing: unsettled };
  const connection = understood.stated.connection ?? connect(arrival);
  if (isNowhere(connection)) return { kind: "nowhere", ...connection };
  const kind = plane === "sidecar" ? "sidecar" : "ztunnel";
  const proxy = withPort(proxyOf(mesh.inventory, workload, kind), arrival, port);
  return { kind, proxy, connection, ...message };
}

function whyUnenforced(plane: DataPlane, { workload, port }: Endpoint): string | undefined {
  if (plane === "none") return "no data plane: nothing is enforced on this workload";
  return plane === "sidecar" ? whyNotCaptured(workload, port) : undefined;
}

function notYet(plane: DataPlane): string {
  return plane === "proxyless"
    ? "proxyless gRPC servers are not evaluated yet"
    : `${plane}s are not evaluated yet`;
}

/** The port as it was stated or assumed, where no loaded Service declares it. An undeclared port is sniffed as it is. */
function withPort(proxy: Proxy, { endpoint, sent }: Arrival, port: number): Proxy {
  const { service } = endpoint;
  const declared = proxy.ports.some((each) => each.port === port);
  if (declared || (sent.protocol === "auto" && service === undefined)) return proxy;
  const through = service && { host: service.host, port: service.port };
  const added = { port, protocol: sent.protocol, ...(through ? { service: through } : {}) };
  return { ...proxy, ports: [...proxy.ports, added] };
}

/** Whether a step on the way came back with what is missing. */
function isNowhere(value: unknown): value is Nowhere {
  return typeof value === "object" && value !== null && "missing" in value;
}
