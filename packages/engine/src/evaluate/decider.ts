import { type RuleSet, ruleSet } from "../envoy/index/rule-set.ts";
import { evaluate } from "../evaluate.ts";
import { meshReading } from "../istiod/authorization/filters.ts";
import { translatePolicies } from "../istiod/authorization/policies.ts";
import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Mesh } from "../model/mesh.ts";
import { type Answer, inShort } from "./answer.ts";
import { type Lane, laneOf } from "./lane.ts";

/** Answers many requests of one mesh. */
export interface Decider {
  /** What `evaluate` says, in short. Throws a TypeError for a request that `checkRequest` refuses. */
  readonly decide: (request: AccessRequest) => Answer;
  /** How the answers came about so far. */
  readonly counts: () => DeciderCounts;
}

/** How many requests went which way. */
export interface DeciderCounts {
  readonly fast: number; // by the index
  readonly evaluated: number; // others: an equal request came before
}

/** So many answers to whole requests are remembered, and so many lanes; then all are forgotten. */
const remembered = 16_384;

/** One fast answer in so many is evaluated, too: a difference is a bug of ours, and said so. */
const checked = 4096;

/**
 * A decider of a mesh. Requests that say no more than who, where to, and a method with an ordinary path are answered by the index
 * where nothing else can matter; others are evaluated once each.
 */
export function decider(mesh: Mesh, options: EvaluateOptions = {}): Decider {
  const lanes = new Map<string, Lane | "none">();
  const anyCaller = isPoliciesOnly(mesh);
  const identity = identities(mesh);
  const counts = { fast: 0, evaluated: 0 };

  const intern = interner();
  const rules = ruleSetOf(mesh);
  const evaluated = (request: AccessRequest): Answer => {
    counts.evaluated += 1;
    return intern(inShort(evaluate(mesh, request, options)));
  };
  const recalled = recall(evaluated);
  const laneFor = (request: AccessRequest, key: string, peer: string): Lane | undefined => {
    const before = lanes.get(key);
    if (before !== undefined) return before === "none" ? undefined : before;
    const lane = laneOf(mesh, request, { identity: peer, options, intern, rules });
    if (lanes.size >= remembered) lanes.clear();
    lanes.set(key, lane ?? "none");
    return lane;
  };
  const fast = (request: AccessRequest): Answer | undefined => {
    const { from, to, http } = request;
    if (typeof to !== "string" || typeof from !== "string" || typeof http !== "string")
      return undefined;
    const peer = identity(from);
    const blank = http.indexOf(" ");
    if (peer === undefined || !isPlainTarget(http, blank) || !saysNoMore(request)) return undefined;
    const lane = laneFor(request, anyCaller ? to : `${from} ${to}`, peer);
    return lane?.answer(peer, http.slice(0, blank), http.slice(blank + 1));
  };
  return {
    decide: (request) => {
      const answer = fast(request);
      if (answer === undefined) return recalled(request);
      counts.fast += 1;
      if (counts.fast % checked === 1) compare(answer, evaluated(request), request);
      return answer;
    },
    counts: () => ({ ...counts }),
  };
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

/** The rules of all policies, compiled together: callers are sorted once for all destinations. Made when it is first needed. */
function ruleSetOf(mesh: Mesh): () => RuleSet {
  let made: RuleSet | undefined;
  return () => {
    made ??= ruleSet(
      translatePolicies(mesh.authorizationPolicies, "http", meshReading(mesh)).rules,
    );
    return made;
  };
}

/** Nothing but who, where to and what. */
function saysNoMore(request: AccessRequest): boolean {
  for (const key in request) if (key !== "from" && key !== "to" && key !== "http") return false;
  return true;
}

/** With policies alone, no object tells one caller in the mesh from another. */
function isPoliciesOnly({ inventory }: Mesh): boolean {
  const { namespaces, workloads, services, others } = inventory;
  return namespaces.length + workloads.length + services.length + others.length === 0;
}

/** The identity behind `sa/NAMESPACE/NAME`; undefined for any other caller. */
function identities({ config }: Mesh): (from: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const domain = config.trustDomain ?? "cluster.local";
  return (from) => {
    const before = known.get(from);
    if (before !== undefined) return before;
    const [, namespace, account] = /^sa\/([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(from) ?? [];
    if (namespace === undefined) return undefined;
    if (known.size >= remembered) known.clear();
    const identity = `spiffe://${domain}/ns/${namespace}/sa/${account}`;
    known.set(from, identity);
    return identity;
  };
}

/** `METHOD /PATH`, of a path that is the same after every normalisation, and no method that means something to a proxy. */
function isPlainTarget(http: string, blank: number): boolean {
  if (blank < 3 || http.charCodeAt(blank + 1) !== slash || !methods.has(http.slice(0, blank)))
    return false;
  let before = 0;
  for (let at = blank + 1; at < http.length; at += 1) {
    const code = http.charCodeAt(at);
    if (code === slash ? before === slash : (plain[code] ?? 0) === 0) return false;
    if (code === dot && before === slash) return false;
    before = code;
  }
  return true;
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
const slash = "/".charCodeAt(0);
const dot = ".".charCodeAt(0);
const plain: Uint8Array = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
  plain[character.charCodeAt(0)] = 1;

function compare(fast: Answer, full: Answer, request: AccessRequest): void {
  if (fast === full) return;
  const [found, wanted] = [JSON.stringify(fast), JSON.stringify(full)];
  throw new Error(`the index says ${found}, the evaluation ${wanted}: ${JSON.stringify(request)}`);
}
