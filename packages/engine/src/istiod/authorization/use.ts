import type { Note } from "../../model/note.ts";
import type { Filter, PeerSource, Refusal } from "../../model/program.ts";

/** For which chains filters are made, and where they read the peer. */
export interface Use {
  readonly chain: "http" | "tcp";
  readonly peer: PeerSource;
  readonly customPeer?: PeerSource; // where those of CUSTOM policies do; absent: there as well
}

/** Some filters in their order, what was left out of them, and whether Envoy takes them. */
export interface Filters {
  readonly filters: readonly Filter[];
  readonly notes: readonly Note[];
  readonly refused?: Refusal;
}

/** Filters one after another. The first refusal is the one that Envoy reports. */
export function joined(parts: readonly Filters[]): Filters {
  const refused = parts.find((part) => part.refused)?.refused;
  return {
    filters: parts.flatMap(({ filters }) => filters),
    notes: parts.flatMap(({ notes }) => notes),
    ...(refused ? { refused } : {}),
  };
}
