import {
  type AnalyseOptions,
  diffMeshes,
  type MeshDiff,
  type Proof,
} from "@meshproof/engine/analyse";
import type { MatcherResult, MatcherState } from "vitest";
import {
  assumedLines,
  pointDiffText,
  pointsText,
  proofsText,
  type Written,
} from "./analysis-text.ts";
import { isMet, isSatisfies } from "./invariant.ts";
import { type MeshLike, meshIn, textsIn } from "./mesh-like.ts";

/**
 * Assertions about all requests that a mesh may meet: proofs, not samples. They need not be awaited. With `.not`, what is undecided
 * fails, too: what is not known is not shown.
 */
export interface MeshMatchers {
  /** Some request gets through here that did not there. */
  readonly toAllowMoreThan: (other: MeshLike, options?: AnalyseOptions) => void;
  /** Every request meets the same here and there, at the same workloads. */
  readonly toBeEquivalentTo: (other: MeshLike, options?: AnalyseOptions) => void;
}

/** What vitest is told at once. */
type Result = Exclude<MatcherResult, Promise<unknown>>;

/** vitest's own `toSatisfy`, which takes invariants, too. */
export function toSatisfy(
  this: MatcherState,
  received: unknown,
  expected: unknown,
  message?: string,
): Result {
  if (isSatisfies(expected)) {
    const proofs = expected.proofsIn(received);
    const written = { mesh: meshIn(received), texts: textsIn(received) };
    return satisfied(proofs, written, this.isNot);
  }
  if (!isFunction(expected))
    throw new TypeError("toSatisfy takes a function, or what `invariant` makes");
  return plain(this, { received, expected, message });
}

function satisfied(proofs: readonly Proof[], written: Written, isNot: boolean): Result {
  const failing = proofs.filter((proof) => !isMet(proof));
  if (!isNot) return { pass: failing.length === 0, message: () => proofsText(failing, written) };
  if (proofs.some(({ result }) => result === "violated"))
    return { pass: false, message: () => proofsText(failing, written) };
  const [first] = proofs;
  const name = first?.invariant.name ?? "it";
  const text = `${name}: ${failing.length > 0 ? "not shown to be violated" : "it holds"}`;
  return { pass: true, message: () => `${text}\n${proofsText(proofs, written)}` };
}

function isFunction(value: unknown): value is Plain["expected"] {
  return typeof value === "function";
}

interface Plain {
  readonly received: unknown;
  readonly expected: (value: unknown) => unknown;
  readonly message: string | undefined;
}

/** As vitest says it. */
function plain({ utils }: MatcherState, { received, expected, message }: Plain): Result {
  const { matcherHint, printExpected, printReceived } = utils;
  const pass = Boolean(expected(received));
  const [hint, verb] = pass ? [".not.toSatisfy", "to not satisfy"] : [".toSatisfy", "to satisfy"];
  const wanted = message ?? printExpected(expected);
  return {
    pass,
    message: () =>
      `${matcherHint(hint, "received", "")}\n\nExpected value ${verb}:\n${wanted}\n\nReceived:\n${printReceived(received)}`,
  };
}

/** See `MeshMatchers`. */
export function toAllowMoreThan(
  this: MatcherState,
  received: unknown,
  other: unknown,
  options: AnalyseOptions = {},
): Result {
  const found = compared(received, other, options);
  const wider = found.diff.diffs.flatMap((diff) => {
    const changes = diff.changes.filter(({ kind }) => kind === "newly-allowed");
    return changes.length === 0 ? [] : [{ ...diff, changes, undecided: [] }];
  });
  if (wider.length > 0) return { pass: true, message: () => found.say("it allows more", wider) };
  const open = openIn(found.diff);
  const what = found.unknown ?? (open.length > 0 ? "not shown, it is undecided" : undefined);
  return {
    pass: this.isNot && what !== undefined,
    message: () => found.say(what ?? "it allows no more", open),
  };
}

/** See `MeshMatchers`. */
export function toBeEquivalentTo(
  this: MatcherState,
  received: unknown,
  other: unknown,
  options: AnalyseOptions = {},
): Result {
  const found = compared(received, other, options);
  const differing = found.diff.diffs.filter(
    ({ only, changes }) => only !== undefined || changes.length > 0,
  );
  if (differing.length > 0)
    return { pass: false, message: () => found.say("they differ", differing) };
  const open = openIn(found.diff);
  const what = found.unknown ?? (open.length > 0 ? "not shown, it is undecided" : undefined);
  return {
    pass: this.isNot || what === undefined,
    message: () => found.say(what ?? "every request meets the same", open),
  };
}

type PointDiffs = MeshDiff["diffs"];

interface Compared {
  readonly diff: MeshDiff;
  readonly unknown?: string; // why not all was looked at
  readonly say: (what: string, diffs: PointDiffs) => string;
}

function compared(received: unknown, other: unknown, options: AnalyseOptions): Compared {
  const mesh = meshIn(received);
  const diff = diffMeshes(meshIn(other), mesh, options);
  const written = { mesh, texts: textsIn(received) };
  const told = (each: PointDiffs[number]): string =>
    each.only === undefined
      ? pointDiffText(each, written)
      : `${pointsText(each.points)}: only ${each.only === "after" ? "here" : "there"}`;
  const unknown = notLookedAt(diff);
  return {
    diff,
    ...(unknown === undefined ? {} : { unknown }),
    say: (what, diffs) => [what, ...diffs.map(told), ...assumedLines(diff.assumptions)].join("\n"),
  };
}

function notLookedAt({ cut, diffs, points }: MeshDiff): string | undefined {
  const alone = diffs.filter(({ only }) => only !== undefined).flatMap((each) => each.points);
  if (alone.length > 0 && alone.length === points)
    return "not shown: no workload is in both, so nothing was compared";
  return cut
    ? "not shown: of more than 64 combinations of selectors the rest was not looked at"
    : undefined;
}

function openIn({ diffs }: MeshDiff): PointDiffs {
  return diffs.filter(({ undecided }) => undecided.length > 0);
}
