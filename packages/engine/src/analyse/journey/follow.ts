import { type Client, clientOf } from "../../journey/client.ts";
import { refusal } from "../../journey/dial.ts";
import type { Inquiry } from "../../journey/inquiry.ts";
import { goOn } from "../../journey/onward.ts";
import { leafLimit, replay } from "../../journey/replay.ts";
import type { Understood } from "../../journey/request.ts";
import type { Sender, Trip } from "../../journey/trip.ts";
import { atWaypoint } from "../../journey/waypoint-hop.ts";
import { spiffeId } from "../../kubernetes/identity.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import type { Connection, HttpRequest } from "../../model/request.ts";
import type { RouteDestination } from "../../model/route.ts";
import type { Hop } from "../../model/verdict.ts";
import type { AnalyseOptions, Protocol } from "../api.ts";

/** What a server name is that is not known: the host that is asked for, or what the client says itself. */
export type Named = "by host" | "by client";

/** Where a destination of a route may lead. */
export type Stop =
  | {
      readonly kind: "proxy";
      readonly proxy: Proxy;
      readonly connection: Connection;
      readonly named?: Named;
      readonly distrusted?: true; // its certificate may not be what the sender expects
    }
  | { readonly kind: "open"; readonly workload: string } // nothing is enforced there
  | { readonly kind: "ends" } // there is nobody, and who sends answers it
  | { readonly kind: "elsewhere" } // outside of the mesh
  | { readonly kind: "lost"; readonly what: string } // where it leads was not loaded
  | { readonly kind: "unknown"; readonly what: string }; // what becomes of it is not worked out

/** What is sent, and how far one looks. */
export interface Sending extends Pick<AnalyseOptions, "dataPlane"> {
  readonly protocol: Protocol;
  readonly original?: Sender["original"]; // where it was addressed to
  readonly caller?: Sender; // who sends, where that is a workload's own sidecar
}

const probe: HttpRequest = {
  version: "1.1",
  method: "GET",
  target: "/",
  host: "host.invalid",
  headers: [],
};

const nobody: Understood = {
  caller: { kind: "unknown" },
  target: { kind: "address", address: "", port: 0 },
  stated: {},
};

/** Everywhere that what a proxy sends to a destination may come: each endpoint, over each transport that is possible. */
export function stopsBehind(
  mesh: Mesh,
  proxy: Proxy,
  destination: RouteDestination,
  options: Sending,
): readonly Stop[] {
  const run = (inquiry: Inquiry): Stop => {
    const trip: Trip = {
      mesh,
      understood: nobody,
      options: options.dataPlane ? { dataPlane: options.dataPlane } : {},
      inquiry: { ...inquiry, everyEndpoint: true }, // the target may be one that no policy tells from another
      trace: "all",
    };
    const { original, protocol, caller } = options;
    const { http: _, ...called } = caller ?? {};
    const sender: Sender = {
      client: caller?.client ?? senderOf(trip, proxy),
      ...(original ? { original } : {}),
      ...called,
      ...(protocol === "http" ? { http: probe } : {}),
    };
    const way = { ...destination, ...(protocol === "http" ? { request: probe } : {}) };
    return stopOf(trip, goOn(trip, sender, sending(proxy), { ways: [way] }));
  };
  const { leaves } = replay(run, () => undefined, true);
  const found = new Map(leaves.map(({ result }) => [JSON.stringify(result), result]));
  const stops = [...found.values()];
  if (leaves.length < leafLimit) return stops;
  const what = `what ${proxy.kind}/${proxy.namespace}/${proxy.name} sends to ${destination.host}: more ways than are tried`;
  return [...stops, { kind: "unknown", what }];
}

function sending({ kind, namespace, name }: Proxy): Hop {
  return {
    point: kind,
    proxy: `${namespace}/${name}`,
    enforced: true,
    steps: [],
    outcome: { kind: "forwarded" },
    notes: [],
  };
}

/** A gateway or a waypoint as who sends on. */
function senderOf({ mesh, options, inquiry }: Trip, proxy: Proxy): Client {
  const { namespace, name, labels, serviceAccount, addresses } = proxy;
  const [address, ...more] = addresses;
  const known = address === undefined || more.length > 0 ? {} : { address };
  const identity = spiffeId(mesh.config, namespace, serviceAccount || "default");
  if (proxy.kind === "waypoint")
    return { plane: "waypoint", assumed: false, identity, namespace, labels, ...known };
  const workload = mesh.inventory.workloads.find(
    ({ key }) => key.namespace === namespace && key.name === name,
  );
  if (workload === undefined)
    return { plane: "gateway", assumed: false, identity, namespace, labels, ...known };
  const client = clientOf(mesh, { kind: "workload", workload }, options, inquiry);
  return { ...client, plane: "gateway", ...known };
}

function stopOf(trip: Trip, next: ReturnType<typeof goOn>): Stop {
  switch (next.kind) {
    case "ends":
      return { kind: "ends" };
    case "unknown":
      return { kind: next.lost ? "lost" : "unknown", what: `${next.subject}: ${next.missing}` };
    case "waypoint": {
      const reached = atWaypoint(trip, next.client, next.onTheWay, next.http);
      if (!("hop" in reached))
        return { kind: "unknown", what: `${reached.subject}: ${reached.missing}` };
      const { told } = reached.hop;
      return told === undefined
        ? { kind: "unknown", what: "what comes to a waypoint is not known" }
        : { kind: "proxy", proxy: told.program.proxy, connection: told.connection };
    }
    case "arrives":
      return arrivedAt(trip, next);
  }
}

function arrivedAt(
  { mesh }: Trip,
  { approach, endpoint, dial }: Extract<ReturnType<typeof goOn>, { readonly kind: "arrives" }>,
): Stop {
  const { key } = endpoint.workload;
  if (approach.kind === "unenforced" && key.kind !== "Outside")
    return { kind: "open", workload: `${key.namespace}/${key.name}` };
  if (approach.kind === "nowhere")
    return { kind: "unknown", what: `${approach.subject}: ${approach.missing}` };
  if (!("proxy" in approach)) return { kind: "elsewhere" };
  const { proxy, connection } = approach;
  return {
    kind: "proxy",
    proxy,
    connection,
    ...(connection.sni === probe.host ? { named: "by host" } : {}),
    ...(refusal(mesh, dial, endpoint) === undefined ? {} : { distrusted: true }),
  };
}
