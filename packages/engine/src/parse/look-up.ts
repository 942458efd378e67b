import { isMap, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Path } from "../model/place.ts";
import { type Aliases, deepest } from "./aliases.ts";
import { isMergeKey, isNode, keyOf, mergedMaps, resolved } from "./node.ts";

/** Where a path leads: the node, and the key it has in its mapping. */
export interface Found {
  readonly key?: Node;
  readonly value: Node;
}

/** Follows a path down a tree, through aliases and merge keys, as far as it leads. */
export function lookUp(root: Node, aliases: Aliases, path: Path): Found {
  let found: Found = { value: root };
  for (const step of path) {
    const next = child(found.value, aliases, step);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

function child(node: Node, aliases: Aliases, step: string | number): Found | undefined {
  const at = resolved(node, aliases);
  if (isSeq(at)) {
    const item: unknown = at.items[Number(step)];
    return isNode(item) ? { value: item } : undefined;
  }
  return isMap(at) ? entry(at, aliases, String(step), 0) : undefined;
}

/** The last pair that says something about a name: it is the one that counts. */
function entry(map: YAMLMap, aliases: Aliases, name: string, depth: number): Found | undefined {
  if (depth > deepest) return undefined;
  for (const pair of map.items.toReversed()) {
    const found = isMergeKey(pair)
      ? inherited(pair, aliases, name, depth)
      : keyOf(pair, aliases) === name && place(pair);
    if (found) return found;
  }
  return undefined;
}

function inherited(pair: Pair, aliases: Aliases, name: string, depth: number): Found | undefined {
  for (const map of mergedMaps(pair, aliases) ?? []) {
    const found = entry(map, aliases, name, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function place({ key, value }: Pair): Found | undefined {
  if (!isNode(key)) return undefined;
  return { key, value: isNode(value) ? value : key };
}
