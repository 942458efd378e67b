import { type Fields, isFields } from "./objects.ts";

/*
 * Reading plain data as the types of `model/`. What has another type than it should is taken for absent: the schema check has
 * reported it, and whoever asked to go on without that check must not meet a surprise later.
 */

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A value in one word, whatever it is: `String` would call a `toString` that the author wrote. */
export function wordOf(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A list of texts; absent when it is empty, as Istio decodes it (az:DEC-3). */
export function textsOf(value: unknown): readonly string[] | undefined {
  const texts = listOf(value).filter((item) => typeof item === "string");
  return texts.length > 0 ? texts : undefined;
}

/** A mapping of texts, such as labels. */
export function textMapOf(value: unknown): Readonly<Record<string, string>> {
  const fields = fieldsOf(value);
  const keys = Object.keys(fields);
  if (keys.length === 0) return none;
  const pairs = keys.map((key) => [key, fields[key]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}
const none: Readonly<Record<string, string>> = Object.freeze({});

/** A record without its undefined values: absence is absence. */
export function present<T extends Readonly<Record<string, unknown>>>(record: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const key in record) if (record[key] !== undefined) kept[key] = record[key];
  return kept as Present<T>;
}

/** T, with every property that may be undefined optional instead. */
export type Present<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & { [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined> };

/** A list of mappings, each decoded; an item that is null or of another type stays as null. Absent when it is empty. */
export function itemsOf<T>(
  value: unknown,
  decode: (fields: Fields) => T,
): readonly (T | null)[] | undefined {
  const items = listOf(value);
  if (items.length === 0) return undefined;
  return items.map((item) => (isFields(item) ? decode(item) : null));
}

/** As `itemsOf`, without the items that are not there. */
export function presentItemsOf<T>(
  value: unknown,
  decode: (fields: Fields) => T,
): readonly T[] | undefined {
  const items = itemsOf(value, decode)?.filter((item) => item !== null);
  return items === undefined || items.length === 0 ? undefined : items;
}
