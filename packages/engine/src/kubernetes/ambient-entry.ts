import { plainAddress } from "../match/address.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { fieldsOf, textOf, textsOf } from "../parse/decode.ts";
import { behaves } from "../release.ts";
import { entryVisibility } from "./entry-visibility.ts";

/**
 * Whether istiod tells ztunnels and waypoints of a ServiceEntry. Before 1.30 one that has a block of addresses is left out as a whole.
 * Follows istio/istio:pilot/pkg/serviceregistry/ambient/services.go constructServiceEntries (before, below kube/controller).
 */
export function isKnownInAmbient(mesh: Mesh, entry: Other): boolean {
  if (entryVisibility(mesh, entry.key.namespace) === "NONE") return false;
  return behaves(mesh.release, "entry-blocks-in-ambient") || entryBlocks(entry).length === 0;
}

/** The addresses and blocks of a ServiceEntry, spelled plainly; a block of one address is that address. */
export function entryAddresses({ body }: Other): readonly string[] {
  return (textsOf(fieldsOf(body["spec"])["addresses"]) ?? []).map((address) =>
    plainAddress(address.replace(address.includes(":") ? /\/128$/ : /\/32$/, "")),
  );
}

/** The blocks among them. */
export function entryBlocks(entry: Other): readonly string[] {
  return entryAddresses(entry).filter((address) => address.includes("/"));
}

/**
 * Whether a ServiceEntry has an address: its own, or one that istiod gives it. Follows
 * istio/istio:pilot/pkg/networking/serviceentry/autoallocate.go.
 */
export function isAddressed(entry: Other): boolean {
  if (entryAddresses(entry).length > 0) return true;
  const { labels, body } = entry;
  const isOff = labels["networking.istio.io/enable-autoallocate-ip"]?.toLowerCase() === "false";
  return !isOff && (textOf(fieldsOf(body["spec"])["resolution"]) ?? "NONE") !== "NONE";
}
