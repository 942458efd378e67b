import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Code } from "../diagnostic.ts";
import { keyOf, mergedMaps, scalarOf } from "./node.ts";

/** What is wrong with a tree that the parser took. Offsets in UTF-16 units. */
export interface Fault {
  readonly code: Code;
  readonly message: string;
  readonly at: Range;
  readonly related?: Range;
}
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Walk {
  readonly tree: Document;
  readonly faults: Fault[];
  readonly open: Set<Node>; // the anchors that are being read: an alias to one of them never ends
  repeated: number; // values that aliases brought in
}

/** How many values aliases and merge keys may bring in: more than any real manifest has. */
const mostRepeated = 100_000;
const deepest = 500;

/** A tree as plain data, with its faults: duplicate keys, aliases without an end or without bound. */
export function toValue(
  tree: Document,
  root: Node,
): { readonly value: unknown; readonly faults: readonly Fault[] } {
  const walk: Walk = { tree, faults: [], open: new Set(), repeated: 0 };
  const value = read(walk, root, 0);
  return { value, faults: walk.faults };
}

function read(walk: Walk, node: unknown, depth: number): unknown {
  if (walk.open.size > 0) walk.repeated += 1;
  if (walk.repeated > mostRepeated)
    return tooMuch(walk, node, "yaml/too-large", "too many values: aliases multiply them");
  if (depth > deepest) return tooMuch(walk, node, "yaml/too-deep", "nested too deeply to be read");
  if (isScalar(node)) return scalarOf(node);
  if (isSeq(node)) return readList(walk, node, depth);
  if (isMap(node)) return readMap(walk, node, depth);
  if (isAlias(node)) return readAlias(walk, node, depth);
  return null;
}

function readList(walk: Walk, { items }: YAMLSeq, depth: number): readonly unknown[] {
  return items.map((item) => read(walk, item, depth + 1));
}

function readAlias(walk: Walk, node: Extract<Node, { source: string }>, depth: number): unknown {
  const target = isAlias(node) ? node.resolve(walk.tree) : undefined;
  if (target === undefined || walk.open.has(target))
    return tooMuch(
      walk,
      node,
      "yaml/syntax",
      `the alias \`*${String(node.source)}\` leads nowhere`,
    );
  walk.open.add(target);
  const value = read(walk, target, depth + 1);
  walk.open.delete(target);
  return value;
}

function tooMuch(walk: Walk, node: unknown, code: Code, message: string): undefined {
  if (!walk.faults.some((fault) => fault.code === code))
    walk.faults.push({ code, message, at: rangeOf(node) });
  return undefined;
}

function readMap(walk: Walk, map: YAMLMap, depth: number): Readonly<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  const seen = new Map<string, Pair>();
  for (const pair of map.items) {
    const name = keyOf(pair);
    const before = seen.get(name);
    if (before && name !== "<<") duplicate(walk, name, pair, before);
    seen.set(name, pair);
    if (name !== "<<") define(value, name, read(walk, pair.value, depth + 1));
  }
  for (const pair of map.items.filter((item) => keyOf(item) === "<<"))
    merge(walk, value, pair, depth);
  return value;
}

/** What a merge key brings in, for the keys that are not written out. The first of several mappings wins. */
function merge(walk: Walk, value: Record<string, unknown>, pair: Pair, depth: number): void {
  for (const map of mergedMaps(walk.tree, pair)) {
    if (walk.open.has(map)) continue;
    walk.open.add(map);
    for (const [name, inherited] of Object.entries(readMap(walk, map, depth + 1)))
      if (!Object.hasOwn(value, name)) define(value, name, inherited);
    walk.open.delete(map);
  }
}

/** Sets a property without ever reaching a prototype: `__proto__` is a key like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function duplicate(walk: Walk, name: string, { key }: Pair, before: Pair): void {
  walk.faults.push({
    code: "yaml/duplicate-key",
    message: `the key \`${name}\` is written twice in one mapping`,
    at: rangeOf(key),
    related: rangeOf(before.key),
  });
}

function rangeOf(node: unknown): Range {
  const range =
    isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  const [start = 0, end = start] = range ?? [];
  return { start, end };
}
