import { isServiceEntry } from "../../kubernetes/entry-ports.ts";
import { portProtocol } from "../../kubernetes/port-protocol.ts";
import { serviceHost } from "../../kubernetes/service.ts";
import type { Other, Service } from "../../model/kubernetes.ts";
import type { Mesh } from "../../model/mesh.ts";
import { compareBytes, type ResourceKey } from "../../model/place.ts";
import {
  fieldsOf,
  listOf,
  numberOf,
  present,
  textMapOf,
  textOf,
  textsOf,
} from "../../parse/decode.ts";
import type { Fields } from "../../parse/objects.ts";

/** How a sidecar treats what leaves for a port. `tls`: bytes that are told apart by their server name. */
export type RegistryProtocol = "http" | "tcp" | "tls" | "auto" | "udp";

export interface RegistryPort {
  readonly port: number;
  readonly name: string;
  readonly protocol: RegistryProtocol;
  readonly alone?: string; // MongoDB and MySQL of a ServiceEntry: nothing else may share a listener with it
}

/** A Service of Kubernetes, or one host of a ServiceEntry at one of its addresses, as istiod knows it. */
export interface RegistryService {
  readonly object: ResourceKey;
  readonly host: string;
  readonly namespace: string;
  readonly kubernetes: boolean; // else of a ServiceEntry
  readonly addresses: readonly string[]; // [] for none of its own; CIDRs, too
  readonly ports: readonly RegistryPort[];
  readonly resolution: Resolution;
  readonly external: boolean; // outside the mesh
  readonly exportTo: readonly string[]; // [] is the mesh's default
  readonly aliases: readonly string[]; // hosts of Services that stand for this one
  readonly alias?: string; // stands for this host
  readonly selector?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
}

/** Where the endpoints come from: the pods or entries that are known, DNS, or wherever the client connected to. */
export type Resolution = "endpoints" | "passthrough" | "dns" | "dynamic-dns" | "alias";

const known = new WeakMap<Mesh, readonly RegistryService[]>();

/**
 * Every service of a mesh, the oldest first, whoever sees it.
 * Follows istio/istio:pilot/pkg/serviceregistry/kube/conversion.go and serviceentry/conversion.go.
 */
export function registry(mesh: Mesh): readonly RegistryService[] {
  const before = known.get(mesh);
  if (before) return before;
  const { services, others } = mesh.inventory;
  const all = [...services.map(ofService), ...others.filter(isServiceEntry).flatMap(ofEntry)];
  const sorted = withAliases(all.toSorted(byAge));
  known.set(mesh, sorted);
  return sorted;
}

/** `push_context.go`, SortServicesByCreationTime */
function byAge(a: RegistryService, b: RegistryService): number {
  return (
    (a.createdAt ?? Number.MAX_VALUE) - (b.createdAt ?? Number.MAX_VALUE) ||
    compareBytes(nameOf(a), nameOf(b)) ||
    compareBytes(a.namespace, b.namespace)
  );
}

function nameOf({ kubernetes, object, host }: RegistryService): string {
  return kubernetes ? object.name : host;
}

function ofService(service: Service): RegistryService {
  const { key, clusterIps, ports, annotations, externalName, selector, createdAt } = service;
  const isHeadless = clusterIps.includes("None");
  const resolution = isHeadless ? "passthrough" : externalName ? "alias" : "endpoints";
  const exportTo = annotations["networking.istio.io/exportTo"] ?? "";
  return present({
    object: key,
    host: serviceHost(service),
    namespace: key.namespace,
    kubernetes: true,
    addresses: clusterIps.filter((address) => address !== "None"),
    ports: ports.map((port) => {
      const protocol = portProtocol(port);
      const word = (port.appProtocol ?? port.name ?? "").toLowerCase();
      return {
        port: port.port,
        name: port.name ?? "",
        protocol: protocol === "tcp" && isTls(word) ? ("tls" as const) : protocol,
      };
    }),
    resolution,
    external: externalName !== undefined,
    exportTo: exportTo === "" ? [] : exportTo.split(",").map((space) => space.trim()),
    aliases: [],
    alias: externalName,
    selector,
    createdAt,
  } as const);
}

function isTls(word: string): boolean {
  return /^(?:https|tls)(?:-|$)/.test(word) || word === "kubernetes.io/wss";
}

const resolutions: Readonly<Record<string, Resolution>> = {
  STATIC: "endpoints",
  DNS: "dns",
  DNS_ROUND_ROBIN: "dns",
  DYNAMIC_DNS: "dynamic-dns",
};

/** One for each host and address. */
function ofEntry({ key, body, createdAt }: Other): readonly RegistryService[] {
  const spec = fieldsOf(body["spec"]);
  const addresses = textsOf(spec["addresses"])?.map(withoutFullMask) ?? [undefined];
  const selector = spec["workloadSelector"];
  return (textsOf(spec["hosts"]) ?? []).flatMap((host) =>
    addresses.map((address) =>
      present({
        object: key,
        host,
        namespace: key.namespace,
        kubernetes: false,
        addresses: address === undefined ? [] : [address],
        ports: listOf(spec["ports"]).map((port) => entryPort(fieldsOf(port))),
        resolution: resolutions[textOf(spec["resolution"]) ?? ""] ?? "passthrough",
        external: spec["location"] !== "MESH_INTERNAL",
        exportTo: textsOf(spec["exportTo"]) ?? [],
        aliases: [],
        selector:
          selector === undefined ? undefined : textMapOf(fieldsOf(fieldsOf(selector))["labels"]),
        createdAt,
      } as const),
    ),
  );
}

function withoutFullMask(address: string): string {
  return address.replace(address.includes(":") ? /\/128$/ : /\/32$/, "");
}

const protocols: Readonly<Record<string, RegistryProtocol>> = {
  http: "http",
  http2: "http",
  http_proxy: "http",
  grpc: "http",
  "grpc-web": "http",
  tcp: "tcp",
  mongo: "tcp",
  redis: "tcp",
  mysql: "tcp",
  https: "tls",
  tls: "tls",
  udp: "udp",
};

function entryPort(fields: Fields): RegistryPort {
  const stated = (textOf(fields["protocol"]) ?? "").toLowerCase();
  return {
    port: numberOf(fields["number"]) ?? 0,
    name: textOf(fields["name"]) ?? "",
    protocol: parseProtocol(stated),
    ...(stated === "mongo" || stated === "mysql" ? { alone: stated } : {}),
  };
}

/** What is not a protocol is detected. `istio/istio:pkg/config/protocol/instance.go`, Parse */
export function parseProtocol(text: string | undefined): RegistryProtocol {
  return protocols[(text ?? "").toLowerCase()] ?? "auto";
}

/** A Service with an external name is known by its own name at the service of that host. `push_context.go`, resolveServiceAliases */
function withAliases(services: readonly RegistryService[]): readonly RegistryService[] {
  const names = new Map(services.flatMap(({ host, alias }) => (alias ? [[host, alias]] : [])));
  if (names.size === 0) return services;
  const concrete = (host: string, seen: readonly string[]): string | undefined => {
    const next = names.get(host);
    if (next === undefined) return host;
    return seen.includes(next) ? undefined : concrete(next, [...seen, next]);
  };
  return services.map((service) => ({
    ...service,
    aliases: service.alias
      ? []
      : [...names.keys()].filter((name) => concrete(name, [name]) === service.host),
  }));
}
