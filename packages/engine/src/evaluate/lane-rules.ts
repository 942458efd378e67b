import { type KnownRequest, noRule } from "../envoy/index/known-request.ts";
import type { RuleSet } from "../envoy/index/rule-set.ts";
import { ruleRef } from "../envoy/places.ts";
import type { Rule } from "../model/rule.ts";
import type { Answer } from "./answer.ts";

/** The rules of a chain that does nothing but match them. */
export interface LaneRules {
  readonly deny: readonly Rule[];
  readonly allow?: readonly Rule[]; // absent: everything is allowed; []: nothing
}

/** Rules, compiled: numbers alone, so that little memory is looked at for each request. */
export interface Judge {
  readonly filter: number; // of the set of all rules
  readonly otherwise: number; // the answer where none holds
}

/** Compiles and asks the rules of lanes. */
export interface Judges {
  /**
   * Undefined: they have to be walked. Equal lists of rules are compiled once: there are as many as workloads, but as many lanes as
   * callers show addresses, and what is compiled stays.
   */
  readonly judgeOf: (rules: LaneRules) => Judge | undefined;
  /** What they say of a request: the number of an answer. Negative: it has to be evaluated. */
  readonly ask: (judge: Judge, request: KnownRequest) => number;
  /** The answer with a number: made when somebody asks for it, as most rules of a mesh decide nothing. */
  readonly answerOf: (number: number) => Answer;
}

/** Judges by rules of a set. */
export function judges(set: RuleSet, intern: (answer: Answer) => Answer): Judges {
  const known = new Map<string, Judge | "none">();
  const { numberOf, answerOf } = laneAnswers(intern);
  const { compile, firstMatch } = set;
  const judgeOf: Judges["judgeOf"] = ({ deny, allow }) => {
    const denying = deny.map((rule) => numberOf(rule, "deny"));
    const allowing = allow?.map((rule) => numberOf(rule, "allow"));
    const key = `${denying.join()} ${allowing?.join() ?? "everything"}`;
    const before = known.get(key);
    if (before !== undefined) return before === "none" ? undefined : before;
    const numbers = [...denying, ...(allowing ?? [])];
    const filter = compile([...deny, ...(allow ?? [])], (rule) => numbers[rule] ?? noRule);
    const otherwise = numberOf(undefined, allow ? "deny" : "allow");
    const judge = filter === undefined ? undefined : { filter, otherwise };
    known.set(key, judge ?? "none");
    return judge;
  };
  const ask: Judges["ask"] = ({ filter, otherwise }, request) => {
    const found = firstMatch(filter, request);
    return found === noRule ? otherwise : found;
  };
  return { judgeOf, ask, answerOf };
}

/** Numbers what rules answer: a request is answered without looking at anything but numbers. */
interface LaneAnswers extends Pick<Judges, "answerOf"> {
  /** The number of what is answered where a rule decides, or none does. */
  readonly numberOf: (rule: Rule | undefined, decision: "allow" | "deny") => number;
}

function laneAnswers(intern: (answer: Answer) => Answer): LaneAnswers {
  const numbers = {
    allow: new Map<Rule | undefined, number>(),
    deny: new Map<Rule | undefined, number>(),
  };
  const decided: (readonly [Rule | undefined, "allow" | "deny"])[] = [];
  const made: (Answer | undefined)[] = [];
  return {
    numberOf: (rule, decision) => {
      const number = numbers[decision].get(rule) ?? decided.push([rule, decision]) - 1;
      numbers[decision].set(rule, number);
      return number;
    },
    answerOf: (number) => {
      const [rule, decision = "deny"] = decided[number] ?? [];
      const answer = made[number] ?? intern(answerBy(rule, decision));
      made[number] = answer;
      return answer;
    },
  };
}

function answerBy(rule: Rule | undefined, decision: "allow" | "deny"): Answer {
  const by = rule ? [ruleRef(rule)] : [];
  if (decision === "deny") return { decision, status: 403, layer: rule ? "deny" : "allow", by };
  return rule ? { decision, layer: "allow", by } : { decision, by };
}
