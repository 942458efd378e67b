import type { HttpSettings } from "../../model/program.ts";
import { canonicalPath } from "./canonical-path.ts";

/** What normalisation makes of a path: another path, a redirect to it, or nothing that Envoy would handle. */
export type NormalizedPath =
  | { readonly kind: "path" | "redirect"; readonly path: string }
  | { readonly kind: "rejected" };

/** What decides it, of the settings of a chain. */
export type PathSettings = Pick<
  HttpSettings,
  "normalizePath" | "mergeSlashes" | "escapedSlashes" | "dotSegmentParameters"
>;

/**
 * Fragment off, escaped slashes, canonical form, slashes merged: in this order, and never beyond the first `?` (az:FRAG-1).
 * Follows envoyproxy/envoy:source/common/http/conn_manager_utility.cc, `maybeNormalizePath`.
 */
export function normalizePath(target: string, settings: PathSettings): NormalizedPath {
  const whole = before(target, "#");
  const path = before(whole, "?");
  const query = whole.slice(path.length);
  const unescaped =
    settings.escapedSlashes === "keep"
      ? path
      : path.replace(/%2[fF]/g, "/").replace(/%5[cC]/g, "\\");
  const changed = unescaped !== path;
  if (changed && settings.escapedSlashes === "reject") return { kind: "rejected" };
  const canonical = settings.normalizePath
    ? canonicalPath(withoutDotParameters(unescaped, settings))
    : unescaped;
  if (canonical === undefined) return { kind: "rejected" };
  return {
    kind: changed && settings.escapedSlashes === "redirect" ? "redirect" : "path",
    path: (settings.mergeSlashes ? mergeSlashes(canonical) : canonical) + query,
  };
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** `..;x` and `.;x` are dot segments since Envoy 1.39.1; their parameters reach to the next slash. */
function withoutDotParameters(path: string, { dotSegmentParameters }: PathSettings): string {
  if (dotSegmentParameters === "keep" || !path.includes(".;")) return path;
  return path.replace(/(?<=\/)(\.\.?);[^/]*/g, "$1");
}

/** A path of nothing but slashes keeps two of them. `envoy:source/common/http/path_utility.cc`, `mergeSlashes` */
function mergeSlashes(path: string): string {
  if (!path.includes("//")) return path;
  const segments = path.split("/").filter((segment) => segment !== "");
  return `${path.startsWith("/") ? "/" : ""}${segments.join("/")}${path.endsWith("/") ? "/" : ""}`;
}
