import type { Path, ResourceKey, Span } from "../model/place.ts";
import { keyText } from "../model/place.ts";
import type { ParsedDocument } from "../parse/document.ts";
import type { ParsedObject } from "../parse/objects.ts";
import { isFields } from "../parse/objects.ts";

/** A field of an object that no file holds, as the API server names it: `spec.rules[0].from`. */
export interface Field {
  readonly object: string; // `keyText` of it
  readonly field: string;
}

/** The place of a field of an object that no file holds: where others name a file it names the object and the field. */
export function fieldSpan(key: ResourceKey, path: Path): Span {
  return { file: `${scheme}${keyText(key)}#${fieldText(path)}`, start: 0, end: 0 };
}

/** The field that a place names. Undefined: it is in a file. */
export function fieldOf({ file }: Span): Field | undefined {
  const at = file.indexOf("#");
  if (!file.startsWith(scheme) || at < 0) return undefined;
  return { object: file.slice(scheme.length, at), field: file.slice(at + 1) };
}

const scheme = "cluster:";

/** A path as k8s.io/apimachinery/pkg/util/validation/field prints it. */
function fieldText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** An object of the cluster as a document, or undefined if it is none. */
export function objectOf(value: unknown, key?: ResourceKey): ParsedObject | undefined {
  if (!isFields(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  const { namespace, name } = isFields(metadata) ? metadata : {};
  const own = { kind, namespace: text(namespace), name: text(name) };
  return { apiVersion, kind, fields: value, document: documentOf(value, key ?? own) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function documentOf(value: unknown, key: ResourceKey): ParsedDocument {
  const locate = (path: Path): Span => fieldSpan(key, path);
  return { file: `${scheme}${keyText(key)}`, value, locate, locateKey: locate };
}
