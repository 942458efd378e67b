import { isKnownInAmbient } from "../../kubernetes/ambient-entry.ts";
import { portProtocol } from "../../kubernetes/port-protocol.ts";
import { serviceHost } from "../../kubernetes/service.ts";
import { type Asking, type Waypoint, waypointOf } from "../../kubernetes/waypoint.ts";
import { waypointShares } from "../../kubernetes/waypoint-shares.ts";
import type { Inventory, Other, Service, Workload } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes } from "../../model/place.ts";
import type { ProxyPort } from "../../model/program.ts";
import { fieldsOf, listOf, textOf, wordOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import type { TargetService } from "../attach-rules.ts";

/** A Service or a host of a ServiceEntry that a waypoint stands in front of. */
export interface ServedService {
  readonly target: TargetService;
  readonly host: string;
  readonly addresses: readonly string[];
  readonly ports: readonly Pick<ProxyPort, "port" | "protocol">[];
}

/**
 * What a waypoint builds chains for, the oldest first. A ServiceEntry without addresses is known by its host only.
 * Follows istio/istio:pilot/pkg/networking/core/waypoint.go `findWaypointResources`.
 */
export function servedServices(mesh: Mesh, waypoint: Waypoint): readonly ServedService[] {
  const { inventory } = mesh;
  const isServed = (object: Asking): boolean =>
    waypointShares(mesh, object, "service").some((each) => isSame(each, waypoint));
  const objects = [
    ...inventory.services.map((object) => ({ object, served: [ofService(object)] })),
    ...inventory.others
      .filter((object) => isServiceEntry(object) && isKnownInAmbient(mesh, object))
      .map((object) => ({ object, served: ofEntry(object) })),
  ];
  return objects
    .filter(({ object }) => isServed(object))
    .toSorted(
      (a, b) =>
        (a.object.createdAt ?? Number.MAX_VALUE) - (b.object.createdAt ?? Number.MAX_VALUE) ||
        compareBytes(a.object.key.name, b.object.key.name),
    )
    .flatMap(({ served }) => served);
}

/** The addresses of the pods that clients reach through the waypoint when they address them directly. */
export function servedAddresses(inventory: Inventory, waypoint: Waypoint): readonly string[] {
  return servedPods(inventory, waypoint).flatMap(({ addresses }) => addresses);
}

/** These pods. */
export function servedPods(
  inventory: Inventory,
  waypoint: Pick<Waypoint, "namespace" | "name">,
): readonly Workload[] {
  return inventory.workloads.filter((workload) =>
    isSame(waypointOf(inventory, workload, "workload"), waypoint),
  );
}

function isSame(
  waypoint: Waypoint | undefined,
  { namespace, name }: Pick<Waypoint, "namespace" | "name">,
): boolean {
  return waypoint?.namespace === namespace && waypoint.name === name;
}

function ofService(service: Service): ServedService {
  const { key, clusterIps, ports } = service;
  return {
    target: { kind: "Service", namespace: key.namespace, name: key.name },
    host: serviceHost(service),
    addresses: clusterIps.filter((address) => address !== "None"),
    ports: ports.flatMap((port) => {
      const protocol = portProtocol(port);
      return protocol === "udp" ? [] : [{ port: port.port, protocol }];
    }),
  };
}

function isServiceEntry({ key }: Other): boolean {
  return key.kind === "ServiceEntry";
}

function ofEntry({ key, body }: Other): readonly ServedService[] {
  const { hosts, addresses, ports } = fieldsOf(body["spec"]);
  return listOf(hosts).map((host) => ({
    target: { kind: "ServiceEntry", namespace: key.namespace, name: key.name },
    host: wordOf(host),
    addresses: listOf(addresses).map(wordOf),
    ports: listOf(ports).map(fieldsOf).flatMap(entryPort),
  }));
}

/** A ServiceEntry states the protocol; without one it is detected. */
function entryPort({ number, protocol }: Fields): readonly Pick<ProxyPort, "port" | "protocol">[] {
  const port = Number(wordOf(number));
  if (!Number.isInteger(port)) return [];
  const stated = textOf(protocol) ?? "";
  if (stated === "") return [{ port, protocol: "auto" }];
  const known = portProtocol({ port, targetPort: port, appProtocol: stated, transport: "TCP" });
  return known === "udp" ? [] : [{ port, protocol: known }];
}
