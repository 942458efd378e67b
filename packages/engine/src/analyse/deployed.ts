import { deployedGateway } from "../journey/gateway-target.ts";
import { proxyOf } from "../kubernetes/proxy.ts";
import { waypointOf, waypointWorkload } from "../kubernetes/waypoint.ts";
import type { Inventory, Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import type { Point } from "./api.ts";

const group = "gateway.networking.k8s.io";

/** The label on the pods of a Gateway of the Gateway API. */
export const gatewayName: string = `${group}/gateway-name`;

/** The gateways and waypoints that istiod deploys for what is loaded, where no file holds their workloads. */
export function deployedPoints(mesh: Mesh): readonly Point[] {
  const { inventory } = mesh;
  const gateways = inventory.others.filter(isApiGateway);
  const named = [
    ...gateways.filter((each) => kindOf(inventory, each) === "waypoint").map(({ key }) => key),
    ...inventory.services.flatMap((each) => waypointOf(inventory, each, "service") ?? []),
    ...inventory.workloads.flatMap((each) => waypointOf(inventory, each, "workload") ?? []),
  ];
  const points = [
    ...gateways
      .filter((each) => kindOf(inventory, each) === "gateway")
      .map((each) => pointOf(mesh, "gateway", deployedGateway(inventory, each))),
    ...named.map((each) => pointOf(mesh, "waypoint", waypointWorkload(inventory, each))),
  ].filter(({ proxy }) => !isLoaded(inventory, proxy));
  return [...new Map(points.map((point) => [point.name, point])).values()];
}

function pointOf(mesh: Mesh, kind: "gateway" | "waypoint", workload: Workload): Point {
  const proxy = proxyOf(mesh.inventory, workload, kind);
  return { name: `${kind}/${proxy.namespace}/${proxy.labels[gatewayName] ?? proxy.name}`, proxy };
}

function isLoaded({ workloads }: Inventory, { namespace, labels }: Point["proxy"]): boolean {
  return workloads.some(
    ({ key, labels: own }) =>
      key.namespace === namespace && own[gatewayName] === labels[gatewayName],
  );
}

function isApiGateway({ key, apiVersion }: Other): boolean {
  return key.kind === "Gateway" && apiVersion.startsWith(`${group}/`);
}

const controllers: Readonly<Record<string, "gateway" | "waypoint">> = {
  "istio.io/gateway-controller": "gateway",
  "istio.io/mesh-controller": "waypoint",
};
const classes: Readonly<Record<string, string>> = {
  istio: "istio.io/gateway-controller",
  "istio-waypoint": "istio.io/mesh-controller",
};

/** What istiod deploys for a Gateway; undefined: nothing, it is of another controller or somebody else's proxy. */
function kindOf({ others }: Inventory, { body }: Other): "gateway" | "waypoint" | undefined {
  const spec = fieldsOf(body["spec"]);
  const name = textOf(spec["gatewayClassName"]) ?? "";
  const loaded = others.find(({ key }) => key.kind === "GatewayClass" && key.name === name);
  const controller = textOf(fieldsOf(loaded?.body["spec"])["controllerName"]) ?? classes[name];
  return controllers[controller ?? ""];
}
