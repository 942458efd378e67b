import type { Inventory, Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ResourceKey } from "../model/place.ts";
import { fieldsOf, listOf } from "../parse/decode.ts";
import { deployedGateway } from "./deployed-gateway.ts";
import { type Discovery, selectionOf } from "./discovery.ts";
import { gatewayApi, gatewayNameLabel, isApiGateway } from "./gateway-class.ts";

/** A waypoint by its Gateway. */
export interface Waypoint {
  readonly namespace: string;
  readonly name: string;
}

/** What may ask for a waypoint: a Service, a ServiceEntry, a pod. */
export interface Asking {
  readonly key: ResourceKey;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** How a client may address what a waypoint stands in front of. */
export type Traffic = "service" | "workload";

const use = "istio.io/use-waypoint";
const waypointFor = "istio.io/waypoint-for";
const managed = "gateway.istio.io/managed";

/**
 * The waypoint that traffic to an object takes: named by a label of its own or of its namespace, by a Gateway that is ready, lets
 * the namespace in and is for this traffic. Follows istio/istio:pilot/pkg/serviceregistry/ambient/waypoints.go (ctx:2.1).
 */
export function waypointOf(
  inventory: Inventory,
  object: Asking,
  traffic: Traffic,
): Waypoint | undefined {
  if (isProxyItself(inventory, object)) return undefined;
  const waypoint = namedWaypoint(inventory, object);
  if (waypoint === undefined) return undefined;
  return standsBefore(inventory, waypoint, object, traffic) ? waypoint : undefined;
}

/** Whether a waypoint that is named stands in front of an object: it is ready, lets the namespace in and is for this traffic. */
export function standsBefore(
  inventory: Inventory,
  waypoint: Waypoint,
  { key }: Asking,
  traffic: Traffic,
): boolean {
  const gateway = gatewayOf(inventory, waypoint);
  if (gateway === undefined) return !inventory.complete;
  return (
    isReady(gateway) &&
    mayLetIn(inventory, gateway, key.namespace) &&
    [traffic, "all"].includes(trafficOf(inventory, gateway))
  );
}

/** One that was not loaded may have the labels that are asked for, unless there is none. */
function mayLetIn(inventory: Inventory, gateway: Other, namespace: string): boolean {
  const found = admission(inventory, gateway, namespace);
  return found === "unknown" ? !inventory.complete : found === "selected";
}

/** Whether a waypoint that was loaded lets in a namespace by labels that are not known, because that was not loaded. */
export function asksForLabels(
  inventory: Inventory,
  waypoint: Waypoint,
  namespace: string,
): boolean {
  const gateway = gatewayOf(inventory, waypoint);
  return gateway !== undefined && admission(inventory, gateway, namespace) === "unknown";
}

/** The waypoint that an object or its namespace names, whether it exists or not; `none` opts out, and nothing has an empty name. */
export function namedWaypoint(
  { namespaces }: Inventory,
  { key, labels }: Asking,
): Waypoint | undefined {
  const space = namespaces.find((namespace) => namespace.key.name === key.namespace);
  const from = use in labels ? labels : (space?.labels ?? {});
  const name = from[use];
  if (name === undefined || name === "none" || name === "") return undefined;
  return { namespace: from["istio.io/use-waypoint-namespace"] ?? key.namespace, name };
}

/**
 * Waypoints and their Services are not led through a waypoint. A gateway's Service is, by its namespace's label too; the pods behind it
 * are not, as those of any Gateway that is ready.
 */
function isProxyItself(inventory: Inventory, { key, labels }: Asking): boolean {
  if (key.kind === "Service" || key.kind === "ServiceEntry")
    return unled.has(labels[managed] ?? "");
  const name = labels[gatewayNameLabel] ?? "";
  if (name === "") return false;
  const gateway = gatewayOf(inventory, { namespace: key.namespace, name });
  return gateway === undefined ? !inventory.complete : isReady(gateway);
}

const unled: ReadonlySet<string> = new Set([
  "istio.io-mesh-controller",
  "istio.io-eastwest-controller",
]);

/** The pods of a waypoint: those that were loaded, or what istiod deploys for its Gateway (ctx:2.9). */
export function waypointWorkload(
  mesh: Pick<Mesh, "inventory" | "features">,
  waypoint: Waypoint,
): Workload {
  return deployedGateway(
    mesh,
    gatewayOf(mesh.inventory, waypoint) ?? ordinary(waypoint),
    "waypoint",
  );
}

/** A Gateway that was not loaded is taken to be as `istioctl waypoint apply` makes it. */
function ordinary({ namespace, name }: Waypoint): Other {
  return {
    key: { kind: "Gateway", namespace, name },
    apiVersion: `${gatewayApi}/v1`,
    ...{ labels: {}, annotations: {} },
    body: { spec: { gatewayClassName: "istio-waypoint" } },
  };
}

/** The Gateway of a waypoint, if it was loaded. */
export function gatewayOf({ others }: Inventory, { namespace, name }: Waypoint): Other | undefined {
  return others.find(
    (other) => isApiGateway(other) && other.key.namespace === namespace && other.key.name === name,
  );
}

/** A Gateway that was never deployed has no status; one with a status has an address once it was ready. */
function isReady({ body }: Other): boolean {
  if (body["status"] === undefined) return true;
  return listOf(fieldsOf(body["status"])["addresses"]).length > 0;
}

/** Whether pods may be addressed themselves through a waypoint: one that was not loaded may be for that. */
export function isForPods(inventory: Inventory, waypoint: Waypoint): boolean {
  const gateway = gatewayOf(inventory, waypoint);
  if (gateway === undefined) return true;
  return ["workload", "all"].includes(trafficOf(inventory, gateway));
}

function trafficOf({ others }: Inventory, { labels, body }: Other): string {
  const className = fieldsOf(body["spec"])["gatewayClassName"];
  const gatewayClass = others.find(
    ({ key }) => key.kind === "GatewayClass" && key.name === className,
  );
  return labels[waypointFor] ?? gatewayClass?.labels[waypointFor] ?? "service";
}

/** What the HBONE listener says of routes from a namespace; without a word only its own are let in. */
function admission(inventory: Inventory, { key, body }: Other, namespace: string): Discovery {
  const listener = listOf(fieldsOf(body["spec"])["listeners"])
    .map(fieldsOf)
    .find(({ protocol, port }) => protocol === "HBONE" && port === 15008);
  const { from = "Same", selector } = fieldsOf(fieldsOf(listener?.["allowedRoutes"])["namespaces"]);
  if (from === "All") return "selected";
  if (from !== "Selector") return namespace === key.namespace ? "selected" : "unselected";
  return selector === undefined
    ? "unselected"
    : selectionOf(inventory, fieldsOf(selector), namespace);
}
