import { registry } from "../istiod/route/registry.ts";
import { isVisible } from "../istiod/route/visible.ts";
import { findService, isHeadless, serviceHost } from "../kubernetes/service.ts";
import type { Service } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { RouteDestination } from "../model/route.ts";
import { addressOf, type Original } from "./addressed.ts";
import type { Client } from "./client.ts";
import { type DestinationRule, isPassthrough, ruleFor, subsetLabels } from "./destination-rule.ts";
import {
  type AddressedService,
  type Endpoint,
  endpointOf,
  isNobody,
  isNowhere,
  type Nobody,
  type Nowhere,
  workloadText,
} from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import { ruleClient } from "./rule-client.ts";
import { loadedService, throughService, unknownService } from "./service-endpoint.ts";
import { type EntryHost, entryHost } from "./service-entry.ts";

/** Who asks for a cluster: proxies resolve one in different ways. */
export interface Asking {
  readonly mesh: Mesh;
  readonly client: Client;
  readonly original?: Original; // of a sidecar, which leads some connections on to where they went
  readonly inquiry: Inquiry;
}

/** The endpoint that a proxy sends a request to: one of those that the destination of a route stands for. */
export function endpointAt(
  asking: Asking,
  { host, port, subset }: Omit<RouteDestination, "weight">,
): Endpoint | Nowhere | Nobody {
  const { mesh } = asking;
  if (host === "PassthroughCluster") return atOriginal(asking, undefined);
  const [name = "", namespace = ""] = host.split(".");
  const service = findService(mesh.inventory, namespace, name);
  const number = port ?? 0;
  if (service === undefined || serviceHost(service) !== host) {
    const entry = entryHost(mesh, host, number);
    return entry === undefined
      ? notLoaded(asking, { host, name, namespace, port: number })
      : ofEntry(asking, entry, { host, port: number });
  }
  return ofService(asking, service, { host, port: number, subset });
}

function ofService(
  asking: Asking,
  service: Service,
  { host, port, subset }: { host: string; port: number; subset: string | undefined },
): Endpoint | Nowhere | Nobody {
  const { mesh, inquiry } = asking;
  const { namespace, name } = service.key;
  const unseen = whyUnseen(asking, service, port);
  if (unseen !== undefined) return { subject: `svc/${namespace}/${name}`, nobody: unseen };
  const rule = ruleFor(mesh, ruleClient(asking.client, inquiry), { host, namespace });
  const labels = subset && subset !== "" ? subsetOf(rule, subset) : {};
  if (labels === undefined)
    return { subject: `svc/${namespace}/${name}`, nobody: `no rule defines subset ${subset}` };
  const direct = asking.original !== undefined;
  const original = direct && (isHeadless(service) || (rule && isPassthrough(rule, port)));
  const named = subset ? { subset: { name: subset, labels } } : {};
  const addressing = { port, direct, ...named };
  if (original && asking.original?.address !== undefined)
    return atOriginal(asking, throughService(service, addressing));
  return loadedService(mesh, service, addressing, inquiry);
}

/** Why a proxy has no cluster for a port of a Service: it has no such port, or keeps itself from the proxy's namespace. */
function whyUnseen(
  { mesh, client: { namespace, plane } }: Asking,
  service: Service,
  port: number,
): string | undefined {
  if (!service.ports.some((each) => each.port === port)) return `the Service has no port ${port}`;
  if (namespace === undefined || plane === "waypoint") return undefined;
  const known = registry(mesh).find(
    ({ host, kubernetes }) => kubernetes && host === serviceHost(service),
  );
  return known === undefined || isVisible(known, namespace, mesh)
    ? undefined
    : `the Service is not exported to namespace ${namespace}`;
}

interface Named {
  readonly host: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** A destination that nothing loaded says more of: where everything was loaded, there is none. */
function notLoaded(
  { mesh, inquiry }: Asking,
  { host, ...named }: Named,
): Endpoint | Nowhere | Nobody {
  if (mesh.inventory.complete) return { subject: host, nobody: `there is no ${host}` };
  if (!host.endsWith(".svc.cluster.local"))
    return { subject: host, missing: `no loaded Service or ServiceEntry is called ${host}` };
  return unknownService(mesh, { kind: "service", ...named, port: named.port || 80 }, inquiry);
}

function subsetOf(
  rule: DestinationRule | undefined,
  subset: string,
): Readonly<Record<string, string>> | undefined {
  return rule && subsetLabels(rule, subset);
}

/** What a connection that no route leads elsewhere comes to: the address it was made to. kube-proxy picks a pod behind a Service's. */
function atOriginal(
  { mesh, original, inquiry }: Asking,
  service: AddressedService | undefined,
): Endpoint | Nowhere | Nobody {
  if (original === undefined)
    return { subject: "PassthroughCluster", missing: "no original address" };
  const reached = addressOf(mesh, original, inquiry);
  if (isNowhere(reached) || isNobody(reached)) return reached;
  const { service: _service, ...rest } = reached;
  return { ...rest, by: "address", ...(service === undefined ? {} : { service }) };
}

/** `istio/istio:pilot/pkg/networking/core/cluster_builder.go`, UpstreamPortOverride */
function atPort(asking: Asking, port: number | undefined): Asking {
  const { original } = asking;
  return original === undefined || port === undefined
    ? asking
    : { ...asking, original: { ...original, port } };
}

/** An endpoint of a ServiceEntry's host: chosen by the proxy. */
function ofEntry(
  asking: Asking,
  { key, entry, external, original, override, http2, members, names }: EntryHost,
  { host, port }: { readonly host: string; readonly port: number },
): Endpoint | Nowhere | Nobody {
  const { mesh, inquiry } = asking;
  const service: AddressedService = {
    host,
    port,
    namespace: key.namespace,
    entry,
    ...(external ? { external: true } : {}),
    ...(original ? { unlisted: true } : {}),
    ...(http2 ? { http2 } : {}),
    ...(names.length === 0 ? {} : { names }),
  };
  if (original) return atOriginal(atPort(asking, override), service);
  const [first] = members;
  if (first === undefined)
    return { subject: `se/${key.namespace}/${key.name}`, nobody: "no endpoints", service };
  const texts = members.map(({ workload }) => workloadText(workload));
  const picked =
    members.length === 1
      ? texts[0]
      : inquiry.ask({ id: `destination:se/${key.namespace}/${key.name}`, candidates: texts });
  const { workload, port: target, marked } = members[texts.indexOf(picked ?? "")] ?? first;
  const endpoint = endpointOf(mesh, workload, target, "service", service);
  return marked === undefined ? endpoint : { ...endpoint, marked };
}
