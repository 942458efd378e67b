import { parseAddress, parseCidr } from "../match/address.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { parseProxyConfig } from "../parse/proxy-config.ts";
import { parseBool } from "../release/flags.ts";

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

/** Which ports of a workload's own are redirected to its sidecar: all but `past`, or `only` some. */
export interface Redirection {
  readonly past: readonly number[];
  readonly only?: readonly number[];
}

/** What annotations say of that, as `whyNotCaptured` reads them. */
export function redirectionOf({ annotations }: Pick<Workload, "annotations">): Redirection {
  const only = annotations[included];
  const isAll = only === undefined || only.trim() === "*";
  return { past: ports(annotations[excluded]), ...(isAll ? {} : { only: ports(only) }) };
}

const plaintextBypass = "ambient.istio.io/bypass-inbound-capture";

/** Why plain text to a pod in ambient mode does not pass ztunnel. Follows istio/istio:cni/pkg/nodeagent/net.go. */
export function whyPlaintextBypasses({
  annotations,
}: Pick<Workload, "annotations">): string | undefined {
  return parseBool(annotations[plaintextBypass] ?? "") === true
    ? `the pod's annotation ${plaintextBypass}`
    : undefined;
}

/** The port numbers of an annotation: "8080, 9090". */
function ports(text: string | undefined): readonly number[] {
  return (text ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
}

const interception = "sidecar.istio.io/interceptionMode";

/**
 * Whether nothing is redirected to the sidecar of a pod: it gets what is sent to listeners of its own alone, on either side (an:PA-58). The
 * pod's annotation counts before its proxy config, and that before the mesh's.
 */
export function isNotRedirected(
  { config }: Pick<Mesh, "config">,
  { annotations }: Pick<Workload, "annotations">,
): boolean {
  const stated = annotations[interception];
  if (stated !== undefined) return stated === "NONE";
  const own = annotations["proxy.istio.io/config"];
  const mode = own === undefined ? undefined : parseProxyConfig(own)?.["interceptionMode"];
  return (mode ?? config.defaultConfig?.["interceptionMode"]) === "NONE";
}

const excludedOut = "traffic.sidecar.istio.io/excludeOutboundPorts";
const includedOut = "traffic.sidecar.istio.io/includeOutboundPorts";
const excludedRanges = "traffic.sidecar.istio.io/excludeOutboundIPRanges";
const includedRanges = "traffic.sidecar.istio.io/includeOutboundIPRanges";

/** Whether what a pod sends there leaves past its sidecar: without identity and routing (ctx:5.4). */
export function leavesUncaptured(
  { annotations }: Workload,
  { address, port }: { readonly address?: string; readonly port: number },
): boolean {
  if (ports(annotations[includedOut]).includes(port)) return false;
  if (ports(annotations[excludedOut]).includes(port)) return true;
  const within = (ranges: string | undefined): boolean =>
    address !== undefined && listed(ranges).some((range) => inRange(address, range));
  if (within(annotations[excludedRanges])) return true;
  const only = annotations[includedRanges];
  return only !== undefined && only.trim() !== "*" && !within(only);
}

function listed(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function inRange(address: string, range: string): boolean {
  const block = parseCidr(range);
  const parsed = parseAddress(address);
  if (block === undefined || parsed === undefined || block.family !== parsed.family) return false;
  return block.low <= parsed.value && parsed.value <= block.high;
}
