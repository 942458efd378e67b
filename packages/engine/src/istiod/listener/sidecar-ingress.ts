import { listenerProtocol, portProtocol } from "../../kubernetes/port-protocol.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy, ProxyPort, ServerTls } from "../../model/program.ts";
import { fieldsOf, listOf, numberOf, textOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";
import { flagOf } from "../../release/flags.ts";
import { sidecarFor } from "../route/scope.ts";
import { tlsOf } from "./gateway-server.ts";
import { serverTls } from "./gateway-tls.ts";

/** A port as a sidecar serves it. `tls`: of its own, where mutual TLS is off. */
export interface InboundPort extends ProxyPort {
  readonly tls?: ServerTls;
}

/**
 * The ports that a sidecar has chains for: those that its Sidecar object names in `ingress`, in place of those that Services declare
 * (an:PA-26), or beside them if istiod was told so. Without `ingress` those of the Services.
 * Follows istio/istio:pilot/pkg/networking/core/listener_inbound.go buildInboundChainConfigs.
 */
export function inboundPorts(mesh: Mesh, proxy: Proxy): readonly InboundPort[] {
  const ingress = ingressOf(mesh, proxy);
  if (ingress.length === 0) return proxy.ports;
  const own = new Map<number, InboundPort>();
  for (const port of ingress
    .filter((entry) => proxy.tunnel || !bindsItself(entry))
    .flatMap((entry) => portOf(entry, mesh, proxy)))
    if (!own.has(port.port)) own.set(port.port, port);
  const merges = flagOf(mesh, "PILOT_ALLOW_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE") === true;
  const others = merges ? proxy.ports.filter(({ port }) => !own.has(port)) : [];
  return [...own.values(), ...others];
}

/**
 * The ports that have no chains of the passthrough for a mode of their own: those that a Sidecar object names if it names any, and then
 * not those of Services. Follows istio/istio:pilot/pkg/networking/plugin/authn/authentication.go needPerPortPassthroughFilterChain.
 */
export function portsBesidePassthrough(mesh: Mesh, proxy: Proxy): ReadonlySet<number> {
  const ingress = ingressOf(mesh, proxy);
  return new Set(
    ingress.length === 0 ? proxy.ports.map(({ port }) => port) : ingressPorts(mesh, proxy),
  );
}

/** Whether the ports of a sidecar's Services do not count, or not alone, because a Sidecar object names others. */
export function hasIngress(mesh: Mesh, proxy: Pick<Proxy, "namespace" | "labels">): boolean {
  return ingressOf(mesh, proxy).length > 0;
}

/** The ports that a Sidecar object names in `ingress`. */
export function ingressPorts(
  mesh: Mesh,
  proxy: Pick<Proxy, "namespace" | "labels">,
): readonly number[] {
  return ingressOf(mesh, proxy).flatMap(
    (entry) => numberOf(fieldsOf(entry["port"])["number"]) ?? [],
  );
}

/** What of a Sidecar object's ingress is not evaluated: a listener of its own, which nothing is redirected to. */
export function ingressGap(mesh: Mesh, proxy: Proxy): string | undefined {
  return ingressOf(mesh, proxy).some(bindsItself)
    ? "captureMode NONE of a Sidecar's ingress"
    : undefined;
}

/**
 * Whether a sidecar listens on a port itself: policies count there where nothing is redirected to it, too. Follows
 * istio/istio:pilot/pkg/networking/core/listener_inbound.go buildInboundListeners.
 */
export function bindsPort(
  mesh: Mesh,
  proxy: Pick<Proxy, "namespace" | "labels">,
  port: number,
): boolean {
  return ingressOf(mesh, proxy).some(
    (entry) => bindsItself(entry) && numberOf(fieldsOf(entry["port"])["number"]) === port,
  );
}

function ingressOf(mesh: Mesh, proxy: Pick<Proxy, "namespace" | "labels">): readonly Fields[] {
  const object = sidecarFor(mesh, proxy);
  return object ? listOf(fieldsOf(object.body["spec"])["ingress"]).map(fieldsOf) : [];
}

function bindsItself(entry: Fields): boolean {
  return entry["captureMode"] === "NONE";
}

function portOf(entry: Fields, mesh: Mesh, { addresses }: Proxy): readonly InboundPort[] {
  const stated = fieldsOf(entry["port"]);
  const port = numberOf(stated["number"]);
  const tls = flagOf(mesh, "ENABLE_TLS_ON_SIDECAR_INGRESS") === true ? entry["tls"] : undefined;
  const spelled = textOf(stated["protocol"])?.toLowerCase() ?? "";
  const name = tls === undefined ? spelled : (ended[spelled] ?? spelled);
  const protocol = listenerProtocol(
    portProtocol({ port: 0, targetPort: 0, name, transport: "TCP" }),
  );
  if (port === undefined) return [];
  const bind = textOf(entry["bind"]) || addresses[0];
  const server = tls === undefined ? undefined : serverTls(tlsOf(fieldsOf(tls)));
  return [
    { port, protocol, ...(bind === undefined ? {} : { bind }), ...(server ? { tls: server } : {}) },
  ];
}

/** What is spoken where TLS ends. */
const ended: Readonly<Record<string, string>> = { https: "http", tls: "tcp" };
