import type { NoteCode } from "../../model/note.ts";
import type { Path } from "../../model/place.ts";
import type { AuthorizationPolicy, PolicyRule } from "../../model/policy.ts";
import type { Alternative, Clause, Group, Rule } from "../../model/rule.ts";
import { conditionTerm } from "./condition.ts";
import { type PlacedFailure, type Remark, readSides, type Sides, type Written } from "./side.ts";
import { operationTerms, type Reading, sourceTerms, type Term } from "./term.ts";

/** For which chains, and whether a rule falls with what cannot be generated of it (ALLOW) or goes without it. */
export interface Target {
  readonly chain: "http" | "tcp";
  readonly strict: boolean;
}

/** What a rule of a policy comes to. No rule: istiod leaves it out. */
export interface Translated {
  readonly rule?: Rule;
  readonly skipped?: NoteCode;
  readonly skippedAt?: Path;
  readonly remarks: readonly Remark[];
  readonly failures: readonly PlacedFailure[];
}

/**
 * One rule of a policy in the normal form: any `to`, any `from` and every `when`.
 * Follows istio/istio:pilot/pkg/security/authz/model/model.go (az:4.1, az:4.2).
 */
export function translateRule(
  policy: AuthorizationPolicy,
  index: number,
  name: string,
  reading: Reading,
  target: Target,
): Translated {
  const written = policy.spec.rules?.[index] ?? {};
  const unknown = (written.when ?? []).findIndex(
    (condition) => conditionTerm(condition?.key ?? "", reading) === undefined,
  );
  if (unknown >= 0) return left("unknown-key", ["when", unknown, "key"]);
  const parts = [
    readAlternatives("to", operations(written), target),
    readAlternatives("from", sources(written, reading), target),
    ...conditions(written, reading).map((condition) =>
      readAlternatives("when", [condition], target),
    ),
  ];
  const remarks = [
    ...ignoredTrustDomains(written, reading),
    ...parts.flatMap((each) => each.remarks),
  ];
  const fatal = remarks.find(
    ({ what, because }) => what !== "rewritten" && because !== "trust-domains-by-release",
  );
  if (target.strict && fatal) return left(fatal.because, fatal.path);
  const rule: Rule = {
    name,
    policy: policy.key,
    index,
    groups: parts.flatMap(({ group }) => group ?? []),
  };
  return { rule, remarks, failures: parts.flatMap(({ failures }) => failures) };
}

function left(skipped: NoteCode, skippedAt: Path): Translated {
  return { skipped, skippedAt, remarks: [], failures: [] };
}

interface Part {
  readonly group?: Group;
  readonly remarks: readonly Remark[];
  readonly failures: readonly PlacedFailure[];
}

/** One element of `from`, `to` or `when`. */
interface Element {
  readonly index: number;
  readonly fields: readonly Written[];
}

/** The alternatives of one list. An alternative without clauses is true; a list of nothing but those asks for nothing. */
function readAlternatives(of: Group["of"], elements: readonly Element[], { chain }: Target): Part {
  const read = elements.map(({ index, fields }) => {
    const sides = fields.map((field) => readSides(field, chain));
    return { index, sides };
  });
  const any: readonly Alternative[] = read.map(({ index, sides }) => ({
    index,
    all: sides.flatMap(({ clause }): readonly Clause[] => (clause ? [clause] : [])),
  }));
  const all: readonly Sides[] = read.flatMap(({ sides }) => sides);
  const asks = any.some((alternative) => alternative.all.length > 0);
  return {
    ...(asks ? { group: { of, any } } : {}),
    remarks: all.flatMap(({ remarks }) => remarks),
    failures: all.flatMap(({ failures }) => failures),
  };
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

function operations({ to }: PolicyRule): readonly Element[] {
  return (to ?? []).map((element, index) => ({
    index,
    fields: fieldsOf(operationTerms, { ...element?.operation }, ["to", index, "operation"]),
  }));
}

const termsOf = new WeakMap<Reading, ReturnType<typeof sourceTerms>>();

function sources({ from }: PolicyRule, reading: Reading): readonly Element[] {
  const terms = termsOf.get(reading) ?? sourceTerms(reading);
  termsOf.set(reading, terms);
  return (from ?? []).map((element, index) => ({
    index,
    fields: fieldsOf(terms, { ...element?.source }, ["from", index, "source"]),
  }));
}

function fieldsOf(
  terms: Readonly<Record<string, Term>>,
  lists: Lists,
  path: Path,
): readonly Written[] {
  return Object.entries(terms).flatMap(([field, term]) => {
    const negated = negation(field);
    const any = lists[field] ?? [];
    const none = lists[negated] ?? [];
    return any.length + none.length === 0 ? [] : [{ term, field, negated, any, none, path }];
  });
}

function conditions({ when }: PolicyRule, reading: Reading): readonly Element[] {
  return (when ?? []).flatMap((condition, index) => {
    const term = conditionTerm(condition?.key ?? "", reading);
    const any = condition?.values ?? [];
    const none = condition?.notValues ?? [];
    if (term === undefined || any.length + none.length === 0) return [];
    const path = ["when", index];
    return [{ index, fields: [{ term, field: "values", negated: "notValues", any, none, path }] }];
  });
}

/** The field that negates a field: `principals` has `notPrincipals`. */
function negation(field: string): string {
  return `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

/** A release that does not know the field goes without it, whatever the action. */
function ignoredTrustDomains(
  { from }: PolicyRule,
  { knowsTrustDomains }: Reading,
): readonly Remark[] {
  if (knowsTrustDomains) return [];
  return (from ?? []).flatMap((element, index) =>
    (["trustDomains", "notTrustDomains"] as const).flatMap((field): readonly Remark[] =>
      (element?.source?.[field] ?? []).length === 0
        ? []
        : [
            {
              because: "trust-domains-by-release",
              path: ["from", index, "source", field],
              what: "side",
              matches: "more",
            },
          ],
    ),
  );
}
