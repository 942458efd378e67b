import { spiffeId } from "../kubernetes/identity.ts";
import { selects } from "../kubernetes/service.ts";
import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ResourceKey } from "../model/place.ts";
import { type Body, labels, mapping, mappings, text, texts } from "./body.ts";

/** Where a host that a ServiceEntry names leads to on one of its ports. */
export interface EntryHost {
  readonly key: ResourceKey;
  readonly external: boolean; // MESH_EXTERNAL, which is the default: no auto mTLS (an:PA-87)
  readonly original: boolean; // resolution NONE: connections go where the client meant
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

/** The host among the loaded ServiceEntries; undefined: none names it with that port. */
export function entryHost(mesh: Mesh, host: string, port: number): EntryHost | undefined {
  for (const entry of mesh.inventory.others) {
    if (entry.key.kind !== "ServiceEntry") continue;
    const spec = mapping(entry.body, "spec");
    const found = mappings(spec, "ports").find((each) => each["number"] === port);
    if (found !== undefined && (texts(spec, "hosts") ?? []).includes(host))
      return toHost(mesh, entry, spec, { host, port: found });
  }
  return undefined;
}

interface Addressed {
  readonly host: string;
  readonly port: Body;
}

function toHost(mesh: Mesh, { key }: Other, spec: Body, addressed: Addressed): EntryHost {
  const resolution = text(spec, "resolution") ?? "NONE";
  const members = [...selected(mesh, key, spec, addressed), ...written(mesh, key, spec, addressed)];
  const accounts = members.flatMap(({ account }) => account ?? []);
  return {
    key,
    external: text(spec, "location") !== "MESH_INTERNAL",
    original: resolution === "NONE",
    names: [...new Set([...accounts, ...(texts(spec, "subjectAltNames") ?? [])])],
    members,
  };
}

/** The pods and machines that the entry selects in its namespace. */
function selected(
  { inventory, config }: Mesh,
  { namespace }: ResourceKey,
  spec: Body,
  { port }: Addressed,
): readonly EntryMember[] {
  if (!("workloadSelector" in spec)) return [];
  const selector = labels(mapping(spec, "workloadSelector"), "labels");
  return inventory.workloads
    .filter((each) => each.key.namespace === namespace && selects(selector, each.labels))
    .map((workload) => {
      const account = spiffeId(config, namespace, workload.serviceAccount || "default");
      return { workload, port: targetOf(port), account };
    });
}

function targetOf(port: Body): number {
  return Number(port["targetPort"] ?? port["number"]);
}

/** Endpoints that the entry writes down; without any, DNS resolves the host itself. */
function written(
  { inventory, config }: Mesh,
  key: ResourceKey,
  spec: Body,
  { host, port }: Addressed,
): readonly EntryMember[] {
  if ("workloadSelector" in spec) return [];
  const resolution = text(spec, "resolution") ?? "NONE";
  const endpoints = mappings(spec, "endpoints");
  const resolved =
    endpoints.length === 0 && resolution.startsWith("D") ? [{ address: host }] : endpoints;
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
