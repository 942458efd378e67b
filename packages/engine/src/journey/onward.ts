import type { Connection, HttpRequest } from "../model/request.ts";
import type { Onward, Way } from "../model/route.ts";
import type { Hop, Leaving } from "../model/verdict.ts";
import { type Approach, arrive } from "./arrive.ts";
import { chooseCopy, chooseWay, clusterName } from "./choose-way.ts";
import { type Client, planeOf } from "./client.ts";
import { endpointAt } from "./cluster.ts";
import { type Dial, dial } from "./dial.ts";
import { type Endpoint, isNobody, isNowhere, type Nobody, workloadText } from "./endpoint.ts";
import { approachGateway } from "./gateway.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Sent } from "./message.ts";
import { answered, cutOff, faultReply, left, noCluster } from "./own-reply.ts";
import { passedOn } from "./passed-on.ts";
import type { Understood } from "./request.ts";
import { asSent, noteRewritten, passedTo } from "./sent-request.ts";
import { outside } from "./service-entry.ts";
import type { Link } from "./transport.ts";
import type { Sender, Trip } from "./trip.ts";
import { noteBypass, type OnTheWay, waypointFor } from "./waypoint.ts";

/** The next station of a request, or the end of its way. */
export type Next =
  | {
      readonly kind: "arrives";
      readonly hop: Hop; // the sender's, with how it sends on
      readonly approach: Approach;
      readonly endpoint: Endpoint;
      readonly dial: Dial;
    }
  | {
      readonly kind: "waypoint";
      readonly hop: Hop;
      readonly client: Client;
      readonly onTheWay: OnTheWay;
      readonly http?: HttpRequest;
    }
  | { readonly kind: "ends"; readonly hop: Hop }
  | {
      readonly kind: "unknown";
      readonly hop: Hop;
      readonly subject: string;
      readonly missing: string;
      readonly lost?: true; // where it leads was not loaded
    };

/** Where a proxy sends on what it let through: a destination of the route, an endpoint of it, and a connection. */
export function goOn(trip: Trip, sender: Sender, hop: Hop, onward: Onward): Next {
  const { inquiry } = trip;
  const asked = onward.ways[0]?.request ?? sender.http;
  if (onward.fault !== undefined && isFaulted(onward, inquiry))
    return { kind: "ends", hop: answered(hop, faultReply(onward.fault), onward, asked) };
  const way = chooseWay(onward, inquiry);
  if (way === undefined || way.missing) return { kind: "ends", hop: lost(hop, onward, way, asked) };
  const copy = chooseCopy(hop.proxy, onward, way, inquiry);
  const next = sendBy(trip, sender, hop, way);
  return copy !== undefined && isSent(next) ? sendBy(trip, sender, hop, copy) : next;
}

/** Who is sent nothing for want of an endpoint is not copied either. `envoy:source/common/router/router.cc`, continueDecodeHeaders */
function isSent({ kind }: Next): boolean {
  return kind === "arrives" || kind === "waypoint";
}

/** What goes one way: an endpoint of its cluster, and a connection. */
function sendBy(trip: Trip, sender: Sender, hop: Hop, way: Way): Next {
  const { mesh, inquiry } = trip;
  const cluster = clusterName(way);
  if (way.host === "BlackHoleCluster")
    return { kind: "ends", hop: cutOff(hop, { cluster }, way.request, unknownHere) };
  const endpoint = endpointAt(
    {
      mesh,
      inquiry,
      client: sender.client,
      ...(sender.original ? { original: sender.original } : {}),
    },
    way,
  );
  if (isNowhere(endpoint))
    return { kind: "unknown", hop: left(hop, { cluster }), ...endpoint, lost: true };
  if (!isNobody(endpoint)) return reach(trip, sender, left(hop, { cluster }), endpoint, way);
  const led = endpoint.service && ledPast(trip, sender, left(hop, { cluster }), endpoint, way);
  if (led !== undefined) return led;
  const leaves = { cluster, ...passedTo(sender.original, way) };
  return { kind: "ends", hop: cutOff(hop, leaves, way.request, endpoint.nobody) };
}

/** Who is led to a waypoint is told its endpoints, whether the Service has some or not. */
function ledPast(
  { mesh, inquiry }: Trip,
  sender: Sender,
  hop: Hop,
  { subject, service }: Nobody,
  way: Way,
): Next | undefined {
  if (service === undefined || sender.client.plane !== "gateway") return undefined;
  const { host, port } = service;
  const workload = outside({ namespace: "" }, host);
  const endpoint: Endpoint = { subject, workload, port, service, by: "service" };
  const led = waypointFor(mesh, sender.client, endpoint, inquiry);
  if (led === undefined || isNowhere(led)) return led && { kind: "unknown", hop, ...led };
  const http = way.request === undefined ? sender.http : asSent(way.request, endpoint);
  return toWaypoint(sender, hop, led, sender.tls ? undefined : http);
}

/** There is no such cluster: a request is answered, and bytes end. */
function lost(hop: Hop, onward: Onward, way: Way | undefined, asked: HttpRequest | undefined): Hop {
  if (asked !== undefined || way === undefined) return answered(hop, noCluster, onward, asked);
  const cluster = way.host === "" ? "UnknownService" : clusterName(way);
  return cutOff(hop, { cluster }, undefined, "there is no such backend");
}

