import type { ServicePort } from "../model/kubernetes.ts";

/** How a proxy treats a port: as HTTP, as bytes, or by looking. `udp` is outside the mesh. */
export type PortProtocol = "http" | "tcp" | "auto" | "udp";

/** Values that only `appProtocol` knows; the port's name cannot have them. */
const kubernetesProtocols: ReadonlyMap<string, PortProtocol> = new Map([
  ["kubernetes.io/h2c", "http"],
  ["kubernetes.io/ws", "http"],
  ["kubernetes.io/wss", "tcp"],
]);

const named: ReadonlyMap<string, PortProtocol> = new Map([
  ...["http", "http2", "http_proxy", "grpc", "grpc-web"].map((name) => [name, "http"] as const),
  ...["tcp", "tls", "https", "mongo", "mysql", "redis"].map((name) => [name, "tcp"] as const),
  ["udp", "udp"],
]);

/** SMTP, DNS, MySQL and MongoDB: servers that may speak first, so nothing is sniffed. */
const serverFirst: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

/**
 * The protocol of a Service port: `appProtocol` alone if it is set, else the name up to its first hyphen, else by the port.
 * Follows istio/istio:pkg/config/kube/conversion.go (ctx:5.1, az:10.1).
 */
export function portProtocol(port: ServicePort): PortProtocol {
  if (port.transport === "UDP") return "udp";
  if (port.appProtocol !== undefined) {
    const known = kubernetesProtocols.get(port.appProtocol);
    if (known !== undefined) return known;
  }
  const name = (port.appProtocol ?? port.name ?? "").toLowerCase();
  if (name.startsWith("grpc-web")) return "http";
  const protocol = named.get(name.split("-", 1)[0] ?? "");
  return protocol ?? (serverFirst.has(port.port) ? "tcp" : "auto");
}

/**
 * What a sidecar takes connections to a declared port for: bytes, even where what is declared is UDP.
 * Follows istio/istio:pilot/pkg/networking/core/filterchain_options.go, whose other case is TCP.
 */
export function listenerProtocol(protocol: PortProtocol): Exclude<PortProtocol, "udp"> {
  return protocol === "udp" ? "tcp" : protocol;
}

/** Whether proxies speak HTTP/2 to what is behind a port: it must be declared. */
export function speaksHttp2({ appProtocol, name }: ServicePort): boolean {
  const declared = (appProtocol ?? name ?? "").toLowerCase();
  if (declared.startsWith("grpc-web")) return false;
  return declared === "kubernetes.io/h2c" || /^(?:http2|grpc)(?:-|$)/.test(declared);
}
