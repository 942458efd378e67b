import { recallSignature, verifySignature } from "./envoy/jwt-authn/verify.ts";
import { checkEvaluateOptions } from "./evaluate/options.ts";
import type { Candidates, Inquiry, Known } from "./journey/inquiry.ts";
import { type Course, mergeLeaves } from "./journey/merge.ts";
import { underRelease } from "./journey/mesh-release.ts";
import { replay } from "./journey/replay.ts";
import { isRefused, type Understood, understand } from "./journey/request.ts";
import { statedFact } from "./journey/stated-fact.ts";
import { walk } from "./journey/walk.ts";
import type { AccessRequest, EvaluateOptions } from "./model/access-request.ts";
import type { Ask, Fact, SignatureQuestion } from "./model/fact.ts";
import type { Mesh } from "./model/mesh.ts";
import type { Verdict } from "./model/verdict.ts";

/**
 * What happens to one request in a mesh. What nobody knows is tried every way; ways that disagree make it `undetermined`.
 * Throws a TypeError for a request that `checkRequest` refuses, and for options that there are not.
 */
export function evaluate(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions = {},
): Verdict {
  return judge(subjectOf(mesh, request, options), knownFrom(options));
}

/** `evaluate`, with every signature verified that it asks for and that has a key. */
export function evaluateAsync(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions = {},
): Promise<Verdict> {
  const subject = subjectOf(mesh, request, options);
  return verifying((known) => judge(subject, known), options);
}

/**
 * Every way that a request may go, with all its hops: each endpoint of a Service and each destination that has a weight, also where
 * nothing tells one from the other. For laying it beside what a real mesh does.
 */
export function waysOf(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions = {},
): Promise<readonly Course[]> {
  const subject: Subject = { ...subjectOf(mesh, request, options), trace: "all" };
  const run = (inquiry: Inquiry): Course => course(subject, { ...inquiry, everyEndpoint: true });
  return verifying((known) => replay(run, known, true).leaves.map(({ result }) => result), options);
}

/** Asks again for as long as there are signatures that can be verified, but for those that were before: requests come with equal tokens. */
async function verifying<Result>(
  ask: (known: Known) => Result,
  options: EvaluateOptions,
): Promise<Result> {
  const verified = new Map<string, string>();
  const asked = new Map<string, SignatureQuestion>();
  const stated = knownFrom(options);
  const known: Known = (question) => {
    const fact = stated(question);
    if (fact !== undefined || question.signature === undefined) return fact;
    asked.set(question.id, question.signature);
    recall(question.id, question.signature, verified);
    const value = verified.get(question.id);
    return value === undefined ? undefined : { state: "derived", value };
  };
  for (;;) {
    const result = ask(known);
    const open = [...asked].filter(([id]) => !verified.has(id));
    const before = verified.size;
    for (const [id, signature] of open) await verify(id, signature, verified);
    if (verified.size === before) return result;
  }
}

/** Notes what was found out of a token before. */
function recall(
  id: string,
  { token, jwks, anySaltLength }: SignatureQuestion,
  verified: Map<string, string>,
): void {
  if (jwks === undefined || verified.has(id)) return;
  const valid = recallSignature(token, jwks, anySaltLength ? { anySaltLength } : {});
  if (valid !== undefined) verified.set(id, valid ? "valid" : "invalid");
}

/** Notes whether a token verifies. An algorithm that the platform lacks leaves it unknown. */
async function verify(
  id: string,
  { token, jwks, anySaltLength }: SignatureQuestion,
  verified: Map<string, string>,
): Promise<void> {
  if (jwks === undefined) return;
  try {
    const valid = await verifySignature(token, jwks, anySaltLength ? { anySaltLength } : {});
    verified.set(id, valid ? "valid" : "invalid");
  } catch {
    return;
  }
}

/** One way of an evaluation with what was traced. `guessed`: what nobody knows, by the ids of the facts. */
export interface Retraced {
  readonly course: Course;
  readonly guessed: ReadonlySet<string>;
}

/**
 * Goes one way again, and traces every clause of every rule on it. `facts` of the options say which way; what they leave open is
 * taken to be the most ordinary value.
 */
export function retrace(mesh: Mesh, request: AccessRequest, options: EvaluateOptions): Retraced {
  return traced({ ...subjectOf(mesh, request, options), trace: "all" });
}

/** `retrace`, with no more than what proxies were told. Undefined: a request that `checkRequest` refuses. */
export function retold(
  mesh: Mesh,
  request: AccessRequest,
  options: EvaluateOptions,
): Retraced | undefined {
  const understood = understand(mesh, request, options);
  return isRefused(understood) ? undefined : traced({ mesh, understood, options, trace: "told" });
}

function traced(subject: Subject): Retraced {
  const stated = knownFrom(subject.options);
  const guessed = new Set<string>();
  const ask: Ask = (question) => {
    const value = stated(question)?.value;
    if (value === undefined) guessed.add(question.id);
    return value ?? question.candidates[0] ?? "";
  };
  const assume: Inquiry["assume"] = (assumption, about, candidates) => {
    const question = { id: about === "" ? assumption : `${assumption}:${about}`, candidates };
    return stated(question)?.value ?? candidates[0];
  };
  const inquiry: Inquiry = { ask, assume, derive: () => undefined };
  return { course: course(subject, inquiry), guessed };
}

interface Subject {
  readonly trace?: "all" | "told";
  readonly mesh: Mesh;
  readonly understood: Understood;
  readonly options: EvaluateOptions;
}

function subjectOf(mesh: Mesh, request: AccessRequest, options: EvaluateOptions): Subject {
  checkEvaluateOptions(options);
  const understood = understand(mesh, request, options);
  if (isRefused(understood)) throw new TypeError(understood.map((each) => each.message).join("; "));
  return { mesh, understood, options };
}

/** What the caller of `evaluate` states beyond the request. */
function knownFrom(options: EvaluateOptions): Known {
  const { signatures = {} } = options;
  return ({ id, signature }) => {
    const value = statedFact(options, id) ?? (signature && signatures[signature.token]);
    return value === undefined ? undefined : { state: "given", value };
  };
}

function judge(subject: Subject, known: Known): Verdict {
  const { alternatives, assume } = subject.options;
  const run = (inquiry: Inquiry): Course => course(subject, inquiry);
  const { assumed, ...ways } = replay(run, known, assume !== "none");
  const verdict = mergeLeaves(ways);
  if (!alternatives) return verdict;
  const under = (id: string, value: string): Verdict["decision"] => {
    const other: Known = (question) =>
      question.id === id ? { state: "given", value } : known(question);
    const again = replay(run, other, true);
    return mergeLeaves(again).decision;
  };
  return { ...verdict, facts: verdict.facts.map((fact) => withThen(fact, assumed, under)) };
}

/** An assumed fact with the decision under each value it could have had. */
function withThen(
  fact: Fact,
  assumed: ReadonlyMap<string, Candidates>,
  under: (id: string, value: string) => Verdict["decision"],
): Fact {
  const candidates = fact.state === "assumed" ? assumed.get(fact.id) : undefined;
  if (candidates === undefined || candidates.length === 1) return fact;
  const then = candidates.map((value) => ({ value, decision: under(fact.id, value) }));
  return { ...fact, then };
}

/** One way of the evaluation. */
function course({ understood, options, ...subject }: Subject, inquiry: Inquiry): Course {
  const trace = subject.trace ?? options.trace;
  const mesh = underRelease(subject.mesh, inquiry);
  return walk({ mesh, understood, options, inquiry, ...(trace === undefined ? {} : { trace }) });
}
