import { hostilePieces, prototypeNames } from "./hostile.ts";
import type { Random } from "./random.ts";

/** Plain data of any shape. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Data that differs from what was given in one to four places: other values, other keys, parts moved, wrapped, doubled. */
export function mutateValue(value: Value, random: Random): Value {
  let changed = value;
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time += 1) changed = descend(changed, random, changed);
  return changed;
}

function descend(value: Value, random: Random, root: Value): Value {
  const keys = isBranch(value) ? Object.keys(value) : [];
  if (keys.length === 0 || random.chance(5)) return change(value, random, root);
  const key = random.any(keys) ?? "";
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? descend(item, random, root) : item));
  if (!isBranch(value)) return value;
  return record(
    Object.entries(value).map(([name, item]) => [
      name === key && random.chance(10) ? hostileKey(name, random) : name,
      name === key ? descend(item, random, root) : item,
    ]),
  );
}

function change(value: Value, random: Random, root: Value): Value {
  const kind = random.below(10);
  if (kind < 4) return scalar(value, random);
  if (kind === 4) return [value, value];
  if (kind === 5) return record([[hostileKey("x", random), value]]);
  if (kind === 6) return subtree(root, random);
  if (kind === 7) return deep(value, random);
  if (kind === 8) return many(value, random);
  return without(value, random);
}

function scalar(value: Value, random: Random): Value {
  if (typeof value === "string" && random.chance(2)) {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick(hostilePieces) + value.slice(at);
  }
  return (
    random.any<Value>([
      ...[null, true, false, 0, -1, 1.5, 65_536, 2 ** 53, -(2 ** 63), 1e308, "", "*", [], {}],
      random.pick(hostilePieces),
      random.pick(prototypeNames),
    ]) ?? null
  );
}

function hostileKey(name: string, random: Random): string {
  return random.chance(2) ? random.pick(prototypeNames) : name + random.pick(hostilePieces);
}

function subtree(root: Value, random: Random): Value {
  let value = root;
  while (isBranch(value) && !random.chance(4)) {
    const next: Value | undefined = random.any(Object.values(value));
    if (next === undefined) break;
    value = next;
  }
  return value;
}

function deep(value: Value, random: Random): Value {
  let wrapped = value;
  const levels = 1 + random.below(random.chance(60) ? 600 : 5);
  for (let level = 0; level < levels; level += 1)
    wrapped = random.chance(2) ? [wrapped] : record([[random.pick(prototypeNames), wrapped]]);
  return wrapped;
}

function many(value: Value, random: Random): Value {
  if (!random.chance(4)) return [value];
  const count = 2 ** random.below(random.chance(40) ? 10 : 4);
  const items = Array.from({ length: count }, () => value);
  return random.chance(2) ? items : record(items.map((item, at) => [`k${at}`, item]));
}

function without(value: Value, random: Random): Value {
  if (!isBranch(value)) return null;
  const gone = random.any(Object.keys(value));
  if (Array.isArray(value)) return value.filter((_, at) => String(at) !== gone);
  return record(Object.entries(value).filter(([key]) => key !== gone));
}

function isBranch(value: Value): value is Value[] | { [key: string]: Value } {
  return typeof value === "object" && value !== null;
}

/** `Object.fromEntries` defines, it never sets: `__proto__` becomes a key. */
function record(entries: readonly (readonly [string, Value])[]): Value {
  return Object.fromEntries(entries);
}
