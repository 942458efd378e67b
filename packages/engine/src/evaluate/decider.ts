import { type RuleSet, ruleSet } from "../envoy/index/rule-set.ts";
import { evaluate, evaluateAsync } from "../evaluate.ts";
import { meshReading } from "../istiod/authorization/filters.ts";
import { translatePolicies } from "../istiod/authorization/policies.ts";
import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Verdict } from "../model/verdict.ts";
import { type Answer, inShort } from "./answer.ts";
import { type Alike, laneFinder } from "./find-lane.ts";
import { laneAsker } from "./lane.ts";
import { judges } from "./lane-rules.ts";
import { checkEvaluateOptions } from "./options.ts";
import { type AskedInBytes, isPlainMethod, pathInBytes, plainPathLength } from "./plain-target.ts";

/** Answers many requests of one mesh. */
export interface Decider {
  /** What `evaluate` says, in short. Throws a TypeError for a request that `checkRequest` refuses. */
  readonly decide: (request: AccessRequest) => Answer;
  /** `decide`, with every signature verified that the answer depends on and that has a key. `signatures`: beside those of the options. */
  readonly decideAsync: (
    request: AccessRequest,
    signatures?: EvaluateOptions["signatures"],
  ) => Promise<Answer>;
  /** What a request has in common with others that differ in method and path alone. Undefined: each has to be decided by itself. */
  readonly alike: (request: AccessRequest) => Alike | undefined;
  /** What `decide` says of the one with this method and this target (path and query). Undefined: it has to be asked. */
  readonly answer: (
    alike: Alike,
    method: string,
    target: string,
    request: () => AccessRequest, // all of it: one in so many is evaluated, too
  ) => Answer | undefined;
  /** `answer` for what stands among bytes: the number of an answer. -1: it has to be asked. */
  readonly answerBytes: (
    lane: Alike["lane"],
    peer: Alike["peer"],
    asked: AskedInBytes,
    request: () => AccessRequest,
  ) => number;
  /** The answer with a number. Several may be equal. */
  readonly answerOf: (number: number) => Answer;
  /** How the answers came about so far. */
  readonly counts: () => DeciderCounts;
}

/** How many requests went which way. */
export interface DeciderCounts {
  readonly fast: number; // by the index
  readonly evaluated: number; // others: an equal request came before
}

/** So many answers to whole requests are remembered; then all are forgotten. */
const remembered = 16_384;

/** One fast answer in so many is evaluated, too: a difference is a bug of ours, and said so. */
const checked = 16_384;

/**
 * A decider of a mesh. Requests that say no more than who, where to, and a method with an ordinary path are answered by the index
 * where nothing else can matter; others are evaluated once each.
 */
export function decider(mesh: Mesh, options: EvaluateOptions = {}): Decider {
  checkEvaluateOptions(options);
  const counts = { fast: 0, evaluated: 0 };
  const intern = interner();
  const counted = (verdict: Verdict): Answer => {
    counts.evaluated += 1;
    return intern(inShort(verdict));
  };
  const evaluated = (request: AccessRequest): Answer => counted(evaluate(mesh, request, options));
  const recalled = recall(evaluated);
  const rules = judges(ruleSetOf(mesh, options), intern);
  const find = laneFinder(mesh, options, rules);
  const ask = laneAsker(rules);
  const { answerOf } = rules;

  /** Gives a number on, if it is one of an answer. */
  const told = (number: number, request: () => AccessRequest): number => {
    if (number < 0) return unknown;
    counts.fast += 1;
    if (counts.fast % checked === 1) compare(answerOf(number), evaluated(request()), request());
    return number;
  };
  const answer: Decider["answer"] = ({ lane, peer }, method, target, request) => {
    const length = plainPathLength(target);
    if (length < 0 || !isPlainMethod(method)) return undefined;
    const path = length === target.length ? target : target.slice(0, length);
    const number = told(ask(lane, peer, method, { path }), request);
    return number < 0 ? undefined : answerOf(number);
  };
  const inBytes = pathInBytes();
  const answerBytes: Decider["answerBytes"] = (lane, peer, asked, request) => {
    const { method } = asked;
    if (!inBytes.take(asked) || !isPlainMethod(method)) return unknown;
    return told(ask(lane, peer, method, inBytes), request);
  };
  return {
    decide: (request) => {
      const stated = targetOf(request);
      const alike = stated && isPlain(stated) ? find(request) : undefined;
      const found = stated && alike && answer(alike, stated.method, stated.path, () => request);
      return found ?? recalled(request);
    },
    decideAsync: verifier(mesh, options, counted),
    alike: find,
    ...{ answer, answerBytes, answerOf },
    counts: () => ({ ...counts }),
  };
}

/** The number of no answer. */
const unknown = -1;

/** The rules of all policies, compiled together: callers are sorted once for all destinations. None, where nothing is in a lane. */
function ruleSetOf(mesh: Mesh, { assume }: EvaluateOptions): RuleSet {
  if (assume === "none") return ruleSet([]);
  return ruleSet(translatePolicies(mesh.authorizationPolicies, "http", meshReading(mesh)).rules);
}

interface Target {
  readonly method: string;
  readonly path: string;
}

/** The method and the path of a request that states both, and no more than that if it states them as one text. */
function targetOf({ http }: AccessRequest): Target | undefined {
  if (typeof http === "string") {
    const blank = http.indexOf(" ");
    return blank < 0 ? undefined : { method: http.slice(0, blank), path: http.slice(blank + 1) };
  }
  const { method, path } = http ?? {};
  return typeof method === "string" && typeof path === "string" ? { method, path } : undefined;
}

function isPlain({ method, path }: Target): boolean {
  return isPlainMethod(method) && plainPathLength(path) > 0;
}

/** Answers equal requests once. */
function recall(evaluated: (request: AccessRequest) => Answer): typeof evaluated {
  const answers = new Map<string, Answer>();
  return (request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? evaluated(request);
    if (answers.size >= remembered) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}

/** What an evaluation says that verifies signatures. */
function verifier(
  mesh: Mesh,
  options: EvaluateOptions,
  told: (verdict: Verdict) => Answer,
): Decider["decideAsync"] {
  return async (request, more = {}) => {
    const signatures = { ...options.signatures, ...more };
    return told(await evaluateAsync(mesh, request, { ...options, signatures }));
  };
}

/** Equal answers are one object: there are no more than rules and replies, however many requests. */
function interner(): (answer: Answer) => Answer {
  const known = new Map<string, Answer>();
  return (answer) => {
    const key = JSON.stringify(answer);
    const before = known.get(key) ?? answer;
    known.set(key, before);
    return before;
  };
}

function compare(fast: Answer, full: Answer, request: AccessRequest): void {
  if (fast === full) return;
  const [found, wanted] = [JSON.stringify(fast), JSON.stringify(full)];
  throw new Error(`the index says ${found}, the evaluation ${wanted}: ${JSON.stringify(request)}`);
}
