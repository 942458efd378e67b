import { registry } from "../istiod/route/registry.ts";
import {
  entryAddresses,
  entryBlocks,
  isAddressed,
  isKnownInAmbient,
} from "../kubernetes/ambient-entry.ts";
import { entryVisibility } from "../kubernetes/entry-visibility.ts";
import { parseAddress, parseCidr } from "../match/address.ts";
import { isSubset } from "../match/host.ts";
import { matches } from "../match/matches.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { compareBytes } from "../model/place.ts";
import { mapping, mappings, text, texts } from "./body.ts";
import type { Client } from "./client.ts";
import type { AddressedService } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Target } from "./target.ts";

/** A host of a ServiceEntry, as ztunnel knows it by an address. */
export interface EntryService extends AddressedService {
  readonly entry: Other;
  readonly declared: boolean; // the entry has the port: without it nothing is reached
}

/** What ztunnel may find among ServiceEntries: a name that its DNS answers for, or an address. */
export type Named = Extract<Target, { readonly kind: "host" | "address" }>;

/** Whether there are any to look for. */
export function hasEntries({ inventory }: Mesh): boolean {
  return inventory.others.some(({ key }) => key.kind === "ServiceEntry");
}

const captured = "by ztunnel";

/**
 * The ServiceEntry that ztunnel takes a connection of a workload in ambient mode for: one that has the address before those of blocks, one
 * of the workload's namespace, the smallest block, the oldest (ctx:2.1). One without addresses gets one from istiod, and DNS tells it. Follows istio/ztunnel:src/state/service.rs
 * get_best_by_vip and istio/istio:pilot/pkg/networking/serviceentry/autoallocate.go.
 */
export function ztunnelEntry(
  mesh: Mesh,
  { namespace = "" }: Pick<Client, "namespace">,
  target: Named,
  { assume }: Inquiry,
): EntryService | undefined {
  const first = best(mesh, namespace, target);
  if (first === undefined || target.kind === "address") return first;
  const [address] = entryAddresses(first.entry).filter((each) => !each.includes("/"));
  if (address !== undefined) return atAddress(mesh, namespace, first, address);
  return assume("dns-capture", first.host, [captured, "elsewhere"]) === captured
    ? first
    : undefined;
}

/** DNS tells the address of a host, and ztunnel goes by that: another entry may have it, too. */
function atAddress(
  mesh: Mesh,
  namespace: string,
  named: EntryService,
  address: string,
): EntryService {
  const found = best(mesh, namespace, { kind: "address", address, port: named.port });
  return found === undefined || found.entry === named.entry ? named : found;
}

function best(mesh: Mesh, namespace: string, target: Named): EntryService | undefined {
  const [first] = mesh.inventory.others
    .flatMap((entry) => known(mesh, entry, namespace, target))
    .toSorted(
      (a, b) =>
        Number(hasExactly(b, target)) - Number(hasExactly(a, target)) ||
        preference(namespace, a) - preference(namespace, b) ||
        prefixOf(b, target) - prefixOf(a, target) ||
        byAge(a, b),
    );
  return first;
}

function known(mesh: Mesh, entry: Other, from: string, target: Named): readonly EntryService[] {
  const { key, apiVersion, body } = entry;
  if (key.kind !== "ServiceEntry" || !apiVersion.startsWith("networking.istio.io/")) return [];
  const spec = mapping(body, "spec");
  const isOthers = key.namespace !== from && entryVisibility(mesh, key.namespace) === "NAMESPACE";
  if (isOthers || !isKnownInAmbient(mesh, entry)) return [];
  const host = hostOf(entry, target);
  if (host === undefined) return [];
  const external = text(spec, "location") !== "MESH_INTERNAL";
  return [
    {
      host,
      port: target.port,
      namespace: key.namespace,
      ...protocolOf(mesh, key.namespace, host, target.port),
      ...(external ? { external: true } : {}),
      entry,
      declared: mappings(spec, "ports").some((each) => each["number"] === target.port),
    },
  ];
}

/** A name that has no address of its own is not known to ztunnel, and so are most that begin with a star. */
function hostOf(entry: Other, target: Named): string | undefined {
  const spec = mapping(entry.body, "spec");
  const hosts = texts(spec, "hosts") ?? [];
  if (target.kind === "address")
    return entryAddresses(entry).includes(target.address) || isInBlock(entry, target.address)
      ? hosts[0]
      : undefined;
  const isDynamic = text(spec, "resolution") === "DYNAMIC_DNS";
  const host = hosts.find(
    (each) => each.toLowerCase() === target.host || (isDynamic && isSubset(target.host, each)),
  );
  return isAddressed(entry) ? host : undefined;
}

function isInBlock(entry: Other, address: string): boolean {
  return blocksAround(entry, address).length > 0;
}

function blocksAround(entry: Other, address: string): readonly string[] {
  if (parseAddress(address) === undefined) return [];
  return entryBlocks(entry).filter((text) => {
    const block = parseCidr(text);
    return block !== undefined && matches(block, address);
  });
}

function hasExactly({ entry }: EntryService, target: Named): boolean {
  return target.kind === "host" || entryAddresses(entry).includes(target.address);
}

/** The length of the longest prefix around an address. */
function prefixOf({ entry }: EntryService, target: Named): number {
  if (target.kind === "host") return 0;
  return Math.max(
    0,
    ...blocksAround(entry, target.address).map((text) => Number(text.split("/")[1])),
  );
}

function protocolOf(
  mesh: Mesh,
  namespace: string,
  host: string,
  number: number,
): Pick<AddressedService, "protocol"> {
  const service = registry(mesh).find((each) => each.host === host && each.namespace === namespace);
  const protocol = service?.ports.find(({ port }) => port === number)?.protocol;
  if (protocol === undefined || protocol === "udp") return {};
  return { protocol: protocol === "tls" ? "tcp" : protocol };
}

function preference(namespace: string, { entry }: EntryService): number {
  return entry.key.namespace === namespace ? 0 : 1;
}

function byAge({ entry: a }: EntryService, { entry: b }: EntryService): number {
  return (
    (a.createdAt ?? Number.MAX_VALUE) - (b.createdAt ?? Number.MAX_VALUE) ||
    compareBytes(a.key.namespace, b.key.namespace)
  );
}
