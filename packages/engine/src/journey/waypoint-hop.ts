import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { spiffeId } from "../kubernetes/identity.ts";
import { portProtocol } from "../kubernetes/port-protocol.ts";
import { backendsOf, serviceHost, servicePort } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Connection, HttpRequest } from "../model/request.ts";
import type { Onward } from "../model/route.ts";
import type { Hop } from "../model/verdict.ts";
import { meantBy, type Original } from "./addressed.ts";
import { type Client, clientOf } from "./client.ts";
import { type AddressedService, isNowhere, type Nowhere, workloadText } from "./endpoint.ts";
import { podOf } from "./headless-pod.ts";
import { send } from "./message.ts";
import { openedBy } from "./opened-tls.ts";
import { sentTo } from "./outbound-hop.ts";
import { serve } from "./serve.ts";
import { outside } from "./service-entry.ts";
import { assumeSurroundings } from "./surroundings.ts";
import { factsOf, type Sender, serveOptions, type Trip } from "./trip.ts";
import {
  type Addressee,
  namesWaypoint,
  type OnTheWay,
  waypointFor,
  withoutAddress,
} from "./waypoint.ts";
import { hasEntries, type Named, ztunnelEntry } from "./ztunnel-entry.ts";

/** What a request comes to at a waypoint, and the waypoint as who sends it on. */
export interface AtWaypoint {
  readonly hop: Hop;
  readonly sender: Sender;
}

/**
 * The waypoint that a caller in ambient mode is led to first. Undefined: there is none, or the request says how it arrives.
 */
export function waypointFirst(trip: Trip): AtWaypoint | Nowhere | typeof nobody | undefined {
  const { mesh, understood, options, inquiry } = trip;
  const { caller, stated, target } = understood;
  if (stated.transport !== undefined || stated.connection !== undefined) return undefined;
  if (target.kind === "host") return entryFirst(trip, target);
  const meant = originalOf(mesh, target);
  if (meant === undefined) return target.kind === "address" ? entryFirst(trip, target) : undefined;
  const original = podOf(mesh, meant, inquiry);
  const addressee = addresseeOf(original);
  if (withoutAddress(addressee) || !namesWaypoint(mesh, addressee)) return undefined;
  if (caller.kind === "unknown") return ledAnyone(trip, addressee, original);
  const client = clientOf(mesh, caller, options, inquiry);
  const found =
    client.plane === "ambient" ? waypointFor(mesh, client, addressee, inquiry) : undefined;
  return found === undefined || isNowhere(found) ? found : reached(trip, client, found, original);
}

/** The waypoint of a ServiceEntry, to which ztunnel leads who asks for one of its hosts, on whatever port. */
function entryFirst(trip: Trip, target: Named): AtWaypoint | Nowhere | undefined {
  const { mesh, understood, options, inquiry } = trip;
  if (understood.caller.kind === "unknown" || !hasEntries(mesh)) return undefined;
  const client = clientOf(mesh, understood.caller, options, inquiry);
  const service =
    client.plane === "ambient" ? ztunnelEntry(mesh, client, target, inquiry) : undefined;
  if (service === undefined) return undefined;
  const { namespace, name } = service.entry.key;
  const subject = `se/${namespace}/${name}`;
  const { host, port } = service;
  const address = target.kind === "address" ? { address: target.address } : {};
  const addressee = { workload: outside({ namespace }, host), service, port, subject, ...address };
  const found = waypointFor(mesh, client, addressee, inquiry);
  if (found === undefined || isNowhere(found)) return found;
  const endpoint = { ...addressee, by: "service" as const, protocol: service.protocol ?? "auto" };
  const http = understood.stated.raw ?? send(endpoint, understood, inquiry).http;
  return atWaypoint(trip, client, found, http, asOriginal(target));
}

function asOriginal(target: Named): Original {
  if (target.kind === "address") return target;
  const { host, port, tls } = target;
  return { host, port, ...(tls ? { tls: { sni: host } } : {}) };
}

/** A caller without an identity, whom nothing leads there. */
const nobody = "none";

/** Whoever it is comes as a workload in ambient mode, if that is what is addressed or workloads are taken for, or as nobody. */
function ledAnyone(
  trip: Trip,
  addressee: Addressee,
  original: Original,
): AtWaypoint | Nowhere | typeof nobody | undefined {
  const { mesh, inquiry, options } = trip;
  const { dataPlane = isAmbient(mesh, addressee) ? "ambient" : "sidecar" } = options;
  const planes = (["sidecar", "ambient", "none"] as const).filter((each) => each !== dataPlane);
  const plane = inquiry.assume("data-plane", "from", [dataPlane, ...planes]);
  if (plane !== "ambient") return undefined;
  const found = waypointFor(mesh, { plane }, addressee, inquiry);
  if (found === undefined || isNowhere(found)) return found;
  const candidates = [nobody, "a workload of the mesh"];
  if (inquiry.ask({ id: "from", candidates }) === nobody) return nobody;
  return reached(trip, { plane, assumed: true }, found, original);
}

