import type { Mesh } from "../model/mesh.ts";
import type { HttpRequest } from "../model/request.ts";
import { flagOf } from "../release/flags.ts";
import { takesHttp2 } from "./endpoint.ts";
import type { Link } from "./transport.ts";

/** What an Istio client offers for HTTP under mesh TLS: the ALPN filter tells it from bytes (an:PA-37, an:PA-39, an:PA-40). */
export const httpAlpn: Readonly<Record<HttpRequest["version"], readonly string[]>> = {
  "1.0": ["istio-http/1.0", "istio", "http/1.0"],
  "1.1": ["istio-http/1.1", "istio", "http/1.1"],
  "2": ["istio-h2", "istio", "h2"],
};

/** What a client's proxy offers under mesh TLS for what it sends. */
export function meshAlpn({
  mesh,
  sent,
  endpoint: { service },
}: Pick<Link, "mesh" | "sent" | "endpoint">): readonly string[] {
  const filtered = flagOf(mesh, "PILOT_ENABLE_ALPN_FILTER") !== false;
  return sent.http !== undefined && sent.outbound !== "tcp" && filtered
    ? httpAlpn[sent.http.version]
    : bytesAlpn(mesh, takesHttp2(service));
}

/**
 * What it offers for bytes: as the cluster says, which may be of HTTP/2, and a server then reads them as that.
 * `istio/istio:pilot/pkg/networking/core/cluster_tls.go`
 */
function bytesAlpn(mesh: Mesh, isHttp2: boolean): readonly string[] {
  const plain =
    flagOf(mesh, "PILOT_DISABLE_MX_ALPN") === true ||
    flagOf(mesh, "PILOT_ENABLE_METADATA_EXCHANGE") === false;
  return [...(plain ? [] : ["istio-peer-exchange"]), "istio", ...(isHttp2 ? ["h2"] : [])];
}
