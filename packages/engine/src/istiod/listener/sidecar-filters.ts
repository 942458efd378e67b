import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import { keyText } from "../../model/place.ts";
import type { AuthorizationPolicy, RequestAuthentication } from "../../model/policy.ts";
import type { Filter, Refusal } from "../../model/program.ts";
import { authorizationFilters } from "../authorization/filters.ts";
import { type Filters, joined, type Use } from "../authorization/use.ts";
import { jwtFilter } from "../request-authentication.ts";

/** The filters of both kinds of chains, shared by all chains of a proxy and by all proxies to which the same policies bind. */
export interface ChainFilters {
  readonly http: readonly Filter[];
  readonly tcp: readonly Filter[];
  readonly notes: readonly Note[]; // on any chain
  readonly tcpNotes: readonly Note[]; // only on TCP chains
  readonly refused?: Refusal;
  readonly refusals?: { readonly http?: Refusal; readonly tcp?: Refusal }; // by kind of chain
}

/** The policies that bind to a proxy, as far as they become filters. */
export interface BoundPolicies {
  readonly authorization: readonly AuthorizationPolicy[];
  readonly authentication: readonly RequestAuthentication[];
}

const made = new WeakMap<Mesh, Map<string, ChainFilters>>();

/** Where filters read the peer: all of them, or those of CUSTOM policies elsewhere. */
export type PeerReading = Pick<Use, "peer" | "customPeer">;

/** Filters by everything that enters them: the mesh (config, release, inventory), the policies in their order, where the peer is read. */
export function chainFilters(mesh: Mesh, bound: BoundPolicies, peer: PeerReading): ChainFilters {
  const known = made.get(mesh) ?? new Map<string, ChainFilters>();
  made.set(mesh, known);
  const policies = [...bound.authorization, ...bound.authentication];
  const key = JSON.stringify([
    peer.peer,
    peer.customPeer,
    ...policies.map((policy) => keyText(policy.key)),
  ]);
  const filters = known.get(key) ?? build(mesh, bound, peer);
  known.set(key, filters);
  return filters;
}

/** HTTP: CUSTOM, JWT, AUDIT, DENY, ALLOW. TCP: the same without JWT (az:3.1). */
function build(mesh: Mesh, bound: BoundPolicies, peer: PeerReading): ChainFilters {
  const http = authorizationFilters(bound.authorization, { chain: "http", ...peer }, mesh);
  const tcp = authorizationFilters(bound.authorization, { chain: "tcp", ...peer }, mesh);
  const onHttp = joined([http.custom, jwt(mesh, bound.authentication), http.local]);
  const onTcp = joined([tcp.custom, tcp.local]);
  const said = new Set(onHttp.notes.map(noteText));
  const refused = onHttp.refused ?? onTcp.refused;
  return {
    http: onHttp.filters,
    tcp: onTcp.filters,
    notes: onHttp.notes,
    tcpNotes:
      said.size === 0 ? onTcp.notes : onTcp.notes.filter((note) => !said.has(noteText(note))),
    ...(refused ? { refused } : {}),
    refusals: {
      ...(onHttp.refused ? { http: onHttp.refused } : {}),
      ...(onTcp.refused ? { tcp: onTcp.refused } : {}),
    },
  };
}

function jwt(mesh: Mesh, bound: readonly RequestAuthentication[]): Filters {
  const { filter, notes, refused } = jwtFilter(bound, mesh.release, mesh.features);
  return { filters: filter ? [filter] : [], notes, ...(refused ? { refused } : {}) };
}

function noteText({ kind, because, at }: Note): string {
  return JSON.stringify([kind, because, keyText(at.resource), at.path]);
}
