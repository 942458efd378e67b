import { isProblem, problem } from "../journey/problem.ts";
import { findNamed, findWorkload, workloadKinds } from "../journey/workload.ts";
import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { deployedFor, deployedGateway, podsOf } from "../kubernetes/deployed-gateway.ts";
import { backendsOf, findService } from "../kubernetes/service.ts";
import { gatewayOf, type Waypoint, waypointOf } from "../kubernetes/waypoint.ts";
import type { Problem } from "../model/access-request.ts";
import type { DataPlane, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Place, ResourceKey } from "../model/place.ts";

/** The data plane of a workload, and why it is taken to be that. */
export interface DescribedPlane {
  readonly plane: DataPlane;
  readonly because: string;
  readonly from?: Place;
  readonly assumed?: true;
}

const proxies: ReadonlySet<string> = new Set(["gateway", "waypoint"]);

const forms =
  "deploy/NS/NAME, svc/NS/NAME, gateway/NS/NAME, waypoint/NS/NAME, ns/NS,label=value, or the name of a workload";

/** A waypoint in front of a workload. */
export interface DescribedWaypoint {
  readonly waypoint: Waypoint;
  readonly service?: ResourceKey; // what leads there; absent: the workload's own address
}

/** The waypoints that traffic for a workload takes: by the Services that lead to it, and by its own address. */
export function waypointsOf({ inventory }: Mesh, workload: Workload): readonly DescribedWaypoint[] {
  const services = inventory.services.filter((service) =>
    backendsOf(inventory, service).includes(workload),
  );
  const own = waypointOf(inventory, workload, "workload");
  return [
    ...services.flatMap((service): readonly DescribedWaypoint[] => {
      const waypoint = waypointOf(inventory, service, "service");
      return waypoint === undefined ? [] : [{ waypoint, service: service.key }];
    }),
    ...(own === undefined ? [] : [{ waypoint: own }]),
  ];
}

/** What istiod deploys for a Gateway of the Gateway API. */
function deployed(
  mesh: Mesh,
  kind: string,
  parts: readonly string[],
  namespace: string | undefined,
): Workload | undefined {
  const [space = "", name = ""] = parts.length === 1 ? [namespace, parts[0]] : parts;
  const gateway = gatewayOf(mesh.inventory, { namespace: space, name });
  if (gateway === undefined) return undefined;
  const made = deployedFor(mesh, gateway);
  if (made === "none") return podsOf(mesh, gateway.key);
  if (kind === "waypoint" && made === "gateway") return undefined;
  const isWaypoint = kind === "waypoint" || made === "waypoint";
  return deployedGateway(mesh, gateway, isWaypoint ? "waypoint" : "gateway");
}

/** The workload that a text means, or what is wrong with it. A port behind it does not matter. */
export function workloadNamed(
  mesh: Mesh,
  text: string,
  namespace: string | undefined,
): Workload | Problem {
  const name = text.replace(/:[^:/]*$/, "");
  const [kind = "", ...rest] = name.split("/");
  if (kind === "ns") return labelled(rest.join("/"));
  if (kind === "svc") return behind(mesh, rest, namespace);
  const known = findNamed(mesh, name, namespace);
  if (known !== undefined) return known;
  const made = proxies.has(kind) ? deployed(mesh, kind, rest, namespace) : undefined;
  if (made !== undefined) return made;
  if (!proxies.has(kind) && !(kind in workloadKinds))
    return problem([], `unknown workload \`${text}\``, forms);
  return findWorkload(mesh, kind, rest, namespace, ["to"]);
}

/** ns/shop,app=orders: a workload of which no more is known. */
function labelled(text: string): Workload | Problem {
  const [namespace = "", ...pairs] = text.split(",");
  const broken = pairs.find((pair) => !/^[^=]+=[^=]*$/.test(pair));
  if (namespace === "" || broken !== undefined)
    return problem([], `\`ns/${text}\` describes no workload`, "ns/NAMESPACE,label=value");
  const labels = Object.fromEntries(
    pairs.map((pair) => {
      const [key = "", value = ""] = pair.split("=");
      return [key, value] as const;
    }),
  );
  return {
    key: { kind: "Workload", namespace, name: labels["app"] ?? "workload" },
    labels,
    annotations: {},
    serviceAccount: "default",
    addresses: [],
    ports: [],
  };
}

/** The first of the workloads behind a Service. */
function behind(
  mesh: Mesh,
  parts: readonly string[],
  namespace: string | undefined,
): Workload | Problem {
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  const service = space && name ? findService(mesh.inventory, space, name) : undefined;
  const [workload] = service === undefined ? [] : backendsOf(mesh.inventory, service);
  if (workload !== undefined) return workload;
  const text = `svc/${parts.join("/")}`;
  return service === undefined
    ? problem([], `no Service \`${text}\` was loaded`, forms)
    : problem([], `no workload behind \`${text}\` was loaded`, forms);
}

/** How a workload takes part in the mesh; a sidecar is assumed where nothing says. */
export function planeOf(mesh: Mesh, workload: Workload, stated?: DataPlane): DescribedPlane {
  const known = dataPlaneOf(mesh.inventory, workload);
  if (known !== undefined) return known;
  if (stated !== undefined) return { plane: stated, because: "stated" };
  const { namespace } = workload.key;
  const isLoaded = mesh.inventory.namespaces.some(({ key }) => key.name === namespace);
  const because = isLoaded
    ? `assumed, although neither namespace ${namespace} nor the pod has a label that asks for one`
    : "assumed: nothing says";
  return { plane: "sidecar", because, assumed: true };
}

/** Whether a text could not be resolved. */
export function isUnknown(workload: Workload | Problem): workload is Problem {
  return isProblem(workload);
}
