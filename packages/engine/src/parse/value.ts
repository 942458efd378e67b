import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
} from "yaml";
import type { Code } from "../diagnostic.ts";
import { type Aliases, deepest } from "./aliases.ts";
import { isMergeKey, keyOf, mergedMaps, rangeOf, scalarOf } from "./node.ts";

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
  readonly aliases: Aliases;
  readonly faults: Fault[];
  readonly open: Set<Node>; // the anchors that are being read: an alias to one of them never ends
  repeated: number; // values that aliases brought in
  stopped: boolean;
}

/** How many values aliases and merge keys may bring in: more than any real manifest has. */
const mostRepeated = 100_000;

/** A tree as plain data, with its faults: duplicate keys, aliases without an end or without bound, what JSON cannot hold. */
export function toValue(
  root: Node,
  aliases: Aliases,
): { readonly value: unknown; readonly faults: readonly Fault[] } {
  const walk: Walk = { aliases, faults: [], open: new Set(), repeated: 0, stopped: false };
  const value = read(walk, root, 0);
  return { value, faults: walk.faults };
}

function read(walk: Walk, node: unknown, depth: number): unknown {
  if (!goesOn(walk, node, depth)) return null;
  if (isScalar(node)) return readScalar(walk, node);
  if (isSeq(node)) return node.items.map((item) => read(walk, item, depth + 1));
  if (isMap(node)) return readPairs(walk, node.items, depth);
  if (isPair(node)) return readPairs(walk, [node], depth); // an item of an `!!omap`
  if (isAlias(node)) return readAlias(walk, node, depth);
  return null;
}

/** Nothing is read any more once a document has turned out to have no end. */
function goesOn(walk: Walk, node: unknown, depth: number): boolean {
  if (walk.stopped) return false;
  if (walk.open.size > 0) walk.repeated += 1;
  if (walk.repeated > mostRepeated)
    return stop(walk, node, "yaml/too-large", "too many values: aliases multiply them");
  if (depth > deepest) return stop(walk, node, "yaml/too-deep", "nested too deeply to be read");
  return true;
}

function stop(walk: Walk, node: unknown, code: Code, message: string): false {
  walk.stopped = true;
  fault(walk, code, message, node);
  return false;
}

function fault(walk: Walk, code: Code, message: string, node: unknown, related?: Range): null {
  walk.faults.push({ code, message, at: rangeOf(node), ...(related ? { related } : {}) });
  return null;
}

function readScalar(walk: Walk, node: Scalar): unknown {
  const scalar = scalarOf(node);
  if (scalar !== undefined) return scalar;
  const kind = node.tag === undefined ? "no number that JSON has" : `not a \`${node.tag}\``;
  return fault(walk, "yaml/unsupported", `\`${node.source}\` is ${kind}`, node);
}

/** Reads what an alias stands for, unless the alias is a part of it. */
function readAlias(walk: Walk, alias: Alias, depth: number): unknown {
  const target = walk.aliases.get(alias);
  if (target !== undefined && !walk.open.has(target)) {
    walk.open.add(target);
    const value = read(walk, target, depth + 1);
    walk.open.delete(target);
    return value;
  }
  const ends = target === undefined ? "leads nowhere" : "contains itself";
  return fault(walk, "yaml/syntax", `the alias \`*${alias.source}\` ${ends}`, alias);
}

/** Key by key, so that a merge key takes the place of what is written before it, as the parser of Kubernetes has it. */
function readPairs(
  walk: Walk,
  pairs: readonly Pair[],
  depth: number,
): Readonly<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  const seen = new Map<string, Pair>();
  for (const pair of pairs) {
    if (isMergeKey(pair)) {
      merge(walk, value, pair, depth);
      continue;
    }
    const name = keyOf(pair, walk.aliases);
    if (name === undefined) {
      fault(walk, "yaml/unsupported", "a key must be text, a number or a boolean", pair.key);
      continue;
    }
    const before = seen.get(name);
    if (before) duplicate(walk, name, pair, before);
    seen.set(name, pair);
    define(value, name, read(walk, pair.value, depth + 1));
  }
  return value;
}

/** What a merge key brings in. The first of several mappings wins. */
function merge(walk: Walk, value: Record<string, unknown>, pair: Pair, depth: number): void {
  const maps = mergedMaps(pair, walk.aliases);
  if (maps === undefined)
    fault(walk, "yaml/unsupported", "`<<` must name a mapping, or a list of them", pair.key);
  const items: readonly unknown[] = isSeq(pair.value) ? pair.value.items : [pair.value];
  for (const item of maps === undefined ? [] : items.toReversed()) {
    const inherited = Object.entries(read(walk, item, depth + 1) ?? {});
    walk.repeated += inherited.length;
    for (const [name, each] of inherited) define(value, name, each);
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
  const message = `the key \`${name}\` is written twice in one mapping`;
  fault(walk, "yaml/duplicate-key", message, key, rangeOf(before.key));
}
