import { rootNamespace } from "../istiod/attach-rules.ts";
import { fullHost } from "../istiod/route/short-names.ts";
import { serviceHost } from "../kubernetes/service.ts";
import { isSubset } from "../match/host.ts";
import type { Service, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Place } from "../model/place.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import type { Scene } from "./scene.ts";

/** What a DestinationRule says of the transport of clients. */
export interface ClientTls {
  readonly host: string; // in full
  readonly namespace: string; // of the rule
  readonly mode: string;
  readonly at: Place;
}

/** The DestinationRules that say something of TLS. A short host means a Service of the rule's namespace. */
export function clientTls({ inventory }: Mesh): readonly ClientTls[] {
  return inventory.others.flatMap(({ key, body }) => {
    const spec = key.kind === "DestinationRule" ? fieldsOf(body["spec"]) : {};
    const mode = textOf(fieldsOf(fieldsOf(spec["trafficPolicy"])["tls"])["mode"]);
    const written = textOf(spec["host"]) ?? "";
    const host = fullHost(written, key.namespace);
    const at: Place = { resource: key, path: ["spec", "trafficPolicy", "tls", "mode"] };
    return mode === undefined ? [] : [{ host, namespace: key.namespace, mode, at }];
  });
}

/** The DestinationRules on TLS that may be the one for a Service, the most specific first. */
export function tlsFor(mesh: Mesh, service: Pick<Service, "key">): readonly ClientTls[] {
  const host = serviceHost(service);
  const exact = (rule: ClientTls): number => (rule.host.startsWith("*") ? 0 : 1);
  return clientTls(mesh)
    .filter((rule) => isSubset(host, rule.host))
    .toSorted((a, b) => exact(b) - exact(a) || b.host.length - a.host.length);
}

/** A Service that a client addresses, in a mesh that has it. */
export interface Addressed {
  readonly mesh: Mesh;
  readonly service: Service;
  readonly workload: Workload;
  readonly isMade?: true; // none was loaded that a rule could be about
}

/**
 * Services that a DestinationRule could be about, where none was loaded. A host with a star is about one whose workload no selector
 * names; which workload is behind the Service of a full name nobody knows, so it is each of them.
 */
export function madeServices({ mesh, points }: Scene, rule: ClientTls): readonly Addressed[] {
  const loaded = mesh.inventory.services;
  if (loaded.some((service) => isSubset(serviceHost(service), rule.host))) return [];
  const [, name = "*", namespace] =
    /^(\*|[^.*]+)\.([^.]+)\.svc\.cluster\.local$/.exec(rule.host) ?? [];
  const isWide = /^\*(?:\.svc)?(?:\.cluster)?(?:\.local)?$/.test(rule.host);
  if (namespace === undefined && !isWide) return [];
  const home = rule.namespace === rootNamespace(mesh) ? "default" : rule.namespace;
  const any = anyWorkload(namespace ?? home);
  if (namespace === undefined)
    return [...new Set([home, ...openNamespaces(mesh)])].map((space) =>
      addressed(mesh, anyWorkload(space)),
    );
  if (name === "*") return [addressed(mesh, any)];
  const named = points.filter(
    ({ standIn, workload }) => standIn && workload.key.namespace === namespace,
  );
  return [any, ...named.map(({ workload }) => workload)].map((workload) =>
    addressed(mesh, workload, name),
  );
}

/** Namespaces with a mode of their own. */
function openNamespaces(mesh: Mesh): readonly string[] {
  return mesh.peerAuthentications.flatMap(({ key, spec }) =>
    key.namespace === rootNamespace(mesh) || spec.selector?.matchLabels ? [] : [key.namespace],
  );
}

function anyWorkload(namespace: string): Workload {
  return {
    key: { kind: "Workload", namespace, name: "any" },
    labels: { app: "any" },
    annotations: {},
    serviceAccount: "default",
    addresses: [],
    ports: [],
  };
}

/** The mesh with a workload and a Service in front of it. */
export function addressed(mesh: Mesh, standIn: Workload, named?: string): Addressed {
  const name = named ?? standIn.key.name;
  const { namespace } = standIn.key;
  const workload: Workload = { ...standIn, dataPlane: "sidecar" };
  const service: Service = {
    key: { kind: "Service", namespace, name },
    labels: {},
    annotations: {},
    selector: workload.labels,
    clusterIps: [],
    ports: [{ port: 80, name: "http", targetPort: 8080, transport: "TCP" }],
  };
  const { inventory } = mesh;
  const workloads = [...inventory.workloads, workload];
  const services = [...inventory.services, service];
  return {
    mesh: { ...mesh, inventory: { ...inventory, workloads, services } },
    service,
    workload,
    isMade: true,
  };
}
