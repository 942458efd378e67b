import { judge } from "../admit/judge.ts";
import type { Finding } from "../diagnostic.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Path } from "../model/place.ts";
import { fieldsOf, textOf } from "../parse/decode.ts";
import { nativeJson } from "../parse/native-json.ts";
import { type Fields, isFields, type ParsedObject, valueAt } from "../parse/objects.ts";
import { findingOf } from "../parse/remark.ts";
import type { Change } from "./change.ts";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Fields that the author wrote and that the API server removed before anyone was asked, because the kind has none of that name:
 * `source: { principal: [...] }` arrives as `source: {}`. What kubectl notes of what was applied still has them.
 */
export function prunedFields(
  object: ParsedObject,
  { old }: Pick<Change, "old">,
  { release }: Mesh,
): readonly Finding[] {
  const applied = appliedIn(object.fields);
  if (applied === undefined || noteOf(object.fields) === noteOf(old)) return [];
  return judge(object.kind, applied, release)
    .unknown.filter(({ path }) => isPruned(object.fields, path))
    .map((remark) => {
      const finding = findingOf(remark, object.document);
      const message = `${finding.message}: the API server removed it`;
      return { ...finding, message };
    });
}

/** What was written elsewhere, such as by `kubectl edit`, leaves the note as it was: then it says nothing of this object. */
function isPruned(fields: Fields, path: Path): boolean {
  const parent = valueAt(fields, path.slice(0, -1));
  return isFields(parent) && valueAt(fields, path) === undefined;
}

function noteOf(fields: Fields | undefined): string | undefined {
  const metadata = fieldsOf(fields?.["metadata"]);
  return textOf(fieldsOf(metadata["annotations"])[lastApplied]);
}

function appliedIn(fields: Fields): Fields | undefined {
  const note = noteOf(fields);
  if (note === undefined) return undefined;
  try {
    const applied = nativeJson(note);
    return isFields(applied) ? applied : undefined;
  } catch {
    return undefined;
  }
}
