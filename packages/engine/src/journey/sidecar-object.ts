import { rootNamespace } from "../istiod/attach-rules.ts";
import { selects } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { type Body, labels, mapping, text } from "./body.ts";
import type { Client } from "./client.ts";

/**
 * The spec of the Sidecar object that shapes a client's outbound side: one of its namespace that selects it, one of its namespace
 * for all, the root namespace's. Follows istio/istio:pilot/pkg/model/push_context.go#getSidecarScope.
 */
export function sidecarOf(mesh: Mesh, client: Client): Body | undefined {
  const root = rootNamespace(mesh);
  const specs = (namespace: string | undefined): readonly Body[] =>
    mesh.inventory.others
      .filter(({ key }) => key.kind === "Sidecar" && key.namespace === namespace)
      .toSorted((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))
      .map(({ body }: Other) => mapping(body, "spec"));
  const own = specs(client.namespace);
  return (
    own.find((spec) => "workloadSelector" in spec && selectsClient(spec, client)) ??
    own.find((spec) => !("workloadSelector" in spec)) ??
    specs(root).find((spec) => !("workloadSelector" in spec))
  );
}

function selectsClient(spec: Body, client: Client): boolean {
  const selector = labels(mapping(spec, "workloadSelector"), "labels");
  return client.labels !== undefined && selects(selector, client.labels);
}

/** REGISTRY_ONLY: the client's own sidecar lets nothing out to what it does not know. */
export function isRegistryOnly(mesh: Mesh, client: Client): boolean {
  const own = text(mapping(sidecarOf(mesh, client) ?? {}, "outboundTrafficPolicy"), "mode");
  return (own ?? mesh.config.outboundTrafficPolicy?.mode) === "REGISTRY_ONLY";
}
