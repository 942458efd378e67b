import { type LintCode, lintCodes } from "../diagnostic/lint-codes.ts";
import { policiesOf } from "../istiod/policies.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type Place, type ResourceKey } from "../model/place.ts";

/** Something that is known and meant. `reason`: why; without one it does not count. */
export interface Suppression {
  readonly code: string; // "rule/split", "rule/*"
  readonly resource?: string; // KIND/NAMESPACE/NAME, each may be *; absent: everywhere
  readonly reason: string;
}

/** A suppression that an object carries, and where it stands. */
export interface Annotated extends Suppression {
  readonly at: Place;
  readonly unknown?: true; // there is no such code
}

/** On any object: lines of `CODE: REASON`. */
export const ignoreAnnotation = "meshproof.dev/lint-ignore";

/** The suppressions that objects of the mesh carry themselves. */
export function annotatedSuppressions(mesh: Mesh): readonly Annotated[] {
  const { namespaces, services, others, workloads } = mesh.inventory;
  const made = workloads.map(({ key, annotations, controllerAnnotations = annotations }) => ({
    key,
    annotations: controllerAnnotations,
  }));
  const objects = [...policiesOf(mesh), ...namespaces, ...services, ...others, ...made];
  return objects.flatMap(({ key, annotations }) => {
    const text = annotations[ignoreAnnotation];
    return text === undefined ? [] : text.split(/[\n;]/).flatMap((line) => read(line, key));
  });
}

function read(line: string, resource: ResourceKey): readonly Annotated[] {
  const text = line.trim();
  if (text === "") return [];
  const [, code = text, reason = ""] = /^([\w/*-]+)\s*:?\s*(.*)$/.exec(text) ?? [];
  const at = { resource, path: ["metadata", "annotations", ignoreAnnotation] };
  const said = { code, reason, at, resource: keyText(resource) };
  return [isKnown(code) ? said : { ...said, unknown: true }];
}

/** Whether a code, or a pattern with a star at its end, means any finding. */
export function isKnown(code: string): boolean {
  return Object.keys(lintCodes).some((known) => covers({ code }, known));
}

/** The reason why a finding is not shown. */
export function reasonFor(
  suppressions: readonly Suppression[],
  code: LintCode,
  { resource }: Place,
): string | undefined {
  const found = suppressions.find(
    (each) =>
      each.reason !== "" &&
      covers(each, code) &&
      (each.resource === undefined || isAbout(each.resource, resource)),
  );
  return found?.reason;
}

function covers({ code }: Pick<Suppression, "code">, known: string): boolean {
  return code.endsWith("*") ? known.startsWith(code.slice(0, -1)) : code === known;
}

function isAbout(pattern: string, { kind, namespace, name }: ResourceKey): boolean {
  const parts = pattern.split("/");
  return (
    parts.length === 3 &&
    [kind, namespace, name].every((part, index) => parts[index] === "*" || parts[index] === part)
  );
}
