import type { Fact, Question } from "../model/fact.ts";
import type { AssumptionId } from "./assumptions.ts";
import type { Answer, Candidates, Inquiry, Known, Leaf } from "./inquiry.ts";

/** How many ways an evaluation is tried before it counts as undetermined. */
export const leafLimit = 4096;

/** Every way an evaluation can go. `complete` false: there are more than `leafLimit`, or a question could not offer a value of each class. */
export interface Replay<Result> {
  readonly leaves: readonly [Leaf<Result>, ...Leaf<Result>[]];
  readonly complete: boolean;
  readonly open: readonly string[]; // ids of questions that could not offer a value of each class
  readonly assumed: ReadonlyMap<string, Candidates>; // by the id of the fact
}

/** An answer that is being tried. `tried` is shared by all answers to the same question at the same point. */
interface Trial extends Answer {
  readonly tried: Set<string>;
}

/**
 * Runs an evaluation again and again: the first question without an answer forks it over its candidates, depth first.
 * A run must ask the same questions when it is given the same answers.
 */
export function replay<Result>(
  run: (inquiry: Inquiry) => Result,
  known: Known,
  assume: boolean,
): Replay<Result> {
  const pending: (readonly Trial[])[] = [];
  const assumed = new Map<string, Candidates>();
  const partial = new Set<string>();
  const attempt = (trials: readonly Trial[]): Leaf<Result> =>
    once(run, { trials: [...trials], pending, known, assume, assumed, partial });
  const leaves: [Leaf<Result>, ...Leaf<Result>[]] = [attempt([])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (leaves.length === leafLimit)
      return { leaves, complete: false, open: [...partial], assumed };
    leaves.push(attempt(next));
  }
  return { leaves, complete: partial.size === 0, open: [...partial], assumed };
}

interface Attempt {
  readonly trials: Trial[];
  readonly pending: (readonly Trial[])[];
  readonly known: Known;
  readonly assume: boolean;
  readonly assumed: Map<string, Candidates>;
  readonly partial: Set<string>; // questions whose candidates leave out classes
}

function once<Result>(run: (inquiry: Inquiry) => Result, attempt: Attempt): Leaf<Result> {
  const facts = new Map<string, Fact>();
  const ask = (question: Question): string => {
    const given = attempt.known(question);
    if (given?.value === undefined) return answer(question, attempt);
    facts.set(question.id, { id: question.id, ...given });
    return given.value;
  };
  const assume = (assumption: AssumptionId, subject: string, candidates: Candidates): string => {
    const id = subject === "" ? assumption : `${assumption}:${subject}`;
    const question = { id, candidates };
    if (!attempt.assume || attempt.known(question) !== undefined) return ask(question);
    attempt.assumed.set(id, candidates);
    facts.set(id, { id, state: "assumed", value: candidates[0] });
    return candidates[0];
  };
  const derive = (fact: Omit<Fact, "state">): void => {
    facts.set(fact.id, { ...fact, state: "derived" });
  };
  const result = run({ ask, assume, derive });
  return { result, answers: attempt.trials, facts: [...facts.values()] };
}

/** The answer of this attempt; candidates that nobody tried at this point yet are left for later attempts. */
function answer(question: Question, { trials, pending, partial }: Attempt): string {
  const { id, candidates } = question;
  if (question.partial) partial.add(id);
  const index = trials.findIndex((trial) => trial.id === id);
  const known = trials[index];
  const before = known === undefined ? [...trials] : trials.slice(0, index);
  const tried = known?.tried ?? new Set<string>();
  const untried = candidates.filter((candidate) => !tried.has(candidate));
  const value = known?.value ?? untried[0] ?? "";
  for (const candidate of untried.toReversed()) {
    tried.add(candidate);
    if (candidate !== value) pending.push([...before, { id, value: candidate, tried }]);
  }
  if (known === undefined) trials.push({ id, value, tried });
  return value;
}
