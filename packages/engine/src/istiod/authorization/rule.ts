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
  readonly latin1?: boolean; // see `Reading`
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
  const remarks = [...ignoredTrustDomains(written, reading)];
  const parts: Part[] = [];
  for (const part of partsOf(written, reading, target)) {
    const fatal = target.strict ? part.remarks.find(isFatal) : undefined;
    if (fatal) return left(fatal.because, fatal.path);
    remarks.push(...part.remarks);
    parts.push(part);
  }
  const rule: Rule = {
    name,
    policy: policy.key,
    index,
    groups: parts.flatMap(({ group }) => group ?? []),
  };
  return { rule, remarks, failures: parts.flatMap(({ failures }) => failures) };
}

/** The parts of a rule, each read when it is asked for: of a rule that falls the rest is not. */
function* partsOf(written: PolicyRule, reading: Reading, target: Target): Generator<Part> {
  yield readAlternatives("to", operations(written), target);
  yield readAlternatives("from", sources(written, reading), target);
  for (const condition of conditions(written, reading))
    yield readAlternatives("when", [condition], target);
}

function isFatal({ what, because }: Remark): boolean {
  return what !== "rewritten" && because !== "trust-domains-by-release";
}

function left(skipped: NoteCode, skippedAt: Path): Translated {
  return { skipped, skippedAt, remarks: [], failures: [] };
}

interface Part {
  readonly group?: Group;
  readonly remarks: readonly Remark[];
  readonly failures: readonly PlacedFailure[];
}

const nothing: Part = { remarks: [], failures: [] };

/** One element of `from`, `to` or `when`. */
interface Element {
  readonly index: number;
  readonly fields: readonly Written[];
}

/** The alternatives of one list. An alternative without clauses is true; a list of nothing but those asks for nothing. */
function readAlternatives(of: Group["of"], elements: readonly Element[], target: Target): Part {
  if (elements.length === 0) return nothing;
  const all: Sides[] = [];
  const any = elements.map(({ index, fields }): Alternative => {
    const sides = fields.map((field) => readSides(field, target));
    all.push(...sides);
    return {
      index,
      all: sides.flatMap(({ clause }): readonly Clause[] => (clause ? [clause] : [])),
    };
  });
  const asks = any.some((alternative) => alternative.all.length > 0);
  return {
    ...(asks ? { group: { of, any } } : {}),
    remarks: all.flatMap(({ remarks }) => remarks),
    failures: all.flatMap(({ failures }) => failures),
  };
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

/** Fields in their order, each with its negation. */
type Fields = readonly Pick<Written, "term" | "field" | "negated">[];

function negatable(terms: Readonly<Record<string, Term>>): Fields {
  return Object.entries(terms).map(([field, term]) => ({ term, field, negated: negation(field) }));
}

const operationFields = negatable(operationTerms);

function operations({ to }: PolicyRule): readonly Element[] {
  return (to ?? []).map((element, index) => ({
    index,
    fields: fieldsOf(operationFields, { ...element?.operation }, ["to", index, "operation"]),
  }));
}

const sourceFields = new WeakMap<Reading, Fields>();

function sources({ from }: PolicyRule, reading: Reading): readonly Element[] {
  const fields = sourceFields.get(reading) ?? negatable(sourceTerms(reading));
  sourceFields.set(reading, fields);
  return (from ?? []).map((element, index) => ({
    index,
    fields: fieldsOf(fields, { ...element?.source }, ["from", index, "source"]),
  }));
}

const noValues: readonly string[] = [];

function fieldsOf(fields: Fields, lists: Lists, path: Path): readonly Written[] {
  const written: Written[] = [];
  for (const { term, field, negated } of fields) {
    const any = lists[field] ?? noValues;
    const none = lists[negated] ?? noValues;
    if (any.length + none.length > 0) written.push({ term, field, negated, any, none, path });
  }
  return written;
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
