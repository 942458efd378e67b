import { fieldsOf } from "../parse/decode.ts";
import type { PolicyChange } from "./explanation.ts";
import { valueAt } from "./written.ts";

type Path = PolicyChange["at"]["path"];

/** An object with a change made to it. Undefined: it would leave a mapping empty, which nobody wants. */
export function changeValue(root: unknown, change: PolicyChange): unknown {
  const { at, do: what, values, left } = change;
  switch (what) {
    case "add":
    case "remove":
    case "set":
      return put(root, at.path, left);
    case "rename":
      return renamed(root, at.path, values[0] ?? "");
    case "append":
      return put(root, at.path, [...listAt(root, at.path), left]);
    case "join":
      return joined(root, at.path);
  }
}

function listAt(root: unknown, path: Path): readonly unknown[] {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value : [];
}

/** A key under another name, in its place. */
function renamed(root: unknown, path: Path, name: string): unknown {
  const box = path.slice(0, -1);
  const entries = Object.entries(fieldsOf(valueAt(root, box)));
  if (entries.some(([key]) => key === name)) return undefined;
  const key = String(path.at(-1));
  const changed = entries.map(([old, value]) => [old === key ? name : old, value]);
  return put(root, box, Object.fromEntries(changed));
}

/** A rule becomes part of the one before it. */
function joined(root: unknown, path: Path): unknown {
  const list = path.slice(0, -1);
  const index = Number(path.at(-1));
  const rules = listAt(root, list);
  const merged = { ...fieldsOf(rules[index - 1]), ...fieldsOf(rules[index]) };
  const others = rules.flatMap((rule, at) => {
    if (at === index) return [];
    return [at === index - 1 ? merged : rule];
  });
  return put(root, list, others);
}

/** Another value at a path; undefined takes the key away. */
function put(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const within = rest.length === 0 ? value : put(valueAt(root, [key]) ?? {}, rest, value);
  if (rest.length > 0 && within === undefined) return undefined;
  if (Array.isArray(root)) return root.map((item, index) => (index === key ? within : item));
  const entries = Object.entries(fieldsOf(root));
  const others = entries.filter(([name]) => name !== String(key));
  if (within === undefined) return others.length > 0 ? Object.fromEntries(others) : undefined;
  const isNew = others.length === entries.length;
  const changed = entries.map(([name, old]) => [name, name === String(key) ? within : old]);
  return Object.fromEntries(isNew ? [...entries, [String(key), within]] : changed);
}
