import { ruleRef } from "../envoy/places.ts";
import { clauseHolds, holds, type Read } from "../envoy/rbac.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Path } from "../model/place.ts";
import type { Alternative, Attribute, Clause, Group, Rule } from "../model/rule.ts";
import type { ClauseTrace } from "../model/verdict.ts";
import type {
  ExplainedAlternative,
  ExplainedCondition,
  ExplainedPart,
  ExplainedRule,
} from "./explanation.ts";
import { actualText, policyAt, textsAt, valueAt } from "./written.ts";

/** What rules are held against: what a filter read, and which facts nobody knows. */
export interface Sighting {
  readonly mesh: Mesh;
  readonly read: Read;
  readonly guessed: ReadonlySet<string>;
}

/** What a filter read, from the trace of all its clauses. */
export function readingOf(trace: readonly ClauseTrace[]): Read {
  const values = new Map(
    trace.map(({ clause, actual }) => [JSON.stringify(clause.attribute), actual] as const),
  );
  return (attribute) => values.get(JSON.stringify(attribute)) ?? [];
}

/** A rule of a filter with all its conditions. */
export function explainRule(rule: Rule, sighting: Sighting): ExplainedRule {
  const never = rule.groups.some(({ any }) => any.length === 0);
  return {
    ref: ruleRef(rule),
    holds: holds(rule, sighting.read),
    ...(never ? { never } : {}),
    parts: rule.groups
      .toSorted((a, b) => asWritten.indexOf(a.of) - asWritten.indexOf(b.of))
      .map((group) => explainGroup(rule, group, sighting)),
  };
}

const asWritten: readonly Group["of"][] = ["from", "to", "when", "rule"];

function explainGroup(rule: Rule, group: Group, sighting: Sighting): ExplainedPart {
  const alternatives = group.any.map((alternative): ExplainedAlternative => {
    const base = [...pathOf(rule), ...boxOf(group, alternative)];
    const conditions = alternative.all.flatMap((clause) => sides(rule, clause, base, sighting));
    const every = conditions.every((condition) => condition.holds);
    return { index: alternative.index, holds: every, conditions };
  });
  const some = alternatives.some((alternative) => alternative.holds);
  return { of: group.of, holds: some, alternatives };
}

function pathOf({ index }: Rule): Path {
  return index < 0 ? ["spec"] : ["spec", "rules", index];
}

function boxOf({ of }: Group, { index }: Alternative): Path {
  if (of === "from") return ["from", index, "source"];
  if (of === "to") return ["to", index, "operation"];
  return of === "when" ? ["when", index] : [];
}

/** A clause has two lists, which are two conditions. */
function sides(
  rule: Rule,
  clause: Clause,
  base: Path,
  sighting: Sighting,
): readonly ExplainedCondition[] {
  const { any, none, attribute, field } = clause;
  const negated = `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  return [
    ...(any ? [condition(rule, { attribute, field, any }, [...base, field], sighting)] : []),
    ...(none ? [condition(rule, { attribute, field, none }, [...base, negated], sighting)] : []),
  ];
}

function condition(rule: Rule, clause: Clause, path: Path, sighting: Sighting): ExplainedCondition {
  const { mesh, read, guessed } = sighting;
  const { attribute } = clause;
  const at = { resource: rule.policy, path };
  const key =
    path.at(-3) === "when" ? valueAt(policyAt(mesh, at), [...path.slice(0, -1), "key"]) : undefined;
  const seen = read(attribute);
  return {
    at,
    field: typeof key === "string" ? key : String(path.at(-1)),
    negated: clause.none !== undefined,
    clause,
    expected: textsAt(mesh, at),
    actual: seen.map((value) => actualText(attribute, value)),
    seen,
    known: !questionsAbout(attribute).some((id) => guessed.has(id)),
    holds: clauseHolds(clause, seen),
  };
}

/** The facts that are asked when an attribute is looked at and the request does not say. */
function questionsAbout(attribute: Attribute): readonly string[] {
  switch (attribute.kind) {
    case "peer":
    case "peer.namespace":
    case "peer.account":
      return ["source.principal"];
    case "source.ip":
      return ["source.ip"];
    case "remote.ip":
      return ["source.ip", "header:x-forwarded-for"];
    case "destination.ip":
      return ["destination.ip"];
    case "method":
      return ["http.method"];
    case "path":
      return ["http.path"];
    case "host":
      return ["http.host"];
    case "header":
      return [headerQuestions[attribute.name] ?? `header:${attribute.name}`];
    case "claim":
    case "request.principal":
      return ["header:authorization"];
    case "destination.port":
    case "sni":
    case "metadata":
      return [];
  }
}

const headerQuestions: Readonly<Record<string, string>> = {
  ":method": "http.method",
  ":path": "http.path",
  ":authority": "http.host",
  host: "http.host",
};
