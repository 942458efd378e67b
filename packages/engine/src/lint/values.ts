import { conditionTerm } from "../istiod/authorization/condition.ts";
import { meshReading } from "../istiod/authorization/filters.ts";
import { actionOf } from "../istiod/authorization/policies.ts";
import {
  operationTerms,
  type Reading,
  sourceTerms,
  type Term,
} from "../istiod/authorization/term.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type Path, type Place } from "../model/place.ts";
import type { Action, AuthorizationPolicy } from "../model/policy.ts";
import type { Attribute, Pattern } from "../model/rule.ts";

/** One value of a rule, with what istiod makes of it. */
export interface Value {
  readonly policy: AuthorizationPolicy;
  readonly action: Action;
  readonly rule: number;
  readonly at: Place;
  readonly field: string; // the positive side: paths; the key of a `when`
  readonly negated: boolean;
  readonly text: string;
  readonly attribute: Attribute;
  readonly patterns: readonly Pattern[]; // none: istiod cannot read it
}

const made = new WeakMap<Mesh, readonly Value[]>();

/** Every value of every rule of a mesh, worked out once. */
export function valuesOf(mesh: Mesh): readonly Value[] {
  const known = made.get(mesh) ?? valuesIn(mesh);
  made.set(mesh, known);
  return known;
}

const filed = new WeakMap<Mesh, ReadonlyMap<string, Value>>();

/** The value that stands at a place. */
export function valueAtPlace(mesh: Mesh, at: Place): Value | undefined {
  const known =
    filed.get(mesh) ??
    new Map(
      valuesOf(mesh)
        .toReversed()
        .map((value) => [textOf(value.at), value]),
    );
  filed.set(mesh, known);
  return known.get(textOf(at));
}

function textOf({ resource, path }: Place): string {
  return `${keyText(resource)} ${path.join(" ")}`;
}

function valuesIn(mesh: Mesh): readonly Value[] {
  const shared = meshReading(mesh);
  return mesh.authorizationPolicies.flatMap((policy) =>
    (policy.spec.rules ?? []).flatMap((_, rule) =>
      valuesOfRule({ policy, rule, reading: { ...shared, namespace: policy.key.namespace } }),
    ),
  );
}

/** The values of one attribute or more. */
export function valuesOn(mesh: Mesh, ...kinds: readonly Attribute["kind"][]): readonly Value[] {
  return valuesOf(mesh).filter(({ attribute }) => kinds.includes(attribute.kind));
}

interface Read {
  readonly policy: AuthorizationPolicy;
  readonly rule: number;
  readonly reading: Reading;
}

function valuesOfRule(read: Read): readonly Value[] {
  const { policy, rule, reading } = read;
  const written = policy.spec.rules?.[rule];
  const base: Path = ["spec", "rules", rule];
  const sources = (written?.from ?? []).flatMap((from, index) =>
    listed(read, [...base, "from", index, "source"], { ...from?.source }, sourceTerms(reading)),
  );
  const operations = (written?.to ?? []).flatMap((to, index) =>
    listed(read, [...base, "to", index, "operation"], { ...to?.operation }, operationTerms),
  );
  const conditions = (written?.when ?? []).flatMap((when, index) => {
    const term = conditionTerm(when?.key ?? "", reading);
    if (term === undefined) return [];
    const place = { read, term, field: when?.key ?? "" };
    return [
      ...values(when?.values, [...base, "when", index, "values"], { ...place, negated: false }),
      ...values(when?.notValues, [...base, "when", index, "notValues"], {
        ...place,
        negated: true,
      }),
    ];
  });
  return [...sources, ...operations, ...conditions];
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

function listed(
  read: Read,
  path: Path,
  lists: Lists,
  terms: Readonly<Record<string, Term>>,
): readonly Value[] {
  return Object.entries(terms).flatMap(([field, term]) => {
    const not = `not${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    return [
      ...values(lists[field], [...path, field], { read, term, field, negated: false }),
      ...values(lists[not], [...path, not], { read, term, field, negated: true }),
    ];
  });
}

interface Listed {
  readonly read: Read;
  readonly term: Term;
  readonly field: string;
  readonly negated: boolean;
}

function values(
  texts: readonly string[] | undefined,
  path: Path,
  { read, term, field, negated }: Listed,
): readonly Value[] {
  const { policy, rule } = read;
  return (texts ?? []).map((text, index) => {
    const parsed = term.parse(text);
    return {
      policy,
      action: actionOf(policy),
      rule,
      at: { resource: policy.key, path: [...path, index] },
      field,
      negated,
      text,
      attribute: term.attribute,
      patterns: "patterns" in parsed ? parsed.patterns : [],
    };
  });
}
