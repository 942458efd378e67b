import type { MeshConfig } from "../model/mesh-config.ts";

/** The trust domain of the mesh, Istio's default when the mesh config does not say: istiod takes no empty one. */
export function trustDomain(config: MeshConfig): string {
  return config.trustDomain || "cluster.local";
}

/** The identity in a workload's certificate. Follows istio/istio:pkg/spiffe/spiffe.go. */
export function spiffeId(config: MeshConfig, namespace: string, serviceAccount: string): string {
  return `spiffe://${trustDomain(config)}/ns/${namespace}/sa/${serviceAccount}`;
}
