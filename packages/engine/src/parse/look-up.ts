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
  return isMap(at) ? namesOf(at, aliases, 0).get(String(step)) : undefined;
}

const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Found>>();
const nothing: ReadonlyMap<string, Found> = new Map();

/** Every name of a mapping, made once: the last pair that says something about a name is the one that counts. */
function namesOf(map: YAMLMap, aliases: Aliases, depth: number): ReadonlyMap<string, Found> {
  const known = indexes.get(map);
  if (known !== undefined || depth > deepest) return known ?? nothing;
  indexes.set(map, nothing); // while it is made: a mapping that inherits from itself
  const names = new Map<string, Found>();
  for (const pair of map.items) {
    if (isMergeKey(pair)) inherit(names, pair, aliases, depth);
    else put(names, keyOf(pair, aliases), place(pair));
  }
  indexes.set(map, names);
  return names;
}

/** The first of several mappings wins. */
function inherit(names: Map<string, Found>, pair: Pair, aliases: Aliases, depth: number): void {
  for (const map of (mergedMaps(pair, aliases) ?? []).toReversed())
    for (const [name, found] of namesOf(map, aliases, depth + 1)) names.set(name, found);
}

function put(names: Map<string, Found>, name: string | undefined, found: Found | undefined): void {
  if (name !== undefined && found !== undefined) names.set(name, found);
}

function place({ key, value }: Pair): Found | undefined {
  if (!isNode(key)) return undefined;
  return { key, value: isNode(value) ? value : key };
}
