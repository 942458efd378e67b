import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import { isIgnored } from "../parse/kinds.ts";
import type { Change } from "./change.ts";
import type { LetIn, View } from "./cluster-state.ts";
import { objectOf } from "./field.ts";
import { heldIn, heldOf, isSame } from "./held.ts";
import {
  meshFrom,
  nothing,
  type Pieces,
  piecesIn,
  withoutNamespace,
  withoutPieces,
  withPieces,
} from "./pieces.ts";

/** What a change does to a mesh. `partOf`: it belongs to a greater one that was let in. */
export type Effect = (LetIn & { readonly changes: boolean }) | { readonly partOf: string };

type Asked = Pick<Change, "operation" | "key" | "group" | "object" | "old">;

/** What a change does to a mesh; undefined: nothing, as its kind is none of Istio's business. */
export function effectOf(asked: Asked, view: View): Effect | undefined {
  const { key, operation, group } = asked;
  if (operation !== "DELETE") return storing(asked);
  if (key.kind === "Namespace" && group === "") return ending(key.name);
  if (view.ending.has(key.namespace)) return { partOf: `deletion of namespace ${key.namespace}` };
  const old = objectOf(asked.old, key);
  const removed = old === undefined ? found(asked, view) : heldOf(old);
  if (removed === undefined) return undefined;
  const { id, pieces } = removed;
  return { id, changes: true, apply: (known) => withoutPieces(known, pieces) };
}

/** A change of which only the object is looked at. Undefined: its kind is none of Istio's business. */
export function objectEffect({ object, old, key }: Asked): Effect | undefined {
  const parsed = objectOf(object ?? old, key);
  if (parsed === undefined || isIgnored(parsed)) return undefined;
  return { id: "", changes: false, apply: (known) => known };
}

/** The mesh after a change. Where the change does nothing, the very same value. */
export function afterEffect(
  mesh: Mesh,
  effect: Exclude<Effect, { readonly partOf: string }>,
): Mesh {
  return effect.changes ? meshFrom(effect.apply(piecesIn(mesh)), mesh) : mesh;
}

function storing({ key, object, old }: Asked): Effect | undefined {
  const parsed = objectOf(object, key);
  const held = parsed && heldOf(parsed);
  if (held === undefined) return undefined;
  const { id, pieces } = held;
  const before = objectOf(old, key);
  const changes = before === undefined || !isSame(heldOf(before)?.pieces, pieces);
  return { id, pieces, changes, apply: (known) => withPieces(known, pieces) };
}

/** The deletion of a namespace is one change: what is in it goes with it. */
function ending(name: string): Effect {
  return {
    id: keyText({ kind: "Namespace", namespace: "", name }),
    changes: true,
    endsNamespace: name,
    apply: (known) => withoutNamespace(known, name),
  };
}

/** An old API server does not send what it deletes. */
function found(
  { key, group }: Asked,
  { mesh }: View,
): { readonly id: string; readonly pieces: Pieces } | undefined {
  const name = keyText(key);
  const held = heldIn(mesh);
  const id = [`${group}/${name}`, name].find((each) => held.has(each));
  return id === undefined ? undefined : { id, pieces: held.get(id) ?? nothing };
}
