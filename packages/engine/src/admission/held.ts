import type { Mesh } from "../model/mesh.ts";
import { fieldsOf } from "../parse/decode.ts";
import { isIgnored } from "../parse/kinds.ts";
import { describe } from "../parse/metadata.ts";
import type { Fields, ParsedObject } from "../parse/objects.ts";
import { apart, type Pieces, piecesIn, piecesOf } from "./pieces.ts";

/** What an object puts into a mesh, with a name that only it has. */
export interface Held {
  readonly id: string;
  readonly pieces: Pieces;
}

/** What an object of the cluster puts into a mesh. Undefined: nothing. */
export function heldOf(object: ParsedObject): Held | undefined {
  if (isIgnored(object)) return undefined;
  const described = describe({ ...object, fields: lean(object.fields) }, undefined);
  if (described.fault !== undefined) return undefined;
  const [found] = apart(piecesOf(described.value));
  return found && { id: found[0], pieces: found[1] };
}

/** What a mesh holds, each with its name. */
export function heldIn(mesh: Mesh): ReadonlyMap<string, Pieces> {
  return new Map(apart(piecesIn(mesh)));
}

/** Whether two are the same to everyone who looks at a mesh. */
export function isSame(a: Pieces | undefined, b: Pieces | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An object without what says nothing of it and changes all the time. */
function lean(object: Fields): Fields {
  const { managedFields: _who, resourceVersion: _when, ...metadata } = fieldsOf(object["metadata"]);
  const { "kubectl.kubernetes.io/last-applied-configuration": _what, ...annotations } = fieldsOf(
    metadata["annotations"],
  );
  return { ...object, metadata: { ...metadata, annotations } };
}
