import { webhookRemarks } from "../admit/judge.ts";
import { codes } from "../diagnostic.ts";
import { matches } from "../match/matches.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import { changeMesh } from "./change-mesh.ts";
import type {
  ExplainedAlternative,
  ExplainedCondition,
  ExplainedRule,
  PolicyChange,
  PolicyEdit,
} from "./explanation.ts";
import { type Turning, turns } from "./verify.ts";
import { positive, textsAt, writable } from "./written.ts";

/** The rule changed so that it takes the request, if that turns the decision: values added, or taken out of what must not be. */
export function fulfilled(
  rule: ExplainedRule,
  failing: readonly ExplainedCondition[],
  turning: Turning,
): PolicyEdit | undefined {
  const changes = failing.map(changeFor);
  if (changes.length === 0 || !changes.every((change) => change !== undefined)) return undefined;
  const rest = restOf(rule, failing);
  return verified(changes, turning, rest);
}

function changeFor(condition: ExplainedCondition): PolicyChange | undefined {
  return condition.negated ? withoutMatches(condition) : withActual(condition);
}

/** The list with what was seen. */
function withActual(condition: ExplainedCondition): PolicyChange | undefined {
  const { at, field, actual, clause, expected, known } = condition;
  const [seen] = actual;
  const value = seen === undefined || !known ? undefined : writable(field, clause.attribute, seen);
  if (value === undefined) return undefined;
  return { at, do: "add", values: [value], left: [...expected, value] };
}

/** The list without the values that match what was seen; without all of its values it goes. */
function withoutMatches({
  at,
  clause,
  seen,
  expected,
}: ExplainedCondition): PolicyChange | undefined {
  const matching = new Set(
    [...(clause.any ?? []), ...(clause.none ?? [])]
      .filter((matcher) => seen.some((value) => matches(matcher, value)))
      .map(({ of }) => of),
  );
  const values = expected.filter((_, index) => matching.has(index));
  if (values.length === 0) return undefined;
  const left = expected.filter((_, index) => !matching.has(index));
  return { at, do: "remove", values, ...(left.length === 0 ? {} : { left }) };
}

/** What the rule asks for besides, in the alternatives that come nearest. */
function restOf(
  { parts }: ExplainedRule,
  failing: readonly ExplainedCondition[],
): readonly ExplainedCondition[] {
  return parts.flatMap(({ alternatives }) => {
    const [first] = alternatives;
    const changed = alternatives.find(({ conditions }) =>
      conditions.some((condition) => failing.includes(condition)),
    );
    const held = alternatives.find(({ holds }) => holds);
    const { conditions = [] } = changed ?? held ?? first ?? {};
    return conditions.filter((condition) => !failing.includes(condition));
  });
}

/** The ways to change a rule so that it no longer takes the request: an exception for it, or a value less. */
export function broken(
  rule: ExplainedRule,
  turning: Turning,
  exceptions: boolean,
): readonly PolicyEdit[] {
  const conditions = rule.parts.flatMap(({ alternatives }) => {
    const [only, second] = alternatives.filter(({ holds }) => holds);
    return only === undefined || second !== undefined ? [] : sidesOf(only);
  });
  const changes = conditions.flatMap((condition) => [
    ...(exceptions && !isPort(condition, conditions)
      ? (exception(condition, turning.mesh) ?? [])
      : []),
    ...(lessOf(condition) ?? []),
  ]);
  return changes.flatMap((change) => verified([change], turning) ?? []);
}

/** An exception for a port is one for everything there: only where the rule is about nothing else. */
function isPort(
  { clause }: ExplainedCondition,
  conditions: readonly ExplainedCondition[],
): boolean {
  return clause.attribute.kind === "destination.port" && conditions.length > 1;
}

function sidesOf({ conditions }: ExplainedAlternative): readonly ExplainedCondition[] {
  return conditions.filter(({ negated, known }) => !negated && known);
}

function lessOf(condition: ExplainedCondition): readonly PolicyChange[] | undefined {
  const change = withoutMatches(condition);
  return change?.left === undefined ? undefined : [change];
}

/** What was seen, among what must not be; not where the rule asks for this alone, and could then never match. */
function exception(condition: ExplainedCondition, mesh: Mesh): readonly PolicyChange[] | undefined {
  const { at, field, actual, clause, expected } = condition;
  const [seen] = actual;
  const key = String(at.path.at(-1));
  const name = positive(key) === key ? `not${key.charAt(0).toUpperCase()}${key.slice(1)}` : key;
  const value = seen === undefined ? undefined : writable(field, clause.attribute, seen);
  if (value === undefined || expected.every((each) => each === value)) return undefined;
  const place = { ...at, path: [...at.path.slice(0, -1), name] };
  const left = [...textsAt(mesh, place), value];
  return [{ at: place, do: "add", values: [value], left }];
}

/** An edit, if it turns the decision, and istiod's webhook would take what it makes of the policies. */
export function verified(
  changes: readonly PolicyChange[],
  turning: Turning,
  rest?: readonly ExplainedCondition[],
): PolicyEdit | undefined {
  const mesh = changeMesh(turning.mesh, changes);
  const verdict = mesh && turns(turning, { mesh });
  if (mesh === undefined || verdict === undefined) return undefined;
  if (changes.some(({ at }) => faults(mesh, at.resource) > faults(turning.mesh, at.resource)))
    return undefined;
  return { kind: "policy", changes, verdict, ...(rest === undefined ? {} : { rest }) };
}

function faults(mesh: Mesh, resource: ResourceKey): number {
  const { authorizationPolicies, requestAuthentications, peerAuthentications, release } = mesh;
  const wanted = keyText(resource);
  const policy = [authorizationPolicies, requestAuthentications, peerAuthentications]
    .flat()
    .find(({ key }) => keyText(key) === wanted);
  if (policy === undefined) return 0;
  const remarks = webhookRemarks(policy.key.kind, { spec: policy.spec }, release);
  return remarks.filter(({ code }) => codes[code] === "error").length;
}
