import type { Path } from "../model/place.ts";
import { isFields } from "./objects.ts";

interface Rest {
  readonly value: unknown;
  readonly dropped: readonly Path[];
}

/**
 * A value without the fields that hold nothing, and where they were: the API server drops them before it judges. A list keeps its
 * items, so that one of them that is null is still a fault; so does what is open to anything. Without such a field it is the very same value. Follows
 * kubernetes/apiextensions-apiserver:pkg/apiserver/schema/defaulting/prunenulls.go.
 */
export function withoutNulls(
  value: unknown,
  path: Path,
  isOpen: (path: Path) => boolean = () => false,
): Rest {
  return hasNull(value) ? rest(value, path, isOpen) : { value, dropped: [] };
}

function hasNull(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasNull);
  return isFields(value) && Object.values(value).some((item) => item === null || hasNull(item));
}

function rest(value: unknown, path: Path, isOpen: (path: Path) => boolean): Rest {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => rest(item, [...path, index], isOpen));
    return {
      value: items.map((item) => item.value),
      dropped: items.flatMap(({ dropped }) => dropped),
    };
  }
  if (!isFields(value) || isOpen(path)) return { value, dropped: [] };
  const fields = Object.entries(value).map(([key, item]) => {
    const at = [...path, key];
    return { key, ...(item === null ? { value: null, dropped: [at] } : rest(item, at, isOpen)) };
  });
  const kept = fields.filter((field) => field.value !== null);
  return {
    value: Object.fromEntries(kept.map((field) => [field.key, field.value])),
    dropped: fields.flatMap(({ dropped }) => dropped),
  };
}
