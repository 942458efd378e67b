import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { deployedGateway } from "../kubernetes/deployed-gateway.ts";
import { isApiGateway } from "../kubernetes/gateway-class.ts";
import { selects } from "../kubernetes/service.ts";
import type { Problem } from "../model/access-request.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { flagOf } from "../release/flags.ts";
import { labels, mapping } from "./body.ts";
import { workloadText } from "./endpoint.ts";
import { isProblem, problem } from "./problem.ts";
import { findWorkload } from "./workload.ts";

/**
 * The gateway of a reference like gateway/NAMESPACE/NAME: a workload of that name, what istiod deploys for a Gateway of the Gateway
 * API, or the workload that a classic Gateway selects.
 */
export function findGateway(
  mesh: Mesh,
  parts: readonly string[],
  namespace: string | undefined,
): Workload | Problem {
  const [space, name] = parts.length === 1 ? [namespace, parts[0]] : parts;
  const found = findWorkload(mesh, "gateway", parts, namespace, ["to"]);
  if (!isProblem(found)) return asGateway(mesh, found);
  const object = mesh.inventory.others.find(
    ({ key }) => key.kind === "Gateway" && key.namespace === space && key.name === name,
  );
  if (object === undefined)
    return { ...found, hint: "load its Deployment or its Gateway, or describe it as a workload" };
  return isApiGateway(object)
    ? deployedGateway(mesh, object, "gateway")
    : selected(mesh, object, found);
}

/** A workload that is addressed as a gateway is one. */
export function asGateway(mesh: Mesh, workload: Workload): Workload {
  const known = dataPlaneOf(mesh.inventory, workload)?.plane;
  return known === "gateway" ? workload : { ...workload, dataPlane: "gateway" };
}

/**
 * The workloads that a classic Gateway makes gateways: no sidecar, and nothing else that is known to be another proxy, listens for it.
 * `istio/istio:pilot/pkg/model/context.go`, SetGatewaysForProxy
 */
export function selectedGateways(mesh: Mesh, gateway: Other): readonly Workload[] {
  return labelled(mesh, gateway)
    .filter((workload) => (dataPlaneOf(mesh.inventory, workload)?.plane ?? "gateway") === "gateway")
    .map((workload) => asGateway(mesh, workload));
}

function labelled(mesh: Mesh, gateway: Other): readonly Workload[] {
  return mesh.inventory.workloads.filter(selectionOf(mesh, gateway));
}

/** Whether the selector of a classic Gateway is about a workload: anywhere in the mesh, unless istiod keeps Gateways to their namespaces. */
export function selectionOf(mesh: Mesh, { key, body }: Other): (workload: Workload) => boolean {
  const selector = labels(mapping(body, "spec"), "selector");
  if (Object.keys(selector).length === 0) return () => false;
  const own = isScoped(mesh) ? key.namespace : undefined;
  return (workload) =>
    selects(selector, workload.labels) && (own === undefined || workload.key.namespace === own);
}

function isScoped(mesh: Mesh): boolean {
  return flagOf(mesh, scope) === true;
}

const scope = "PILOT_SCOPE_GATEWAY_TO_NAMESPACE";

/** Why nothing that was loaded listens for a classic Gateway, as the end of a sentence about it. */
export function whyUnserved(mesh: Mesh, gateway: Other): string {
  const [first] = labelled(mesh, gateway);
  const known = first && dataPlaneOf(mesh.inventory, first);
  if (first === undefined || known === undefined) {
    const where = isScoped(mesh) ? ` of its namespace (${scope}=true)` : "";
    return `selects none of the loaded workloads${where}`;
  }
  return `selects ${workloadText(first)}, which is no gateway (${known.plane}: ${known.because})`;
}

function selected(mesh: Mesh, gateway: Other, otherwise: Problem): Workload | Problem {
  const { key } = gateway;
  const [only, ...more] = selectedGateways(mesh, gateway);
  if (only !== undefined && more.length === 0) return only;
  const name = `Gateway \`${key.namespace}/${key.name}\``;
  const hint = "name the workload: gateway/NAMESPACE/NAME, as it was loaded or is described";
  return only === undefined
    ? problem(otherwise.path, `${name} ${whyUnserved(mesh, gateway)}`, hint)
    : problem(otherwise.path, `${name} selects several workloads`, hint);
}
