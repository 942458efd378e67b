import type { Ask, Fact, Question } from "../model/fact.ts";
import type { AssumptionId } from "./assumptions.ts";

/** How one run of an evaluation learns what is neither policy nor stated. */
export interface Inquiry {
  /** An unknown: the run is repeated with every candidate. */
  readonly ask: Ask;
  /** An assumption: the first candidate, unless the caller states another or wants no assumptions. */
  readonly assume: (assumption: AssumptionId, subject: string, candidates: Candidates) => string;
  /** Something that follows from what was loaded. */
  readonly derive: (fact: Omit<Fact, "state">) => void;
  readonly everyEndpoint?: true; // each endpoint is tried, also where no policy tells it from another
  readonly copies?: true; // a copy that a route mirrors is one more way that a request may go
}

export type Candidates = readonly [assumed: string, ...others: string[]];

/** One answer to one question, on the way to one leaf. */
export interface Answer {
  readonly id: string;
  readonly value: string;
}

/** One run: what it came to, what it was told, and what it learned without asking. */
export interface Leaf<Result> {
  readonly result: Result;
  readonly answers: readonly Answer[]; // in the order they were asked
  readonly facts: readonly Fact[];
}

/** Answers what is known. Undefined: nobody knows. */
export type Known = (question: Question) => Pick<Fact, "state" | "value"> | undefined;
