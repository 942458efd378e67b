import { portProtocol } from "../kubernetes/port-protocol.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy, ProxyPort } from "../model/program.ts";
import { type Body, mapping, mappings, text } from "./body.ts";
import { sidecarOf } from "./sidecar-object.ts";

/** The ports that a Sidecar object gives a workload in place of those that Services declare (an:PA-26). Undefined: it gives none. */
export function ingressPorts(mesh: Mesh, workload: Workload): readonly Body[] | undefined {
  const { labels, key } = workload;
  const client = { plane: "sidecar", assumed: false, namespace: key.namespace, labels } as const;
  const ingress = mappings(sidecarOf(mesh, client) ?? {}, "ingress");
  return ingress.length === 0 ? undefined : ingress;
}

/** The proxy with the ports of its Sidecar object, if that names any. */
export function withIngress(mesh: Mesh, proxy: Proxy, workload: Workload): Proxy {
  const ingress = ingressPorts(mesh, workload);
  if (ingress === undefined) return proxy;
  return { ...proxy, ports: ingress.flatMap((entry) => portOf(entry, workload)) };
}

function portOf(entry: Body, { addresses }: Workload): readonly ProxyPort[] {
  const port = Number(mapping(entry, "port")["number"]);
  const stated = text(mapping(entry, "port"), "protocol") ?? "";
  const protocol = portProtocol({ port, targetPort: port, appProtocol: stated, transport: "TCP" });
  if (!Number.isInteger(port) || protocol === "udp") return [];
  const bind = text(entry, "bind") || addresses[0];
  return [{ port, protocol, ...(bind === undefined ? {} : { bind }) }];
}

/** What of a Sidecar's ingress is not evaluated: TLS of its own, and no redirection. */
export function ingressGap(mesh: Mesh, workload: Workload): string | undefined {
  const ingress = ingressPorts(mesh, workload) ?? [];
  if (ingress.some((entry) => "tls" in entry)) return "TLS of a Sidecar's ingress";
  return ingress.some((entry) => text(entry, "captureMode") === "NONE")
    ? "captureMode NONE of a Sidecar's ingress"
    : undefined;
}
