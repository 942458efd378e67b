import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import { hasPortsOfTwoKinds } from "../kubernetes/service.ts";
import type { EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { anyone } from "./anyone.ts";
import { type Approach, arrive } from "./arrive.ts";
import { type Client, clientOf, isGateway, planeOf } from "./client.ts";
import { type Endpoint, isNobody, isNowhere, type Nowhere } from "./endpoint.ts";
import { approachGateway } from "./gateway.ts";
import { whyNoGateway } from "./host-target.ts";
import type { Inquiry } from "./inquiry.ts";
import { leavesPast } from "./leaves-past.ts";
import { type Sent, send } from "./message.ts";
import { openedTls } from "./opened-tls.ts";
import { leave } from "./outbound.ts";
import { unreadHeader } from "./proxy-header.ts";
import type { Understood } from "./request.ts";
import { type Access, resolve } from "./resolve.ts";
import { routedBy } from "./routes.ts";
import { type Blocked, type Link, pickTransport } from "./transport.ts";
import { noteBypass } from "./waypoint.ts";
import { ztunnelEndpoint } from "./ztunnel-endpoint.ts";

/** The way from the caller to the workload: what is addressed, how it is carried there, and who stands in front of it. */
export function approach(
  mesh: Mesh,
  understood: Understood,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Approach {
  const { target } = understood;
  const endpoint =
    ztunnelEndpoint(mesh, understood, options, inquiry) ??
    resolve(mesh, target, accessOf(mesh, understood, options, inquiry), inquiry);
  if (isNowhere(endpoint)) return { kind: "nowhere", ...endpoint };
  if (isNobody(endpoint)) return { kind: "nobody", ...endpoint };
  const unserved = unservedHost(mesh, understood, endpoint);
  if (unserved !== undefined) return { kind: "nowhere", ...unserved };
  const { plane } = planeOf(mesh, endpoint, options, inquiry);
  if (plane === "gateway") return approachGateway(mesh, endpoint, understood, options, inquiry);
  const unread = unreadHeader(understood);
  if (unread !== undefined) return { kind: "nowhere", ...unread };
  const { caller } = understood;
  const client =
    caller.kind === "unknown"
      ? anyone(mesh, endpoint, plane, understood.stated, inquiry)
      : captured(
          { mesh, client: clientOf(mesh, caller, options, inquiry), endpoint, inquiry },
          understood,
        );
  const sent = leave(send(endpoint, understood, inquiry), client, endpoint);
  const link = { mesh, client, endpoint, plane, sent, inquiry };
  const { transport: stated } = understood.stated;
  const detour = stated === undefined ? detourOf(mesh, client, endpoint, sent) : undefined;
  if (detour !== undefined) return { kind: "nowhere", ...detour };
  if (stated === undefined) noteBypass(mesh, client, endpoint, inquiry);
  const transport = stated ?? pickTransport(link);
  const isOwn = transport === "plaintext" && openedTls(understood) !== undefined;
  if (isNowhere(transport)) return { kind: "nowhere", ...transport };
  if (typeof transport === "object") return blocked(mesh, understood, sent, endpoint, transport);
  return arrive({ ...link, understood, transport: isOwn ? "tls" : transport });
}

/** Whoever has no data plane leaves it to kube-proxy to choose among the pods of a Service; ztunnel reads its ports in its own way. */
function accessOf(
  mesh: Mesh,
  { caller }: Pick<Understood, "caller">,
  options: EvaluateOptions,
  inquiry: Inquiry,
): Access {
  const isBare =
    caller.kind === "workload"
      ? dataPlaneOf(mesh.inventory, caller.workload)?.plane === "none"
      : caller.kind === "external" || caller.kind === "node" || caller.kind === "none";
  const byZtunnel =
    hasPortsOfTwoKinds(mesh.inventory) &&
    clientOf(mesh, caller, options, inquiry).plane === "ambient";
  return { direct: !isGateway(mesh, caller), podsOnly: isBare, byZtunnel };
}

/** Who calls from outside calls something of the mesh: a name that no loaded gateway serves is one that was not loaded. */
function unservedHost(
  mesh: Mesh,
  { caller, target }: Understood,
  { workload }: Endpoint,
): Nowhere | undefined {
  const isOutside = workload.key.kind === "Outside" && target.kind === "host";
  if (!isOutside || (caller.kind !== "external" && caller.kind !== "unknown")) return undefined;
  return { subject: target.host, missing: whyNoGateway(mesh, target) };
}

/** What a pod sends past its sidecar is sent by nobody that is known. */
function captured(
  {
    mesh,
    client,
    endpoint: { service, port },
    inquiry,
  }: Pick<Link, "mesh" | "client" | "endpoint" | "inquiry">,
  { caller }: Understood,
): Client {
  if (client.plane !== "sidecar") return client;
  const [address] = (service?.object?.clusterIps ?? []).filter((each) => each !== "None");
  const to = { port: service?.port ?? port, ...(address === undefined ? {} : { address }) };
  if (!leavesPast(mesh, caller, to, inquiry)) return client;
  return { plane: "none", assumed: false, ...(client.address ? { address: client.address } : {}) };
}

/** What may lead elsewhere, and is not evaluated where the Service or its caller is not known well enough. */
function detourOf(mesh: Mesh, client: Client, endpoint: Endpoint, sent: Sent): Nowhere | undefined {
  const { service, subject } = endpoint;
  return service && routedBy(mesh, client, service, sent, subject);
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
