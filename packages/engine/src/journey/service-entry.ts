import { serviceEntries } from "../kubernetes/entry-ports.ts";
import { spiffeId } from "../kubernetes/identity.ts";
import { portNamed, selects, serviceHost } from "../kubernetes/service.ts";
import type { Other, Service, ServicePort, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { compareBytes, type ResourceKey } from "../model/place.ts";
import { type Body, labels, mapping, mappings, text, texts } from "./body.ts";

/** Where a host that a ServiceEntry names leads to on one of its ports. */
export interface EntryHost {
  readonly key: ResourceKey;
  readonly entry: Other;
  readonly external: boolean; // MESH_EXTERNAL, which is the default: no auto mTLS (an:PA-87)
  readonly original: boolean; // resolution NONE: connections go where the client meant
  readonly override?: number; // then at this port
  readonly http2: boolean; // which proxies speak to it
  readonly names: readonly string[]; // one of which the certificate of an endpoint must have; []: any
  readonly members: readonly EntryMember[];
}

/** An endpoint: a loaded workload, or an address or name outside. */
export interface EntryMember {
  readonly workload: Workload;
  readonly port: number;
  readonly account?: string; // under which it is said to run, as a SPIFFE id
  readonly marked?: boolean; // clients take it to understand mesh TLS (an:PA-90); absent: as any pod
}

/**
 * The host among the loaded ServiceEntries; undefined: none names it with that port. The oldest counts, and the endpoints of others
 * of its namespace are added (istio/istio:pilot/pkg/model/push_context.go SortServicesByCreationTime, xds/endpoints/endpoint_builder.go).
 */
export function entryHost(
  mesh: Mesh,
  host: string,
  port: number,
  namespace?: string, // ztunnel's: entries of others do not count
): EntryHost | undefined {
  const entries = mesh.inventory.others
    .filter(({ key }) => namespace === undefined || key.namespace === namespace)
    .flatMap((entry) => named(entry, host, port))
    .toSorted(byAge);
  const [first] = entries;
  if (first === undefined) return undefined;
  const { key, entry: object, spec } = first;
  const members = entries
    .filter((entry) => entry === first || isBeside(entry, first))
    .flatMap((entry) => [...selected(mesh, entry), ...written(mesh, entry)]);
  const accounts = members.flatMap(({ account }) => account ?? []);
  const override = first.port["targetPort"];
  return {
    ...(typeof override === "number" && override !== 0 ? { override } : {}),
    key,
    entry: object,
    external: text(spec, "location") !== "MESH_INTERNAL",
    original: resolutionOf(spec) === "NONE",
    http2: /^(?:HTTP2|GRPC)$/i.test(text(first.port, "protocol") ?? ""),
    names: [...new Set([...accounts, ...(texts(spec, "subjectAltNames") ?? [])])],
    members,
  };
}

/**
 * Why nobody can say where a Service leads, to who knows ServiceEntries: clients are told the endpoints of one beside the Service's, where
 * both have the host, the namespace and the name of the port (istio/istio:pilot/pkg/xds/endpoints/endpoint_builder.go).
 */
export function entryBeside(
  { inventory }: Mesh,
  service: Service,
  { port, name = "" }: ServicePort,
): string | undefined {
  const found = serviceEntries(inventory, service.key.namespace)
    .flatMap((entry) => named(entry, serviceHost(service), port))
    .find((entry) => resolutionOf(entry.spec) === "STATIC" && text(entry.port, "name") === name);
  if (found === undefined) return undefined;
  const { namespace, name: called } = found.key;
  return `ServiceEntry ${namespace}/${called} adds endpoints to it, which is not evaluated yet`;
}

/** A ServiceEntry that names the host that is asked for, with the port. */
interface Named {
  readonly key: ResourceKey;
  readonly entry: Other;
  readonly createdAt: number;
  readonly spec: Body;
  readonly host: string;
  readonly port: Body;
}

function named(entry: Other, host: string, number: number): readonly Named[] {
  const { key, createdAt, body } = entry;
  if (key.kind !== "ServiceEntry") return [];
  const spec = mapping(body, "spec");
  const port = mappings(spec, "ports").find((each) => each["number"] === number);
  if (port === undefined || !(texts(spec, "hosts") ?? []).includes(host)) return [];
  return [{ key, entry, createdAt: createdAt ?? Number.MAX_VALUE, spec, host, port }];
}

function byAge(a: Named, b: Named): number {
  return a.createdAt - b.createdAt || compareBytes(a.key.namespace, b.key.namespace);
}

/** Whether clients are told the endpoints of both: by host, namespace and name of the port. */
function isBeside(entry: Named, first: Named): boolean {
  return (
    entry.key.namespace === first.key.namespace &&
    text(entry.port, "name") === text(first.port, "name") &&
    [entry, first].every(({ spec }) => resolutionOf(spec) === "STATIC")
  );
}

function resolutionOf(spec: Body): string {
  return text(spec, "resolution") ?? "NONE";
}

/**
 * The pods and machines that the entry selects in its namespace. Their own port of the name counts before the entry's number:
 * istio/istio:pilot/pkg/serviceregistry/serviceentry/conversion.go convertWorkloadInstanceToServiceInstance.
 */
function selected(
  { inventory, config }: Mesh,
  { key: { namespace }, spec, port }: Named,
): readonly EntryMember[] {
  if (!("workloadSelector" in spec)) return [];
  const selector = labels(mapping(spec, "workloadSelector"), "labels");
  return inventory.workloads
    .filter((each) => each.key.namespace === namespace && selects(selector, each.labels))
    .map((workload) => {
      const account = spiffeId(config, namespace, workload.serviceAccount || "default");
      const own = portNamed(workload, text(port, "name") ?? "");
      return { workload, port: own ?? targetOf(port), account };
    });
}

function targetOf(port: Body): number {
  return Number(port["targetPort"] ?? port["number"]);
}

/** Endpoints that the entry writes down; without any, DNS resolves the host itself. */
function written(
  { inventory, config }: Mesh,
  { key, spec, host, port }: Named,
): readonly EntryMember[] {
  if ("workloadSelector" in spec) return [];
  const endpoints = mappings(spec, "endpoints");
  const resolved =
    endpoints.length === 0 && resolutionOf(spec).startsWith("D") ? [{ address: host }] : endpoints;
  return resolved.map((endpoint: Body) => {
    const address = text(endpoint, "address") ?? host;
    const own = mapping(endpoint, "ports")[text(port, "name") ?? ""];
    const account = text(endpoint, "serviceAccount") ?? "";
    const known = inventory.workloads.find(({ addresses }) => addresses.includes(address));
    return {
      workload: known ?? outside(key, address, labels(endpoint, "labels"), account),
      port: Number(own ?? targetOf(port)),
      ...(account === "" ? {} : { account: spiffeId(config, key.namespace, account) }),
      marked: isMarked(labels(endpoint, "labels"), account, "WorkloadEntry"),
    };
  });
}

/** The label decides; for what is no pod, else whether it has a service account. */
function isMarked(own: Readonly<Record<string, string>>, account: string, kind: string): boolean {
  const label = own["security.istio.io/tlsMode"];
  if (label !== undefined) return label === "istio";
  return kind === "WorkloadEntry" && account !== "";
}

/** Something outside the mesh, by its address or name. */
export function outside(
  { namespace }: Pick<ResourceKey, "namespace">,
  name: string,
  own: Readonly<Record<string, string>> = {},
  serviceAccount = "",
): Workload {
  return {
    key: { kind: "Outside", namespace, name },
    labels: own,
    annotations: {},
    serviceAccount,
    addresses: /^[0-9.]+$|:/.test(name) ? [name] : [],
    ports: [],
    dataPlane: "none",
  };
}
