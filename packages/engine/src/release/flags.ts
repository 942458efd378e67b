import type { Mesh } from "../model/mesh.ts";

/** A text as Go's `strconv.ParseBool` reads it, which Istio does with annotations, labels and variables. Undefined: it is neither. */
export function parseBool(text: string): boolean | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return true;
  return ["0", "f", "F", "FALSE", "false", "False"].includes(text) ? false : undefined;
}

/**
 * What a variable of istiod's environment says to one of its features. Undefined: it is not set, or to something else, so that the
 * feature is as it is by itself. Follows istio/istio:pkg/env/var.go BoolVar.
 */
export function flagOf({ features }: Pick<Mesh, "features">, name: string): boolean | undefined {
  return parseBool(features[name] ?? "");
}
