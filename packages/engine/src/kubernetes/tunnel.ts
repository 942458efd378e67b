import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { parseProxyConfig } from "../parse/proxy-config.ts";

const label = "networking.istio.io/tunnel";
const setting = "ISTIO_META_ENABLE_HBONE";

/**
 * Whether a workload takes HBONE by itself: a captured one does, through its ztunnel, and one with a sidecar that was told to when it
 * was injected. Undefined: what it will be told is not loaded. Follows istio/istio:pilot/pkg/xds/endpoints/endpoint_builder.go
 * supportTunnel and manifests/charts/istio-control/istio-discovery/files/injection-template.yaml.
 */
export function takesHbone(
  { config, configLoaded }: Mesh,
  { labels, annotations, proxied }: Pick<Workload, "labels" | "annotations" | "proxied">,
): boolean | undefined {
  if (labels[label] !== undefined) return labels[label].split(",").includes("http");
  if (annotations["ambient.istio.io/redirection"] === "enabled") return true;
  const isInjected =
    proxied === true ||
    annotations["sidecar.istio.io/status"] !== undefined ||
    labels["security.istio.io/tlsMode"] !== undefined;
  if (isInjected) return false;
  const own = annotations["proxy.istio.io/config"];
  const stated = own === undefined ? undefined : parseProxyConfig(own)?.proxyMetadata?.[setting];
  if (stated !== undefined) return stated === "true";
  return configLoaded ? config.defaultConfig?.proxyMetadata?.[setting] === "true" : undefined;
}
