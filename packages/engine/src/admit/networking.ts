import type { Code } from "../diagnostic.ts";
import type { Release } from "../model/mesh.ts";
import { groupOf } from "../parse/kinds.ts";
import type { ParsedObject } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";
import { webhookDestinationRule } from "./destination-rule.ts";
import { webhookEnvoyFilter } from "./envoy-filter.ts";
import { webhookGateway } from "./gateway.ts";
import { webhookProxyConfig } from "./proxy-config.ts";
import type { Part } from "./read.ts";
import { webhookServiceEntry } from "./service-entry.ts";
import { webhookSidecar } from "./sidecar.ts";
import { webhookVirtualService } from "./virtual-service.ts";
import { webhookWorkloadEntry } from "./workload-entry.ts";
import { webhookWorkloadGroup } from "./workload-group.ts";

interface Webhook {
  readonly code: Code;
  readonly faults: (object: Part, release: Release) => readonly Remark[];
}

const webhooks: ReadonlyMap<string, Webhook> = new Map<string, Webhook>([
  ["VirtualService", { code: "webhook/bad-route", faults: webhookVirtualService }],
  ["Gateway", { code: "webhook/bad-gateway", faults: webhookGateway }],
  ["DestinationRule", { code: "webhook/bad-destination-rule", faults: webhookDestinationRule }],
  ["ServiceEntry", { code: "webhook/bad-service-entry", faults: webhookServiceEntry }],
  ["Sidecar", { code: "webhook/bad-sidecar", faults: webhookSidecar }],
  ["WorkloadEntry", { code: "webhook/bad-workload-entry", faults: webhookWorkloadEntry }],
  ["WorkloadGroup", { code: "webhook/bad-workload-group", faults: webhookWorkloadGroup }],
  ["EnvoyFilter", { code: "webhook/bad-envoy-filter", faults: webhookEnvoyFilter }],
  ["ProxyConfig", { code: "webhook/bad-proxy-config", faults: webhookProxyConfig }],
]);

/** The kinds of networking.istio.io that are judged as a cluster would judge them. */
export const networkingKinds: readonly string[] = [...webhooks.keys()];

/** Whether an object is of one of them: `Gateway` is a kind of the Gateway API as well. */
export function isNetworking(object: Pick<ParsedObject, "apiVersion" | "kind">): boolean {
  return webhooks.has(object.kind) && groupOf(object).group === "networking.istio.io";
}

/** What istiod's webhook says of such an object, beside its annotations. */
export function webhookNetworking(kind: string, object: Part, release: Release): readonly Remark[] {
  const webhook = webhooks.get(kind);
  if (webhook === undefined) return [];
  return webhook
    .faults(object, release)
    .map((remark) =>
      remark.code === "webhook/bad-route" ? { ...remark, code: webhook.code } : remark,
    );
}
