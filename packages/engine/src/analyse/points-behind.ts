import { workloadText } from "../journey/endpoint.ts";
import { selectsNothing, sliceMembers } from "../kubernetes/endpoint-slices.ts";
import {
  backendsOf,
  portBehind,
  selects,
  servicePort,
  ztunnelPort,
} from "../kubernetes/service.ts";
import type { Service, ServicePort } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Point } from "./api.ts";

/** Where a Service leads, as its selector has it, or the EndpointSlices of one without. */
export interface PointsBehind {
  /** Whether the Service leads to this one. */
  readonly isBehind: (point: Point) => boolean;
  /** Where a port of the Service leads. Undefined: it has no such port. */
  readonly portsOf: (port: number) => PortsBehind | undefined;
  readonly missing?: string; // why nobody knows
}

/** The ports of workloads that one of a Service's leads to. `ztunnel`: those that callers in ambient mode come to, where that are others. */
export interface PortsBehind {
  readonly ports: readonly number[];
  readonly ztunnel?: readonly number[];
}

/** The enforcement points behind a Service. */
export function pointsBehind(mesh: Mesh, service: Service): PointsBehind {
  const { inventory } = mesh;
  const { key, selector = {} } = service;
  const backends = backendsOf(inventory, service);
  const led = (port: ServicePort): readonly number[] => [
    ...new Set(backends.flatMap((each) => portBehind(inventory, service, port, each) ?? [])),
  ];
  if (selectsNothing(service)) {
    const names = new Set(backends.map(workloadText));
    const isKnown = sliceMembers(inventory, service) !== undefined;
    const portsOf = portsBy(service, led);
    return { isBehind: ({ name }) => names.has(name), portsOf, ...(isKnown ? {} : missing) };
  }
  return {
    isBehind: ({ proxy }) => proxy.namespace === key.namespace && selects(selector, proxy.labels),
    portsOf: portsBy(service, (port) => {
      const { targetPort } = port;
      return typeof targetPort === "number" ? [targetPort || port.port] : led(port);
    }),
  };
}

function portsBy(
  service: Service,
  led: (port: ServicePort) => readonly number[],
): PointsBehind["portsOf"] {
  return (number) => {
    const [port, last] = [servicePort(service, number), ztunnelPort(service, number)];
    if (port === undefined || last === undefined) return undefined;
    const [ports, ztunnel] = [led(port), led(last)];
    return { ports, ...(ports.join() === ztunnel.join() ? {} : { ztunnel }) };
  };
}

const missing = {
  missing:
    "the Service selects nothing, and no EndpointSlice of it was loaded: load it, it says where the Service leads",
};
