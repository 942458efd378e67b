import { meshOf } from "../kubernetes/assemble.ts";
import type { Inventory } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import { groupOf } from "../parse/kinds.ts";
import type { Described } from "../parse/metadata.ts";

/** What objects put into a mesh: a list for each sort of thing that a mesh has. */
export interface Pieces
  extends Pick<Mesh, "authorizationPolicies" | "requestAuthentications" | "peerAuthentications">,
    Pick<Inventory, "namespaces" | "workloads" | "services" | "others"> {}

/** What is around the pieces of a mesh. */
export type Surroundings = Omit<Mesh, keyof Pieces>;

/** No pieces at all. */
export const nothing: Pieces = {
  authorizationPolicies: [],
  requestAuthentications: [],
  peerAuthentications: [],
  namespaces: [],
  workloads: [],
  services: [],
  others: [],
};

/** What one object puts into a mesh. */
export function piecesOf(object: Described): Pieces {
  return piecesIn(meshOf([object], { ...unknownSurroundings, workloads: [] }));
}

const unknownSurroundings = {
  release: { istio: "", envoy: "", stated: false },
  features: {},
  config: {},
  configLoaded: false,
  locate: () => undefined,
};

/** What is in a mesh. */
export function piecesIn(mesh: Mesh): Pieces {
  const { authorizationPolicies, requestAuthentications, peerAuthentications } = mesh;
  const { namespaces, workloads, services, others } = mesh.inventory;
  const policies = { authorizationPolicies, requestAuthentications, peerAuthentications };
  return { ...policies, namespaces, workloads, services, others };
}

/** Pieces as a mesh. */
export function meshFrom(pieces: Pieces, surroundings: Surroundings): Mesh {
  const { namespaces, workloads, services, others, ...policies } = pieces;
  const inventory = { ...surroundings.inventory, namespaces, workloads, services, others };
  return { ...surroundings, ...policies, inventory };
}

/** Each thing apart, with a name that only it has. */
export function apart(pieces: Pieces): readonly (readonly [id: string, Pieces])[] {
  const single = <Item extends Thing>(
    items: readonly Item[],
    wrap: (item: readonly Item[]) => Partial<Pieces>,
  ): readonly (readonly [id: string, Pieces])[] =>
    items.map((item) => [idOf(item), { ...nothing, ...wrap([item]) }]);
  return [
    ...single(pieces.authorizationPolicies, (item) => ({ authorizationPolicies: item })),
    ...single(pieces.requestAuthentications, (item) => ({ requestAuthentications: item })),
    ...single(pieces.peerAuthentications, (item) => ({ peerAuthentications: item })),
    ...single(pieces.namespaces, (item) => ({ namespaces: item })),
    ...single(pieces.workloads, (item) => ({ workloads: item })),
    ...single(pieces.services, (item) => ({ services: item })),
    ...single(pieces.others, (item) => ({ others: item })),
  ];
}

/** All of these together, in their order. */
export function together(all: readonly Pieces[]): Pieces {
  return {
    authorizationPolicies: all.flatMap(({ authorizationPolicies }) => authorizationPolicies),
    requestAuthentications: all.flatMap(({ requestAuthentications }) => requestAuthentications),
    peerAuthentications: all.flatMap(({ peerAuthentications }) => peerAuthentications),
    namespaces: all.flatMap(({ namespaces }) => namespaces),
    workloads: all.flatMap(({ workloads }) => workloads),
    services: all.flatMap(({ services }) => services),
    others: all.flatMap(({ others }) => others),
  };
}

/** The pieces with others in the place of those that have the same names. */
export function withPieces(pieces: Pieces, added: Pieces): Pieces {
  return listByList(pieces, added, replaced);
}

/** The pieces without those of certain names. */
export function withoutPieces(pieces: Pieces, removed: Pieces): Pieces {
  return listByList(pieces, removed, (items, gone) => {
    const ids = new Set(gone.map(idOf));
    return ids.size === 0 ? items : without(items, (item) => ids.has(idOf(item)));
  });
}

/** The pieces without a namespace and everything in it. */
export function withoutNamespace(pieces: Pieces, name: string): Pieces {
  const isGone = ({ key }: Thing): boolean =>
    key.namespace === name || (key.kind === "Namespace" && key.name === name);
  return listByList(pieces, nothing, (items) => without(items, isGone));
}

interface Thing {
  readonly key: ResourceKey;
  readonly apiVersion?: string;
}

function listByList(
  a: Pieces,
  b: Pieces,
  make: <Item extends Thing>(a: readonly Item[], b: readonly Item[]) => readonly Item[],
): Pieces {
  return {
    authorizationPolicies: make(a.authorizationPolicies, b.authorizationPolicies),
    requestAuthentications: make(a.requestAuthentications, b.requestAuthentications),
    peerAuthentications: make(a.peerAuthentications, b.peerAuthentications),
    namespaces: make(a.namespaces, b.namespaces),
    workloads: make(a.workloads, b.workloads),
    services: make(a.services, b.services),
    others: make(a.others, b.others),
  };
}

/** Two groups have a Gateway. */
function idOf({ key, apiVersion }: Thing): string {
  const name = keyText(key);
  return apiVersion === undefined ? name : `${groupOf({ apiVersion }).group}/${name}`;
}

function replaced<Item extends Thing>(
  items: readonly Item[],
  added: readonly Item[],
): readonly Item[] {
  if (added.length === 0) return items;
  const byId = new Map(added.map((item) => [idOf(item), item]));
  const kept = items.map((item) => {
    const id = idOf(item);
    const other = byId.get(id);
    byId.delete(id);
    return other ?? item;
  });
  return [...kept, ...byId.values()];
}

function without<Item extends Thing>(
  items: readonly Item[],
  isGone: (item: Item) => boolean,
): readonly Item[] {
  return items.some(isGone) ? items.filter((item) => !isGone(item)) : items;
}
