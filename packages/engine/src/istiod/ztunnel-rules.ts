import type { Note, NoteCode } from "../model/note.ts";
import { compareBytes, type Path } from "../model/place.ts";
import type { AuthorizationPolicy, Condition, PolicyRule } from "../model/policy.ts";
import type { Alternative, Clause, Group, Rule } from "../model/rule.ts";
import {
  conditionFields,
  type Dropped,
  emptyOr,
  httpOperationFields,
  httpSourceFields,
  operationFields,
  readFields,
  sourceFields,
  trustDomainFields,
  type Values,
} from "./ztunnel-fields.ts";

/** What is left of one policy: its rules, the HTTP attributes that istiod found in it, and what was lost. */
export interface ZtunnelRules {
  readonly rules: readonly Rule[]; // one that can never hold when the policy has none
  readonly unsupported: readonly string[]; // in byte order, each once
  readonly notes: readonly Note[];
}

/**
 * The rules of an ALLOW or DENY policy as ztunnel gets them (az:ZT-5 to ZT-11). An ALLOW rule with any HTTP attribute is lost
 * whole; a DENY rule loses the attribute, and what is left empty never holds. `istio:pilot/pkg/serviceregistry/ambient/authorization.go#handleRule`
 */
export function ztunnelRules(policy: AuthorizationPolicy): ZtunnelRules {
  const allow = (policy.spec.action ?? "ALLOW") === "ALLOW";
  const read = (policy.spec.rules ?? []).map((rule, index) => readRule(policy, rule ?? {}, index));
  const kept = read.filter(({ http }) => !(allow && http.length > 0)).map(({ rule }) => rule);
  return {
    rules: kept.length > 0 ? kept : [never(policy)],
    unsupported: [...new Set(read.flatMap(({ http }) => http))].sort(compareBytes),
    notes: read.flatMap((each) => notesOf(each, policy, allow)),
  };
}

/** A policy that is there and never matches: without rules, or emptied. It still counts (az:ZT-10). */
function never(policy: AuthorizationPolicy): Rule {
  return {
    name: ruleName(policy, -1),
    policy: policy.key,
    index: -1,
    groups: [{ of: "rule", any: [] }],
  };
}

function ruleName({ key }: AuthorizationPolicy, index: number): string {
  return `${key.namespace}/${key.name}[${index}]`;
}

interface ReadMatch {
  readonly index: number;
  readonly path: Path;
  readonly clauses: readonly Clause[];
  readonly dropped: readonly Dropped[];
}

interface ReadGroup {
  readonly of: Group["of"];
  readonly matches: readonly ReadMatch[];
}

interface ReadRule {
  readonly rule: Rule;
  readonly path: Path;
  readonly groups: readonly ReadGroup[];
  readonly http: readonly string[];
}

function readRule(policy: AuthorizationPolicy, written: PolicyRule, index: number): ReadRule {
  const path = ["spec", "rules", index];
  const groups = [
    ...readTo(written, path),
    ...readFrom(written, path, policy.key.namespace),
    ...(written.when ?? []).map((condition, at) => readWhen(condition, [...path, "when", at], at)),
  ];
  const http = groups.flatMap(({ matches }) =>
    matches.flatMap(({ dropped }) =>
      dropped.flatMap(({ because, name }) => (because === "ztunnel-http-attribute" ? [name] : [])),
    ),
  );
  const rule: Rule = {
    name: ruleName(policy, index),
    policy: policy.key,
    index,
    groups: groups.map(({ of, matches }) => ({ of, any: matches.flatMap(alternative) })),
  };
  return { rule, path, groups, http };
}

/** ztunnel skips an empty match, and a clause of which no match is left does not hold (`ztunnel:src/rbac.rs#matches`). */
function alternative({ index, clauses }: ReadMatch): readonly Alternative[] {
  return clauses.length > 0 ? [{ index, all: clauses }] : [];
}

function readTo(written: PolicyRule, path: Path): readonly ReadGroup[] {
  if (emptyOr(written.to).length === 0) return [];
  const matches = emptyOr(written.to).map((to, index) => {
    const at = [...path, "to", index, "operation"];
    const values: Values = { ...to?.operation };
    return { index, path: at, ...readFields(values, at, operationFields, httpOperationFields) };
  });
  return [{ of: "to", matches }];
}

function readFrom(written: PolicyRule, path: Path, namespace: string): readonly ReadGroup[] {
  if (emptyOr(written.from).length === 0) return [];
  const matches = emptyOr(written.from).map((from, index) => {
    const at = [...path, "from", index, "source"];
    const values: Values = { ...from?.source };
    const { clauses, dropped } = readFields(values, at, sourceFields(namespace), httpSourceFields);
    const ignored = trustDomainFields.flatMap((name): readonly Dropped[] =>
      emptyOr(values[name]).length > 0
        ? [{ because: "ztunnel-trust-domains", name, path: [...at, name], holds: "more" }]
        : [],
    );
    return { index, path: at, clauses, dropped: [...dropped, ...ignored] };
  });
  return [{ of: "from", matches }];
}

/** Each condition is a clause of its own; a key ztunnel does not know makes an empty one. */
function readWhen(condition: Condition | null, path: Path, index: number): ReadGroup {
  const key = condition?.key ?? "";
  const field = conditionFields.get(key);
  const values: Values = { values: condition?.values ?? [], notValues: condition?.notValues ?? [] };
  const { clauses, dropped } = readFields(values, path, field ? [field] : [], []);
  const unknown: Dropped = {
    because: "ztunnel-http-attribute",
    name: key,
    path: [...path, "key"],
    holds: "more",
  };
  return { of: "when", matches: [{ index, path, clauses, dropped: field ? dropped : [unknown] }] };
}

function notesOf(
  { rule, path, groups, http }: ReadRule,
  { key: resource }: AuthorizationPolicy,
  allow: boolean,
): readonly Note[] {
  const skipped = (because: NoteCode, at: Path, effect: Note["effect"]): readonly Note[] => [
    { kind: "rule-skipped", because, at: { resource, path: at }, effect },
  ];
  const access = accessOf(allow);
  const first = groups
    .flatMap(({ matches }) => matches.flatMap(({ dropped }) => dropped))
    .find(({ because }) => because === "ztunnel-http-attribute");
  if (allow && http.length > 0)
    return skipped("ztunnel-http-attribute", first?.path ?? path, access.fewer);
  if (rule.groups.some(({ any }) => any.length === 0))
    return skipped("ztunnel-empty-match", emptied(groups)?.path ?? path, access.fewer);
  return groups.flatMap(({ matches }) =>
    matches.flatMap(({ clauses, dropped }) =>
      dropped.map(
        ({ because, path: at, holds, value }): Note => ({
          kind: value ? "value-dropped" : "condition-dropped",
          because,
          at: { resource, path: at },
          effect: access[clauses.length > 0 ? holds : "fewer"],
        }),
      ),
    ),
  );
}

/** What it does to access that a rule holds more or less often. */
function accessOf(allow: boolean): Readonly<Record<Dropped["holds"], Note["effect"]>> {
  return { more: allow ? "wider" : "narrower", fewer: allow ? "narrower" : "wider", same: "none" };
}

/** The first thing that was lost, or the first match, of the first group of which nothing is left. */
function emptied(groups: readonly ReadGroup[]): { readonly path: Path } | undefined {
  const group = groups.find(({ matches }) => matches.every(({ clauses }) => clauses.length === 0));
  return group?.matches.flatMap(({ dropped }) => dropped)[0] ?? group?.matches[0];
}
