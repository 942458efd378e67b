import { diagnose, type Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import type { ParsedDocument } from "./document.ts";

/** A mapping of any keys. */
export type Fields = Readonly<Record<string, unknown>>;

/** One object of a file: what has a kind. `apiVersion` and `kind` are "" where the file does not say. */
export interface ParsedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly fields: Fields;
  readonly document: ParsedDocument; // rooted at the object, also for an item of a List
}

/** The items of a `List`; undefined for what is none. Those of a `PodList` are Pods, also where they do not say so. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isFields(value)) return undefined;
  const { apiVersion, kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return undefined;
  if (kind === "List") return items;
  const type = { apiVersion, kind: kind.slice(0, -"List".length) };
  return items.map((item) => (isFields(item) && !("kind" in item) ? { ...type, ...item } : item));
}

/** A `List` whose items nobody would look at: they are no list, or stand below another key. */
export function listFault({ kind, fields, document }: ParsedObject): Finding | undefined {
  if (kind !== "List") return undefined;
  const keys = Object.keys(fields).filter((key) => !listKeys.includes(key));
  const [other] = keys;
  if (other === undefined && (fields["items"] ?? undefined) === undefined) return undefined; // an empty one
  const at = other === undefined ? document.locate(["items"]) : document.locateKey([other]);
  return diagnose("load/not-an-object", "a `List` has its objects in a list below `items`", at);
}

const listKeys: readonly string[] = ["apiVersion", "kind", "metadata", "items"];

/** What a document is, if it is no List. */
export function objectOf(document: ParsedDocument): {
  readonly object?: ParsedObject;
  readonly findings: readonly Finding[];
} {
  const { value } = document;
  if (value === null || value === undefined) return { findings: [] };
  return isFields(value) ? { object: asObject(document, value), findings: [] } : strange(document);
}

/** A document that is no object: a JSON patch, a list of objects without its `List`, a text. Any other list is none of ours. */
function strange(document: ParsedDocument): ReturnType<typeof objectOf> {
  const items: readonly unknown[] = Array.isArray(document.value) ? document.value : [];
  const at = document.locate([]);
  const isPatch = (item: unknown): boolean => isFields(item) && "op" in item && "path" in item;
  if (items.length > 0 && items.every(isPatch)) {
    const hint = "render it first: `kustomize build . | authz ... -f -`";
    return { findings: [diagnose("load/patch", "a JSON patch, not an object", at, hint)] };
  }
  const hasKind = items.some((item) => isFields(item) && "kind" in item && "apiVersion" in item);
  if (Array.isArray(document.value) && !hasKind)
    return { object: asObject(document, {}), findings: [] };
  const hint = hasKind
    ? "put them below `items` of a `kind: List`, or between lines of `---`"
    : undefined;
  return { findings: [notAnObject(document, hint)] };
}

/** What stands in an object's place and has no kind. */
export function notAnObject(document: ParsedDocument, hint?: string): Finding {
  const message = "a document must be a mapping with `apiVersion` and `kind`";
  return diagnose("load/not-an-object", message, document.locate([]), hint);
}

function asObject(document: ParsedDocument, fields: Fields): ParsedObject {
  const { apiVersion, kind } = fields;
  return {
    apiVersion: typeof apiVersion === "string" ? apiVersion : "",
    kind: typeof kind === "string" ? kind : "",
    fields,
    document,
  };
}

/** A part of a document as a document of its own. */
export function within(document: ParsedDocument, prefix: Path): ParsedDocument {
  return {
    file: document.file,
    value: valueAt(document.value, prefix),
    locate: (path) => document.locate([...prefix, ...path]),
    locateKey: (path) => document.locateKey([...prefix, ...path]),
  };
}

/** What a path leads to in plain data; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
