import { isDataPlane } from "../kubernetes/data-plane.ts";
import type { Destination } from "../model/access-request.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { addressOf } from "./addressed.ts";
import { labelClasses, labelText, parseLabels, selectorsFor } from "./distinctions.ts";
import { type Endpoint, endpointOf, type Nobody, type Nowhere } from "./endpoint.ts";
import { gatewayPort, gatewayProxy } from "./gateway.ts";
import { hostOf } from "./host-target.ts";
import type { Inquiry } from "./inquiry.ts";
import {
  type Addressing,
  headlessService,
  loadedService,
  unknownService,
} from "./service-endpoint.ts";
import type { Target } from "./target.ts";

/** How the client comes to the workload behind a Service. */
export type Access = Pick<Addressing, "direct" | "podsOnly" | "byZtunnel">;

/** The workload a target leads to. Where it may be one of several, or its labels are unknown, that is asked. */
export function resolve(
  mesh: Mesh,
  target: Target,
  access: Access,
  inquiry: Inquiry,
): Endpoint | Nowhere | Nobody {
  switch (target.kind) {
    case "address":
      return addressOf(mesh, target, inquiry, access);
    case "host":
      return hostOf(mesh, target, inquiry);
    case "described":
      return describe(mesh, target.destination, inquiry);
    case "workload":
      return byPod(mesh, target);
    case "gateway": {
      const { workload, port } = target;
      const listening = gatewayPort(mesh, gatewayProxy(mesh, target), port);
      return { subject: gatewayText(workload), workload, port: listening, by: "name" };
    }
    case "service":
      return target.service === undefined
        ? unknownService(mesh, target, inquiry)
        : loadedService(mesh, target.service, { port: target.port, ...access }, inquiry);
  }
}

function gatewayText({ key }: Workload): string {
  return `gateway/${key.namespace}/${key.name}`;
}

/** A pod's address is known to clients if a headless Service has its port (an:PA-91). */
function byPod(mesh: Mesh, target: Extract<Target, { readonly kind: "workload" }>): Endpoint {
  const { workload, port, by } = target;
  const service = by === "address" ? headlessService(mesh, workload, port) : undefined;
  return endpointOf(mesh, workload, port, by, service);
}

/** A workload that no file holds: the labels that are stated, and assumed no others. */
function describe(mesh: Mesh, destination: Destination, inquiry: Inquiry): Endpoint {
  const { namespace, labels = {}, port, name, protocol } = destination;
  const subject = `ns/${[namespace, labelText(labels)].filter(Boolean).join(",")}`;
  const classes = labelClasses(selectorsFor(mesh, namespace), labels, "").map(labelText);
  const others = classes.filter((text) => text !== labelText(labels));
  const chosen = inquiry.assume("labels", subject, [labelText(labels), ...others]);
  return {
    subject,
    workload: {
      key: { kind: "Workload", namespace, name: name ?? labels["app"] ?? "workload" },
      labels: parseLabels(chosen),
      annotations: {},
      serviceAccount: destination.serviceAccount ?? "default",
      addresses: [],
      ports: protocol === undefined ? [] : [{ port, protocol }],
      ...(isDataPlane(destination.dataPlane) ? { dataPlane: destination.dataPlane } : {}),
    },
    port,
    by: "name",
    ...(protocol === undefined ? {} : { protocol }),
  };
}
