import type { Mesh } from "../model/mesh.ts";
import type { HttpRequest } from "../model/request.ts";

/** What an Istio client offers for HTTP under mesh TLS: the ALPN filter tells it from bytes (an:PA-37, an:PA-39, an:PA-40). */
export const httpAlpn: Readonly<Record<HttpRequest["version"], readonly string[]>> = {
  "1.0": ["istio-http/1.0", "istio", "http/1.0"],
  "1.1": ["istio-http/1.1", "istio", "http/1.1"],
  "2": ["istio-h2", "istio", "h2"],
};

/** What it offers for bytes. */
export function bytesAlpn({ features }: Mesh): readonly string[] {
  const plain =
    features["PILOT_DISABLE_MX_ALPN"] === "true" ||
    features["PILOT_ENABLE_METADATA_EXCHANGE"] === "false";
  return plain ? ["istio"] : ["istio-peer-exchange", "istio"];
}
