import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { keyText, plainScalar, type Scalar } from "./scalar.ts";

/** The mappings that a merge key names: one, or a list of them. */
export function mergedMaps(tree: Document, { value }: Pair): readonly YAMLMap[] {
  const resolved = isAlias(value) ? value.resolve(tree) : value;
  const items: readonly unknown[] = isSeq(resolved) ? resolved.items : [resolved];
  return items
    .map((item) => (isAlias(item) ? item.resolve(tree) : item))
    .filter((item) => isMap(item));
}

/** The key of a pair as JSON has it. A key that is a collection has no name there: its source text stands for it. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? keyText(scalarOf(key)) : String(key);
}

/** A scalar as Kubernetes types it; what is quoted or tagged as text stays text. */
export function scalarOf({
  value,
  type,
  tag,
  source,
}: {
  value: unknown;
  type?: string;
  tag?: string;
  source?: string;
}): Scalar {
  const text = typeof value === "string" ? value : (source ?? "");
  if (type !== "PLAIN" || tag === "!!str" || tag === "tag:yaml.org,2002:str") return text;
  return plainScalar(text);
}
