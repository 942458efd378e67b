import type { ProxyConfig } from "../model/mesh-config.ts";
import { parseDocuments } from "./document.ts";
import { decodeMeshConfig } from "./mesh-config-form.ts";

/** The proxy config that an annotation of a pod holds, as YAML or JSON. What cannot be read is absent, as the webhook would refuse the pod. */
export function parseProxyConfig(text: string): ProxyConfig | undefined {
  const [document] = parseDocuments({ path: "proxy.istio.io/config", text }).documents;
  return decodeMeshConfig({ defaultConfig: document?.value }).config.defaultConfig;
}
