import { declaredPorts } from "../kubernetes/proxy.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { selectorsFor, tellsAddresses } from "./distinctions.ts";

/** One workload of each class that a policy, a Service or the data plane could treat differently. */
export function distinctWorkloads(
  mesh: Mesh,
  workloads: readonly Workload[],
  portOf: (workload: Workload) => number | undefined,
): readonly Workload[] {
  const namespace = workloads[0]?.key.namespace ?? "";
  const addresses = tellsAddresses(mesh, namespace);
  const selectors = selectorsFor(mesh, namespace);
  const keys = new Set(selectors.flatMap((labels) => Object.keys(labels)));
  const classOf = (workload: Workload): string =>
    JSON.stringify([
      Object.entries(workload.labels)
        .filter(([key]) => keys.has(key) || key.includes("istio.io/") || key.includes("gateway"))
        .toSorted(),
      Object.entries(workload.annotations).filter(([key]) => key.includes("istio.io/")),
      workload.dataPlane,
      portOf(workload),
      declaredPorts(mesh.inventory, workload),
      addresses ? workload.addresses : [],
      workload.key.kind === "Pod" && workload.addresses.length > 0,
    ]);
  return [
    ...new Map(workloads.toReversed().map((each) => [classOf(each), each])).values(),
  ].toReversed();
}
