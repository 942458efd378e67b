import { dataPlaneOf } from "../kubernetes/data-plane.ts";
import { deployedGateway } from "../kubernetes/deployed-gateway.ts";
import { isApiGateway } from "../kubernetes/gateway-class.ts";
import { selects } from "../kubernetes/service.ts";
import type { Problem } from "../model/access-request.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { labels, mapping } from "./body.ts";
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

function selected(mesh: Mesh, { key, body }: Other, otherwise: Problem): Workload | Problem {
  const selector = labels(mapping(body, "spec"), "selector");
  const found = mesh.inventory.workloads.filter(
    (workload) => Object.keys(selector).length > 0 && selects(selector, workload.labels),
  );
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return asGateway(mesh, only);
  const text = `Gateway \`${key.namespace}/${key.name}\` selects`;
  const hint = "name the workload: gateway/NAMESPACE/NAME, as it was loaded or is described";
  return only === undefined
    ? problem(otherwise.path, `${text} none of the loaded workloads`, hint)
    : problem(otherwise.path, `${text} several workloads`, hint);
}
