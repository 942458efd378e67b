import { matchesText } from "../match/matches.ts";
import { parseText } from "../match/parse-text.ts";
import { fieldsOf, textMapOf } from "../parse/decode.ts";
import type { Fields } from "../parse/objects.ts";
import type { Change, PlacedGuard } from "./change.ts";

/** Whether a guard looks at a change at all. */
export function isInScope(
  { namespaces, exceptNamespaces = [], labels }: PlacedGuard,
  { key, object, old }: Pick<Change, "key" | "object" | "old">,
): boolean {
  const namespace = key.kind === "Namespace" ? key.name : key.namespace;
  if (namespaces !== undefined && !isOneOf(namespace, namespaces)) return false;
  if (isOneOf(namespace, exceptNamespaces)) return false;
  if (labels === undefined) return true;
  return [object, old].some((fields) => fields !== undefined && hasLabels(fields, labels));
}

/** Whether a guard lets this user do as he likes. */
export function isExempt(
  { exempt = {} }: PlacedGuard,
  { user: { name, groups } }: Pick<Change, "user">,
): boolean {
  const { users = [], groups: exemptGroups = [] } = exempt;
  return isOneOf(name, users) || groups.some((group) => isOneOf(group, exemptGroups));
}

function isOneOf(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesText(parseText(pattern), name));
}

function hasLabels(fields: Fields, wanted: Readonly<Record<string, string>>): boolean {
  const labels = textMapOf(fieldsOf(fields["metadata"])["labels"]);
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
