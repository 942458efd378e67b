import type { Finding, Severity } from "../diagnostic.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Guard } from "./change.ts";

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** What a linter finds in the mesh after a change and did not find before. From `threshold` on it is an error, below it a warning. */
export function lint(
  find: (mesh: Mesh) => readonly Finding[],
  { threshold = "error" }: { readonly threshold?: Severity } = {},
): Guard {
  return (before, after) => {
    if (before === after) return [];
    const found = find(after);
    const known = new Set(found.length === 0 ? [] : find(before).map(textOf));
    return found
      .filter((finding) => !known.has(textOf(finding)))
      .map((finding) => ({ ...finding, severity: isAt(finding, threshold) ? "error" : "warning" }));
  };
}

function isAt({ severity }: Finding, threshold: Severity): boolean {
  return ranks[severity] >= ranks[threshold];
}

function textOf({ code, message, at }: Finding): string {
  return `${code} ${at.file}:${at.start} ${message}`;
}