function isAmbient({ inventory }: Mesh, { workload, service }: Addressee): boolean {
  const pods = service?.object === undefined ? [workload] : backendsOf(inventory, service.object);
  return pods.some((pod) => dataPlaneOf(inventory, pod)?.plane === "ambient");
}

function originalOf(mesh: Mesh, target: Trip["understood"]["target"]): Original | undefined {
  if (target.kind === "address") return meantBy(mesh, target);
  if (target.kind === "workload") return { workload: target.workload, port: target.port };
  if (target.kind !== "service" || target.service === undefined) return undefined;
  const tls = target.tls === undefined ? {} : { tls: { sni: target.tls } };
  return { service: target.service, port: target.port, ...tls };
}

function addresseeOf({ service, workload, port, address: stated }: Original): Addressee {
  const address = stated === undefined ? {} : { address: stated };
  if (service === undefined) {
    const own = workload ?? outside({ namespace: "" }, "");
    return { workload: own, port, subject: workloadText(own), ...address };
  }
  const { namespace, name } = service.key;
  const found = servicePort(service, port);
  const protocol = found === undefined ? undefined : portProtocol(found);
  const addressed: AddressedService = {
    host: serviceHost(service),
    port,
    object: service,
    ...(protocol === undefined || protocol === "udp" ? {} : { protocol }),
  };
  return {
    workload: outside({ namespace }, name),
    service: addressed,
    port,
    subject: `svc/${namespace}/${name}`,
    ...address,
  };
}

function reached(
  trip: Trip,
  client: Client,
  onTheWay: OnTheWay,
  original: Original,
): AtWaypoint | Nowhere {
  const { raw } = trip.understood.stated;
  const http = raw ?? sentTo(original, trip.understood, trip.inquiry).http;
  return atWaypoint(trip, client, onTheWay, http, original);
}

/** What a waypoint does with a request, and where it sends it on. */
export function atWaypoint(
  trip: Trip,
  client: Client,
  onTheWay: OnTheWay,
  http: HttpRequest | undefined,
  original?: Original,
): AtWaypoint | Nowhere {
  const { mesh, inquiry } = trip;
  const { proxy, workload } = onTheWay;
  const missing = assumeSurroundings(mesh, workload, proxy, inquiry);
  if (missing !== undefined) return { subject: workloadText(workload), missing };
  const { namespace, name } = proxy;
  const value = `${namespace}/${name} is on the way (ctx:2.1); who is behind it sees it as the peer, by istiod's source: no recording shows that (ctx:2.7)`;
  inquiry.derive({ id: `waypoint:${namespace}/${name}`, value });
  const tls = original?.tls && openedBy(original.tls);
  const connection = { ...connectionOf(trip, client, onTheWay), ...(tls ? { carries: tls } : {}) };
  const hop = serve(mesh, proxy, connection, http, factsOf(trip, http), serveOptions(trip));
  const [address, ...more] = proxy.addresses;
  const sender: Client = {
    plane: "waypoint",
    assumed: false,
    identity: spiffeId(mesh.config, proxy.namespace, proxy.serviceAccount || "default"),
    namespace: proxy.namespace,
    labels: proxy.labels,
    ...(address === undefined || more.length > 0 ? {} : { address }),
  };
  return {
    hop: { ...hop, onward: hop.onward ?? straightOn(hop, http) },
    sender: {
      client: sender,
      ...(original === undefined ? {} : { original }),
      ...(http === undefined ? {} : { http }),
      ...(tls === undefined ? {} : { tls }),
    },
  };
}

function connectionOf(
  { understood }: Trip,
  client: Client,
  { service, address, port }: OnTheWay,
): Connection {
  const sourceIp = understood.stated.source?.ip ?? client.address;
  return {
    transport: "hbone",
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(address === undefined ? {} : { destinationIp: address }),
    destinationPort: port,
    ...(service === undefined ? {} : { service }),
    ...(client.identity === undefined ? {} : { certificate: { uris: [client.identity] } }),
  };
}

/** A pod that is addressed itself gets what the waypoint lets through. */
function straightOn({ outcome }: Hop, http: HttpRequest | undefined): Onward {
  const { received } = outcome;
  const host = received?.headers.find(([name]) => name === "host")?.[1];
  const request: HttpRequest | undefined =
    received === undefined || http === undefined
      ? undefined
      : {
          version: http.version,
          ...(http.method === undefined ? {} : { method: received.method }),
          ...(http.target === undefined ? {} : { target: received.path }),
          ...(host === undefined ? {} : { host }),
          headers: received.headers.filter(([name]) => name !== "host"),
          ...(http.otherHeaders ? { otherHeaders: http.otherHeaders } : {}),
          ...(http.body === undefined ? {} : { body: http.body }),
        };
  const way = { host: "PassthroughCluster", weight: 1, ...(request ? { request } : {}) };
  return { ways: [way] };
}
