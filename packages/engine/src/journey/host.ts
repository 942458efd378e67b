import { findService } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Client } from "./client.ts";

/** What a client's sidecar makes of the Host of a request to a Service. */
export type HostKind =
  | { readonly kind: "own" }
  | { readonly kind: "unknown" }
  | { readonly kind: "other" | "foreign"; readonly host: string };

/**
 * Whether a Host names the Service itself, another one (the request goes there, whatever its address), or nothing that the sidecar
 * knows. Ports, letter case and a trailing dot do not count. Follows istio/istio:pilot/pkg/networking/core/httproute.go.
 */
export function hostKind(
  mesh: Mesh,
  client: Client,
  service: { readonly host: string; readonly object?: { readonly clusterIps: readonly string[] } },
  host: string | undefined,
): HostKind {
  if (host === undefined) return { kind: "unknown" };
  const bare = host
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/\.$/, "")
    .replace(/^\[(.*)\]$/, "$1");
  const [name = "", namespace = ""] = service.host.split(".");
  const own = [service.host, `${name}.${namespace}.svc`, `${name}.${namespace}`];
  if (client.namespace === namespace) own.push(name);
  if (own.includes(bare) || service.object?.clusterIps.includes(bare)) return { kind: "own" };
  const [otherName = "", otherSpace = client.namespace ?? ""] = bare.split(".");
  const inCluster = /^[^.]+(?:\.[^.]+(?:\.svc(?:\.cluster\.local)?)?)?$/.test(bare);
  const known = inCluster && findService(mesh.inventory, otherSpace, otherName) !== undefined;
  return { kind: known ? "other" : "foreign", host };
}
