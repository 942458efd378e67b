import type { Workload } from "../model/kubernetes.ts";

const excluded = "traffic.sidecar.istio.io/excludeInboundPorts";
const included = "traffic.sidecar.istio.io/includeInboundPorts";
const statusPort = "status.sidecar.istio.io/port";

/** Envoy's own metrics and health endpoints: never redirected to the inbound listener. */
const always: readonly number[] = [15090, 15021];

/**
 * Why connections to this port of a pod with a sidecar do not pass it: no policy of any kind acts on them. Undefined: they do pass.
 * Follows istio/istio:tools/istio-iptables/pkg/capture/run.go (an:PA-52, ctx:5.4).
 */
export function whyNotCaptured({ annotations }: Workload, port: number): string | undefined {
  if (always.includes(port)) return `port ${port} is the proxy's own and is never captured`;
  if (port === Number(annotations[statusPort] ?? "15020"))
    return `port ${port} is the agent's status port and is never captured`;
  if (ports(annotations[excluded]).includes(port)) return `the pod's annotation ${excluded}`;
  const only = annotations[included];
  if (only === undefined || only.trim() === "*" || ports(only).includes(port)) return undefined;
  return `the pod's annotation ${included} does not name the port`;
}

/** The port numbers of an annotation: "8080, 9090". */
function ports(text: string | undefined): readonly number[] {
  return (text ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
}

/** No redirection at all: only listeners that a Sidecar object names would serve. */
export function bypassesRedirection({ annotations }: Workload): boolean {
  return annotations["sidecar.istio.io/interceptionMode"] === "NONE";
}
