import { servedServices } from "../istiod/listener/waypoint-services.ts";
import { workloadText } from "../journey/endpoint.ts";
import { programOf, ztunnelOf } from "../journey/programs.ts";
import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Program, Proxy } from "../model/program.ts";
import { assumedMesh } from "./assumed.ts";
import { gatewayWorkloads } from "./gateway-points.ts";
import { standIns } from "./stand-ins.ts";

/** A workload and what stands in front of it. */
export interface Point {
  readonly name: string; // deploy/shop/orders
  readonly workload: Workload;
  readonly plane: DataPlane;
  readonly assumed?: true; // nothing says which data plane it is
  readonly standIn?: true; // stands for the workloads of a selector: none was loaded
  readonly proxy?: Proxy; // absent: nothing is enforced
  /** What istiod tells its proxy. */
  readonly program: () => Program | undefined;
  /** The Services that a waypoint stands in front of, as they are addressed at one port. */
  readonly doors: () => readonly Door[];
  /** How a request addresses it: by its name, whatever the transport to it is. */
  readonly to: (port: number, protocol?: "http" | "tcp") => AccessRequest["to"];
}

/** One port of a Service behind a waypoint. */
export interface Door {
  readonly to: string; // svc/shop/orders:80
  readonly host: string; // orders.shop.svc.cluster.local
  readonly port: number;
}

const kinds: Readonly<Record<DataPlane, Proxy["kind"] | undefined>> = {
  sidecar: "sidecar",
  ambient: "ztunnel",
  gateway: "gateway",
  waypoint: "waypoint",
  proxyless: "proxyless",
  none: undefined,
};

/** Everything that policies may apply to, and the mesh with what is assumed of gateways that were not loaded. */
export interface Points {
  readonly points: readonly Point[];
  readonly assumed: Mesh; // the mesh itself, where nothing is assumed
}

/** Every workload once, however many objects describe it; the gateways that istiod would deploy; stand-ins for selectors. */
export function pointsOf(mesh: Mesh): Points {
  const loaded = [...mesh.inventory.workloads, ...gatewayWorkloads(mesh)];
  const once = new Map<string, Point>();
  for (const workload of loaded) {
    const point = pointOf(mesh, workload, {});
    const alike = JSON.stringify([workload.key.namespace, point.plane, workload.labels]);
    if (!once.has(alike)) once.set(alike, point);
  }
  const unloaded = standIns(mesh, loaded);
  const assumed = assumedMesh(mesh, unloaded);
  const made = unloaded.map((workload) => pointOf(assumed, workload, { standIn: true }));
  return { points: [...once.values(), ...made], assumed };
}

function pointOf(mesh: Mesh, workload: Workload, made: Pick<Point, "standIn">): Point {
  const known = dataPlaneOf(mesh.inventory, workload)?.plane;
  const plane = known ?? "sidecar";
  const kind = kinds[plane];
  const proxy = kind && proxyOf(mesh.inventory, workload, kind);
  return {
    name: made.standIn ? selectorText(workload) : workloadText(workload),
    workload,
    plane,
    ...made,
    ...(known === undefined ? { assumed: true } : {}),
    ...(proxy ? { proxy } : {}),
    program: () => proxy && toldTo(mesh, proxy),
    doors: () => (plane === "waypoint" ? doorsOf(mesh, workload) : []),
    to: (port, protocol) => addressOf(workload, { port, protocol, plane: known, ...made }),
  };
}

function toldTo(mesh: Mesh, proxy: Proxy): Program {
  return proxy.kind === "ztunnel" ? ztunnelOf(mesh, proxy).programs[0] : programOf(mesh, proxy);
}

function doorsOf(mesh: Mesh, { key, labels }: Workload): readonly Door[] {
  const name = labels[gatewayNameLabel] ?? key.name;
  return servedServices(mesh, { namespace: key.namespace, name }).flatMap(
    ({ target, host, ports }) =>
      target.kind === "Service"
        ? ports.map(({ port }) => ({
            to: `svc/${target.namespace}/${target.name}:${port}`,
            host,
            port,
          }))
        : [],
  );
}

interface Addressed extends Pick<Point, "standIn"> {
  readonly port: number;
  readonly protocol: "http" | "tcp" | undefined;
  readonly plane: DataPlane | undefined;
}

function addressOf(
  workload: Workload,
  { port, protocol, plane, standIn }: Addressed,
): AccessRequest["to"] {
  const { key, labels, serviceAccount } = workload;
  if (plane === "gateway" || plane === "waypoint") {
    const deployed = key.kind === "Workload" ? labels[gatewayNameLabel] : undefined;
    return `gateway/${key.namespace}/${deployed ?? key.name}:${port}`;
  }
  if (!standIn && protocol === undefined) return `workload/${key.namespace}/${key.name}:${port}`;
  return {
    namespace: key.namespace,
    labels,
    serviceAccount,
    port,
    ...(protocol === undefined ? {} : { protocol }),
    ...(plane === undefined ? {} : { dataPlane: plane }),
  };
}

function selectorText({ key, labels }: Workload): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return ["ns/", [key.namespace, ...pairs].join(",")].join("");
}
