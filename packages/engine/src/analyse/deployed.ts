import { type Deployed, deployedFor, deployedGateway } from "../kubernetes/deployed-gateway.ts";
import { gatewayNameLabel, isApiGateway } from "../kubernetes/gateway-class.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import { waypointOf, waypointWorkload } from "../kubernetes/waypoint.ts";
import type { Inventory, Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Point } from "./api.ts";

/** The gateways and waypoints that istiod deploys for what is loaded, where no file holds their workloads. */
export function deployedPoints(mesh: Mesh): readonly Point[] {
  const { inventory } = mesh;
  const gateways = inventory.others.filter(isApiGateway);
  const of = (kind: Deployed): readonly Other[] =>
    gateways.filter((each) => deployedFor(mesh, each) === kind);
  const named = [
    ...of("waypoint").map(({ key }) => key),
    ...inventory.services.flatMap((each) => waypointOf(inventory, each, "service") ?? []),
    ...inventory.workloads.flatMap((each) => waypointOf(inventory, each, "workload") ?? []),
  ];
  const points = [
    ...of("gateway").map((each) =>
      pointOf(mesh, "gateway", deployedGateway(mesh, each, "gateway")),
    ),
    ...named.map((each) => pointOf(mesh, "waypoint", waypointWorkload(mesh, each))),
  ].filter(({ proxy }) => !isLoaded(inventory, proxy));
  return [...new Map(points.map((point) => [point.name, point])).values()];
}

function pointOf(mesh: Mesh, kind: Deployed, workload: Workload): Point {
  const proxy = proxyOf(mesh.inventory, workload, kind);
  return {
    name: `${kind}/${proxy.namespace}/${proxy.labels[gatewayNameLabel] ?? proxy.name}`,
    proxy,
  };
}

function isLoaded({ workloads }: Inventory, { namespace, labels }: Point["proxy"]): boolean {
  return workloads.some(
    ({ key, labels: own }) =>
      key.namespace === namespace && own[gatewayNameLabel] === labels[gatewayNameLabel],
  );
}
