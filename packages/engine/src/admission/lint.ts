import type { Finding, Severity } from "../diagnostic.ts";
import { type LintOptions, lintMesh } from "../lint/lint.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Guard } from "./change.ts";
import { fieldOf, fieldSpan } from "./field.ts";

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** Which findings count, and whose. */
export interface LintGuardOptions {
  readonly threshold?: Severity; // from here on a finding is an error, below it a warning; error
  /** Another linter than ours. */
  readonly find?: (mesh: Mesh) => readonly Finding[];
  readonly options?: LintOptions; // of ours
}

/** What a linter finds in the mesh after a change and did not find before. Who suppressed a finding at the object meant it. */
export function lint({
  threshold = "error",
  options = {},
  find = (mesh) => ours(mesh, options),
}: LintGuardOptions = {}): Guard {
  return (before, after) => {
    if (before === after) return [];
    const found = find(after);
    const known = new Set(found.length === 0 ? [] : find(before).map(textOf));
    return found
      .filter((finding) => !known.has(textOf(finding)))
      .map((finding) => ({ ...finding, severity: isAt(finding, threshold) ? "error" : "warning" }));
  };
}

function ours(mesh: Mesh, options: LintOptions): readonly Finding[] {
  return lintMesh(mesh, options)
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ code, severity, message, hint, at }) => ({
      ...{ code, severity, message },
      at: mesh.locate(at) ?? fieldSpan(at.resource, at.path),
      ...(hint === undefined ? {} : { hint }),
    }));
}

function isAt({ severity }: Finding, threshold: Severity): boolean {
  return ranks[severity] >= ranks[threshold];
}

/** Where something is within an object may change with every edit. */
function textOf({ code, message, at }: Finding): string {
  return `${code} ${fieldOf(at)?.object ?? at.file} ${message}`;
}
