import { takesHbone } from "../kubernetes/tunnel.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Point, Undecided } from "./api.ts";

/**
 * What stays open at a sidecar that takes HBONE: what comes through tunnels meets other chains (no mutual TLS of its own, CUSTOM
 * policies that see no identity), which are not looked at for all requests.
 */
export function openTunnels(mesh: Mesh, { proxy }: Point): Undecided | undefined {
  if (proxy.kind !== "sidecar") return undefined;
  const workload = mesh.inventory.workloads.find(
    ({ key }) => key.namespace === proxy.namespace && key.name === proxy.name,
  );
  const takes = takesHbone(mesh, workload ?? { labels: proxy.labels, annotations: {} });
  if (takes !== true) return undefined;
  return {
    because: "not-modelled",
    text: "the sidecar takes HBONE, and what comes through tunnels is not looked at",
  };
}