const unknownHere = "REGISTRY_ONLY: the client's sidecar does not know the destination";

/** A fault for some requests may strike this one. */
function isFaulted({ fault, virtualHost = "", index = 0 }: Onward, { ask }: Inquiry): boolean {
  if ((fault?.percentage ?? 0) >= 100) return true;
  const id = `fault:${virtualHost}[${index}]`;
  return ask({ id, candidates: ["no", "yes"] }) === "yes";
}

function reach(trip: Trip, sender: Sender, hop: Hop, endpoint: Endpoint, way: Way): Next {
  const { mesh, options, inquiry } = trip;
  const http = way.request === undefined ? sender.http : asSent(way.request, endpoint);
  const led = waypointFor(mesh, sender.client, endpoint, inquiry);
  if (isNowhere(led)) return { kind: "unknown", hop, ...led };
  if (led !== undefined) return toWaypoint(sender, hop, led, sender.tls ? undefined : http);
  noteBypass(mesh, sender.client, endpoint, inquiry);
  const isOutside = endpoint.workload.key.kind === "Outside"; // its data plane is no news
  noteRewritten(sender.http, way.request, inquiry);
  const plane = isOutside ? "none" : planeOf(mesh, endpoint, options, inquiry).plane;
  const sent: Sent = {
    protocol: endpoint.protocol ?? "auto",
    outbound: way.request === undefined ? "tcp" : "http",
    ...(http === undefined ? {} : { http }),
  };
  const link: Link = { mesh, client: sender.client, endpoint, plane, sent, inquiry };
  const dialled = way.passed ? passedOn(link) : dial(link);
  if (isNowhere(dialled)) return { kind: "unknown", hop, ...dialled };
  if (isNobody(dialled)) return { kind: "ends", hop: cutOff(hop, {}, undefined, dialled.nobody) };
  const connection = connectionOf(sender, endpoint, dialled);
  const understood = later(trip.understood, connection, sent);
  const approach =
    plane === "gateway"
      ? approachGateway(mesh, endpoint, understood, options, inquiry)
      : arrive({ ...link, understood, transport: connection.transport });
  const leaves: Leaving = {
    to: isOutside
      ? endpoint.workload.key.name
      : workloadText(endpoint.workload).replace(/^[a-z]+\//, ""),
    ...openedTo(sender, endpoint, way),
    transport: dialled.transport,
    ...(dialled.sni === undefined ? {} : { sni: dialled.sni }),
  };
  return { kind: "arrives", hop: left(hop, leaves), approach, endpoint, dial: dialled };
}

function toWaypoint(
  { client }: Sender,
  hop: Hop,
  onTheWay: OnTheWay,
  http: HttpRequest | undefined,
): Next {
  const { namespace, name } = onTheWay.proxy;
  return {
    kind: "waypoint",
    hop: left(hop, { to: `${namespace}/${name}`, port: 15008, transport: "hbone" }),
    client,
    onTheWay,
    ...(http === undefined ? {} : { http }),
  };
}

/** Where a connection is opened to: what no route leads elsewhere goes to the address that it was meant for. */
function openedTo(
  { original }: Sender,
  endpoint: Endpoint,
  way: Way,
): { readonly at?: string; readonly port: number } {
  const address = way.host === "PassthroughCluster" ? original?.address : undefined;
  if (address !== undefined && original !== undefined) return { at: address, port: original.port };
  return { ...addressOf(endpoint), port: endpoint.port };
}

function addressOf({ workload }: Endpoint): { readonly at?: string } {
  const [at, ...more] = workload.addresses;
  return at === undefined || more.length > 0 ? {} : { at };
}

/** What the next proxy accepts: TLS that is passed on, as it came where nothing is put around it. */
function connectionOf({ client, tls }: Sender, endpoint: Endpoint, dial: Dial): Connection {
  const own = dial.transport === "plaintext" ? tls : undefined;
  const { transport, sni, alpn, certificate } = own ?? dial;
  const carries = own === undefined ? tls : own.carries;
  const { at } = addressOf(endpoint);
  return {
    transport,
    ...(client.address === undefined ? {} : { sourceIp: client.address }),
    ...(at === undefined ? {} : { destinationIp: at }),
    destinationPort: endpoint.port,
    ...(transport === "plaintext" || alpn === undefined ? {} : { alpn }),
    ...(sni === undefined ? {} : { sni }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(carries === undefined ? {} : { carries }),
  };
}

/** What was said of the first stretch does not hold for the next. */
function later({ now, stated }: Understood, connection: Connection, { http }: Sent): Understood {
  const { providers } = stated;
  return {
    caller: { kind: "unknown" },
    target: { kind: "address", address: "", port: connection.destinationPort },
    ...(now === undefined ? {} : { now }),
    stated: {
      connection,
      transport: connection.transport,
      ...(http === undefined ? {} : { raw: http }),
      ...(providers === undefined ? {} : { providers }),
    },
  };
}
