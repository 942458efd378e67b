import { speaksHttp2 } from "../kubernetes/port-protocol.ts";
import { declaredPorts } from "../kubernetes/proxy.ts";
import { servicePort } from "../kubernetes/service.ts";
import type { Other, Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";

/** The workload that a connection ends at, and its port. */
export interface Endpoint {
  readonly subject: string; // in the ids of facts: "deploy/shop/orders", "svc/shop/orders"
  readonly workload: Workload;
  readonly port: number; // of the workload
  readonly service?: AddressedService;
  readonly protocol?: "http" | "tcp" | "auto"; // declared by a Service or stated
  readonly by: "service" | "address" | "name";
  readonly marked?: boolean; // of a ServiceEntry: whether clients take it to understand mesh TLS
}

/** The Service by which a client knows an endpoint. */
export interface AddressedService {
  readonly host: string;
  readonly port: number;
  readonly protocol?: "http" | "tcp" | "auto"; // of this Service's port: an older Service may say another to the server
  readonly object?: Service;
  readonly entry?: Other; // the ServiceEntry of a host that is no Service's
  readonly names?: readonly string[]; // of a ServiceEntry: one of which the certificate of an endpoint must have
  readonly namespace?: string; // of a host that is no Service's
  readonly subset?: string;
  readonly unlisted?: true; // resolution NONE: no endpoint of it is known
  readonly external?: true; // outside the mesh: no auto mTLS
  readonly http2?: true; // what a ServiceEntry says of its port
}

/** Whether proxies speak HTTP/2 to it: its port says so. */
export function takesHttp2(service: AddressedService | undefined): boolean {
  const port = service?.object && servicePort(service.object, service.port);
  return service?.http2 === true || (port !== undefined && speaksHttp2(port));
}

/** The namespace whose rules concern an addressed Service. */
export function namespaceOf({ host, namespace }: AddressedService): string {
  return namespace ?? host.split(".")[1] ?? "";
}

/** Where nothing answers, or nobody evaluates it yet. */
export interface Nowhere {
  readonly subject: string;
  readonly missing: string;
}

/** A Service or host without an endpoint to send anything to. */
export interface Nobody {
  readonly subject: string;
  readonly nobody: string; // why
  readonly service?: AddressedService; // that has the port, and no endpoint
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
    ...protocolOf(mesh, declared?.protocol),
    ...(service === undefined ? {} : { service }),
  };
}

/** What no Service declares is looked at, if there are no Services that were not loaded. */
function protocolOf(
  { inventory }: Mesh,
  declared: Endpoint["protocol"],
): Pick<Endpoint, "protocol"> {
  const protocol = declared ?? (inventory.complete ? "auto" : undefined);
  return protocol === undefined ? {} : { protocol };
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
  if (key.kind === "Outside") return key.name;
  return `${short[key.kind] ?? "workload"}/${key.namespace}/${key.name}`;
}

/** Whether a step on the way came back with what is missing. */
export function isNowhere(value: unknown): value is Nowhere {
  return typeof value === "object" && value !== null && "missing" in value;
}

/** Whether there is no endpoint to send anything to. */
export function isNobody(value: unknown): value is Nobody {
  return typeof value === "object" && value !== null && "nobody" in value;
}
