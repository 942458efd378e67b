import { type KnownRequest, noRule, unsure } from "../envoy/index/known-request.ts";
import type { RuleSet } from "../envoy/index/rule-set.ts";
import { ruleRef } from "../envoy/places.ts";
import type { Rule } from "../model/rule.ts";
import type { Answer } from "./answer.ts";

/** The rules of a chain that does nothing but match them. */
export interface LaneRules {
  readonly deny: readonly Rule[];
  readonly allow?: readonly Rule[]; // absent: everything is allowed; []: nothing
}

/** Rules, compiled, with what they answer. */
export interface Judge {
  readonly set: RuleSet;
  readonly filter: number;
  readonly answerOf: (rule: number) => Answer; // where that holds
  readonly otherwise: Answer;
}

/** What rules say of a request. Undefined: it has to be evaluated. */
export function judged(
  { set, filter, answerOf, otherwise }: Judge,
  request: KnownRequest,
): Answer | undefined {
  const found = set.firstMatch(filter, request);
  if (found === unsure) return undefined;
  return found === noRule ? otherwise : answerOf(found);
}

/**
 * Compiles the rules of lanes; undefined: they have to be walked. Equal lists of rules are compiled once: there are as many as
 * workloads, but as many lanes as callers show addresses, and what is compiled stays.
 */
export function judges(
  set: RuleSet,
  intern: (answer: Answer) => Answer,
): (rules: LaneRules) => Judge | undefined {
  const numbers = new Map<Rule, number>();
  const known = new Map<string, Judge | "none">();
  const numberOf = (rule: Rule): number => {
    const number = numbers.get(rule) ?? numbers.size;
    numbers.set(rule, number);
    return number;
  };
  const keyOf = ({ deny, allow }: LaneRules): string =>
    `${deny.map(numberOf).join()} ${allow ? allow.map(numberOf).join() : "everything"}`;
  return (rules) => {
    const key = keyOf(rules);
    const judge = known.get(key) ?? judgeOf(rules, set, intern) ?? "none";
    known.set(key, judge);
    return judge === "none" ? undefined : judge;
  };
}

function judgeOf(
  { deny, allow }: LaneRules,
  set: RuleSet,
  intern: (answer: Answer) => Answer,
): Judge | undefined {
  const rules = [...deny, ...(allow ?? [])];
  const filter = set.compile(rules);
  if (filter === undefined) return undefined;
  const answers: (Answer | undefined)[] = rules.map(() => undefined); // most rules of a mesh decide nothing
  const otherwise = intern(
    allow
      ? { decision: "deny", status: 403, layer: "allow", by: [] }
      : { decision: "allow", by: [] },
  );
  const answerOf = (index: number): Answer => {
    const answer = answers[index] ?? intern(answerBy(rules[index], index < deny.length));
    answers[index] = answer;
    return answer;
  };
  return { set, filter, answerOf, otherwise };
}

function answerBy(rule: Rule | undefined, denied: boolean): Answer {
  const by = rule ? [ruleRef(rule)] : [];
  return denied
    ? { decision: "deny", status: 403, layer: "deny", by }
    : { decision: "allow", layer: "allow", by };
}
