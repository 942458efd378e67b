import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node } from "yaml";

/** What each alias of a document stands for. An alias that is not in it leads nowhere. */
export type Aliases = ReadonlyMap<Alias, Node>;

/** Deeper than any real manifest; what is below is not read. */
export const deepest = 500;

/** All aliases of a tree, resolved in one pass: an anchor holds until one of the same name follows. */
export function aliasesOf(root: Node): Aliases {
  const aliases = new Map<Alias, Node>();
  collect(root, { aliases, anchors: new Map() }, 0);
  return aliases;
}

interface Pass {
  readonly aliases: Map<Alias, Node>;
  readonly anchors: Map<string, Node>;
}

function collect(node: unknown, pass: Pass, depth: number): void {
  if (depth > deepest) return;
  if (isAlias(node)) {
    const target = pass.anchors.get(node.source);
    if (target !== undefined) pass.aliases.set(node, target);
    return;
  }
  if (isPair(node)) {
    collect(node.key, pass, depth);
    collect(node.value, pass, depth);
    return;
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return;
  if (node.anchor !== undefined) pass.anchors.set(node.anchor, node);
  if (!isScalar(node)) for (const item of node.items) collect(item, pass, depth + 1);
}
