import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Aliases } from "./aliases.ts";
import { keyText, plainScalar, type Scalar, taggedScalar } from "./scalar.ts";

/** What an alias stands for, or the node itself. */
export function resolved(node: unknown, aliases: Aliases): unknown {
  return isAlias(node) ? aliases.get(node) : node;
}

/** Whether a pair is a merge key. A quoted "<<" is a key like any other. */
export function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.source === "<<" && (key.type === "PLAIN" || key.tag === mergeTag);
}
const mergeTag = "tag:yaml.org,2002:merge";

/** The mappings that a merge key names, one or a list of them: the first one wins. Undefined where it names something else. */
export function mergedMaps({ value }: Pair, aliases: Aliases): readonly YAMLMap[] | undefined {
  const named = resolved(value, aliases);
  const items: readonly unknown[] = isSeq(value) ? value.items : [named];
  const maps = items.map((item) => resolved(item, aliases)).filter((item) => isMap(item));
  return maps.length === items.length ? maps : undefined;
}

/** The key of a pair as JSON has it; undefined where JSON cannot have it: nothing, a collection, something infinite. */
export function keyOf({ key }: Pair, aliases: Aliases): string | undefined {
  const node = resolved(key, aliases);
  if (!isScalar(node)) return undefined;
  const scalar = scalarOf(node);
  return scalar === null || scalar === undefined ? undefined : keyText(scalar);
}

/** What is read of a scalar node. `source`: its text without quotes. */
export interface ScalarNode {
  readonly value: unknown;
  readonly type?: string;
  readonly tag?: string;
  readonly source?: string;
}

/** A scalar as Kubernetes types it: what is quoted is text. Undefined where its tag does not fit, or JSON has no such number. */
export function scalarOf(node: ScalarNode): Scalar | undefined {
  const { type, tag } = node;
  const source = node.source ?? String(node.value ?? "");
  const scalar =
    tag !== undefined ? taggedScalar(tag, source) : type === "PLAIN" ? plainScalar(source) : source;
  return typeof scalar === "number" && !Number.isFinite(scalar) ? undefined : scalar;
}

/** Where a node is, in UTF-16 offsets. */
export function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  const [start = 0, end = start] = (isNode(node) && node.range) || [];
  return { start, end };
}

export function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}
