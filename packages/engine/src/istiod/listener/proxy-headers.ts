import type { Mesh } from "../../model/mesh.ts";
import type { ProxyConfig } from "../../model/mesh-config.ts";
import type {
  CertificateField,
  ClientCertHeader,
  HttpSettings,
  Proxy,
} from "../../model/program.ts";
import { fieldsOf } from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/**
 * What the pod says, over what the mesh says: each part as a whole, of the headers some by themselves.
 * `istio/istio:pkg/config/mesh/mesh.go`, MergeProxyConfig and correctProxyHeaders
 */
export function proxyConfig({ config }: Mesh, proxy: Proxy): ProxyConfig {
  const { gatewayTopology, connectionSettings, proxyHeaders: own } = proxy.config ?? {};
  const base = config.defaultConfig ?? {};
  return {
    ...base,
    ...(gatewayTopology ? { gatewayTopology } : {}),
    ...(connectionSettings ? { connectionSettings } : {}),
    ...(own ? { proxyHeaders: headersOver(fieldsOf(base["proxyHeaders"]), fieldsOf(own)) } : {}),
  };
}

const kept = ["forwardedClientCert", "requestId", "attemptCount", "server", "envoyDebugHeaders"];

function headersOver(base: Fields, own: Fields): Fields {
  const unsaid = kept.filter((name) => (own[name] ?? "UNDEFINED") === "UNDEFINED" && base[name]);
  return { ...own, ...Object.fromEntries(unsaid.map((name) => [name, base[name]])) };
}

type Told = "keepsRequestIds" | "forwardedPort" | "forwardedHost" | "uncounted" | "untold";

/** The headers that proxies of any kind write or leave alone. Follows istio/istio:pilot/pkg/networking/util/proxy_headers.go. */
export function proxyHeaders(config: ProxyConfig): Pick<HttpSettings, Told> {
  const headers = fieldsOf(config["proxyHeaders"]);
  return {
    ...(flag(headers, "requestId", "disabled") ? { keepsRequestIds: true as const } : {}),
    ...(flag(headers, "xForwardedPort", "enabled") ? { forwardedPort: true as const } : {}),
    ...(flag(headers, "xForwardedHost", "enabled") ? { forwardedHost: true as const } : {}),
    ...(flag(headers, "attemptCount", "disabled") ? { uncounted: true as const } : {}),
    ...(flag(headers, "envoyDebugHeaders", "disabled") ? { untold: true as const } : {}),
  };
}

function flag(headers: Fields, field: string, name: string): boolean {
  return fieldsOf(headers[field])[name] === true;
}

/** What a sidecar tells the workload of a client's certificate. `listener_inbound.go`, buildInboundHTTPListener */
export function sidecarCertHeader(
  config: ProxyConfig,
): Pick<HttpSettings, "clientCertHeader" | "clientCertFields"> {
  const headers = fieldsOf(config["proxyHeaders"]);
  const wanted = fieldsOf(headers["setCurrentClientCertDetails"]);
  const mode = certHeaders[String(headers["forwardedClientCert"])] ?? "append-forward";
  return {
    clientCertHeader: mode,
    clientCertFields: fields
      .filter(([, name, usual]) => wanted[name] ?? usual)
      .map(([field]) => field),
  };
}

const fields: readonly (readonly [field: CertificateField, name: string, usual: boolean])[] = [
  ["Cert", "cert", false],
  ["Chain", "chain", false],
  ["Subject", "subject", true],
  ["URI", "uri", true],
  ["DNS", "dns", true],
];

/** Istio's names for what is done with x-forwarded-client-cert. */
export const certHeaders: Readonly<Record<string, ClientCertHeader>> = {
  SANITIZE: "sanitize",
  FORWARD_ONLY: "forward-only",
  APPEND_FORWARD: "append-forward",
  SANITIZE_SET: "sanitize-set",
  ALWAYS_FORWARD_ONLY: "always-forward-only",
};
