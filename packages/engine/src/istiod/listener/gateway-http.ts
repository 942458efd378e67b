import type { Mesh } from "../../model/mesh.ts";
import type { HttpSettings, Proxy } from "../../model/program.ts";
import { behaves } from "../../release.ts";
import { httpSettings } from "./http-settings.ts";
import { certHeaders, proxyConfig } from "./proxy-headers.ts";

/**
 * What the connection managers of a gateway do to a request: the client's address is the peer's, or the one that trusted proxies
 * before it leave, and a client's x-forwarded-client-cert is replaced.
 * Follows istio/istio:pilot/pkg/networking/core/gateway.go buildGatewayConnectionManager (az:9.5, ctx:3.5).
 */
export function gatewayHttpSettings(mesh: Mesh, proxy: Proxy): HttpSettings {
  const { gatewayTopology } = proxyConfig(mesh, proxy);
  return {
    ...httpSettings(mesh, proxy),
    ...edge(mesh, proxy),
    remoteAddress: "peer",
    trustedHops: gatewayTopology?.numTrustedProxies ?? 0,
    clientCertHeader:
      certHeaders[gatewayTopology?.forwardClientCertDetails ?? ""] ?? "sanitize-set",
    clientCertFields: ["Cert", "Subject", "URI", "DNS"],
  };
}

/** Whether clients have to start with a PROXY header. */
export function speaksProxyProtocol(mesh: Mesh, proxy: Proxy): boolean {
  return proxyConfig(mesh, proxy).gatewayTopology?.proxyProtocol !== undefined;
}

/** The profile for gateways that face the internet fills in what is not set. `istio/istio:pilot/pkg/networking/core/connection_settings.go` */
function edge(mesh: Mesh, proxy: Proxy): Partial<HttpSettings> {
  const settings = proxyConfig(mesh, proxy).connectionSettings ?? {};
  if (settings["profile"] !== "EDGE" || !behaves(mesh.release, "connection-settings")) return {};
  return {
    ...(typeof settings["httpMergeSlashes"] === "boolean" ? {} : { mergeSlashes: true }),
    ...(isSet(settings["httpPathWithEscapedSlashesAction"])
      ? {}
      : { escapedSlashes: "redirect" as const }),
    ...(isSet(settings["httpHeadersWithUnderscoresAction"])
      ? {}
      : { underscores: "reject" as const }),
  };
}

function isSet(value: unknown): boolean {
  return typeof value === "string" && !value.endsWith("_UNSPECIFIED");
}
