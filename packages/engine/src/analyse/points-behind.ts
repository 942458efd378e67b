import { workloadText } from "../journey/endpoint.ts";
import { selectsNothing, sliceMembers } from "../kubernetes/endpoint-slices.ts";
import { backendsOf, portBehind, selects } from "../kubernetes/service.ts";
import type { Service, ServicePort } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Point } from "./api.ts";

/** Where a Service leads, as its selector has it, or the EndpointSlices of one without. */
export interface PointsBehind {
  /** Whether the Service leads to this one. */
  readonly isBehind: (point: Point) => boolean;
  /** The ports of those workloads that one of the Service's leads to. */
  readonly portsOf: (port: ServicePort) => readonly number[];
  readonly missing?: string; // why nobody knows
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
    return { isBehind: ({ name }) => names.has(name), portsOf: led, ...(isKnown ? {} : missing) };
  }
  return {
    isBehind: ({ proxy }) => proxy.namespace === key.namespace && selects(selector, proxy.labels),
    portsOf: (port) => {
      const { targetPort } = port;
      return typeof targetPort === "number" ? [targetPort || port.port] : led(port);
    },
  };
}

const missing = {
  missing:
    "the Service selects nothing, and no EndpointSlice of it was loaded: load it, it says where the Service leads",
};
