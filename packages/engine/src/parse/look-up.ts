import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import type { Path } from "../model/place.ts";
import { keyOf, mergedMaps } from "./node.ts";

/** Where a path leads: the node, and the key it has in its mapping. */
export interface Found {
  readonly key?: Node;
  readonly value: Node;
}

/** Follows a path down a tree, through aliases and merge keys, as far as it leads. */
export function lookUp(tree: Document, root: Node, path: Path): Found {
  let found: Found = { value: root };
  for (const step of path) {
    const next = child(tree, found.value, step);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

function child(tree: Document, node: Node, step: string | number): Found | undefined {
  const at = isAlias(node) ? node.resolve(tree) : node;
  if (isSeq(at)) {
    const item: unknown = at.items[Number(step)];
    return isNode(item) ? { value: item } : undefined;
  }
  return isMap(at) ? entry(tree, at, String(step), 0) : undefined;
}

function entry(tree: Document, map: YAMLMap, name: string, depth: number): Found | undefined {
  const own = map.items.find((pair) => keyOf(pair) === name);
  if (own) return place(own);
  if (depth > 16) return undefined;
  for (const pair of map.items.filter((item) => keyOf(item) === "<<"))
    for (const merged of mergedMaps(tree, pair)) {
      const inherited = entry(tree, merged, name, depth + 1);
      if (inherited) return inherited;
    }
  return undefined;
}

function place({ key, value }: Pair): Found | undefined {
  if (!isNode(key)) return undefined;
  return { key, value: isNode(value) ? value : key };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) || isPair(value);
}
