import type { Inventory, Service, ServicePort, Workload } from "../model/kubernetes.ts";
import { compareBytes } from "../model/place.ts";

/** Every pair of a selector is among the labels. An empty selector of a Service selects nothing: see `servicesOf`. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The name by which Istio knows a Service. */
export function serviceHost({ key }: Pick<Service, "key">): string {
  return `${key.name}.${key.namespace}.svc.cluster.local`;
}

/** The Service of that name, if it was loaded. */
export function findService(
  inventory: Inventory,
  namespace: string,
  name: string,
): Service | undefined {
  return inventory.services.find(({ key }) => key.namespace === namespace && key.name === name);
}

/** The Services that lead to a workload, the oldest first: it decides what two of them say differently (an:PA-22). */
export function servicesOf(inventory: Inventory, workload: Workload): readonly Service[] {
  return inventory.services
    .filter((service) => selectsWorkload(service, workload))
    .toSorted(
      (a, b) =>
        (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareBytes(serviceHost(a), serviceHost(b)),
    );
}

/** The workloads behind a Service, in the order they were loaded. */
export function backendsOf(inventory: Inventory, service: Service): readonly Workload[] {
  return inventory.workloads.filter((workload) => selectsWorkload(service, workload));
}

function selectsWorkload({ key, selector }: Service, workload: Workload): boolean {
  if (selector === undefined || Object.keys(selector).length === 0) return false;
  return key.namespace === workload.key.namespace && selects(selector, workload.labels);
}

/** The workload's port that a Service port leads to. Undefined: the workload has no port of that name. */
export function targetPortOf(port: ServicePort, workload: Workload): number | undefined {
  if (typeof port.targetPort === "number") return port.targetPort || port.port;
  return workload.ports.find(({ name }) => name === port.targetPort)?.port;
}

/** No address of its own: clients connect to the pods. */
export function isHeadless({ clusterIps }: Service): boolean {
  return clusterIps.includes("None");
}
