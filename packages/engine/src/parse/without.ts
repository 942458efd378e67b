import type { Path } from "../model/place.ts";
import { type Fields, isFields } from "./objects.ts";

/** An object without the keys that the paths lead to. What no path touches is shared. */
export function without(object: Fields, paths: readonly Path[]): Fields {
  return paths.length === 0 ? object : withoutKeys(object, paths);
}

function withoutKeys(fields: Fields, paths: readonly Path[]): Fields {
  const gone = new Set(paths.filter(({ length }) => length === 1).map(([key]) => key));
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !gone.has(key))
      .map(([key, value]) => [key, withoutPart(value, below(key, paths))]),
  );
}

function withoutPart(value: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return value;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => withoutPart(item, below(index, paths)));
  return isFields(value) ? withoutKeys(value, paths) : value;
}

function below(step: string | number, paths: readonly Path[]): readonly Path[] {
  return paths
    .filter(([first, ...rest]) => first === step && rest.length > 0)
    .map((path) => path.slice(1));
}
