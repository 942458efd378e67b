import { declaredPorts } from "../kubernetes/proxy.ts";
import type { Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";

/** The workload that a connection ends at, and its port. */
export interface Endpoint {
  readonly subject: string; // in the ids of facts: "deploy/shop/orders", "svc/shop/orders"
  readonly workload: Workload;
  readonly port: number; // of the workload
  readonly service?: AddressedService;
  readonly protocol?: "http" | "tcp" | "auto"; // declared by a Service or stated
  readonly by: "service" | "address" | "name";
}

/** The Service by which a client knows an endpoint. */
export interface AddressedService {
  readonly host: string;
  readonly port: number;
  readonly protocol?: "http" | "tcp" | "auto"; // of this Service's port: an older Service may say another to the server
  readonly object?: Service;
}

/** Where nothing answers, or nobody evaluates it yet. */
export interface Nowhere {
  readonly subject: string;
  readonly missing: string;
}

/** An endpoint at a port of a workload. */
export function endpointOf(
  mesh: Mesh,
  workload: Workload,
  port: number,
  by: Endpoint["by"],
  service?: Endpoint["service"],
): Endpoint {
  const declared = declaredPorts(mesh.inventory, workload).find((each) => each.port === port);
  return {
    subject: workloadText(workload),
    workload,
    port,
    by,
    ...(declared === undefined ? {} : { protocol: declared.protocol }),
    ...(service === undefined ? {} : { service }),
  };
}

const short: Readonly<Record<string, string>> = {
  Deployment: "deploy",
  StatefulSet: "sts",
  DaemonSet: "ds",
  Job: "job",
  Pod: "pod",
};

/** A workload as the vocabulary writes it. */
export function workloadText({ key }: Workload): string {
  return `${short[key.kind] ?? "workload"}/${key.namespace}/${key.name}`;
}

/** Whether a step on the way came back with what is missing. */
export function isNowhere(value: unknown): value is Nowhere {
  return typeof value === "object" && value !== null && "missing" in value;
}
