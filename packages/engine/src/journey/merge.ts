import type { Decision, Fact } from "../model/fact.ts";
import type { Branch, Hop, Layer, Outcome, RuleRef, Verdict } from "../model/verdict.ts";
import type { Leaf } from "./inquiry.ts";
import { factsThatMatter } from "./matter.ts";
import type { Replay } from "./replay.ts";

/** What one way of an evaluation came to. */
export interface Course {
  readonly decision: Decision;
  readonly outcome: Outcome;
  readonly layer?: Layer;
  readonly by: readonly RuleRef[];
  readonly hops: readonly Hop[];
}

/** One verdict of all the ways an evaluation can go: theirs if they agree, else undetermined, with the facts that would settle it. */
export function mergeLeaves({
  leaves,
  complete,
  open,
}: Pick<Replay<Course>, "leaves" | "complete" | "open">): Verdict {
  const [first, second] = leaves;
  if (second === undefined && complete) return verdictOf(first);
  const { decision, layer, by } = first.result;
  const all = (same: (course: Course) => unknown): boolean => {
    const wanted = JSON.stringify(same(first.result));
    return leaves.every(({ result }) => JSON.stringify(same(result)) === wanted);
  };
  const agreed = complete && leaves.every(({ result }) => result.decision === decision);
  const outcome = outcomeOfAll(leaves);
  const told = factsThatMatter(leaves, ({ result }) => resultText(result));
  const led = new Set([
    ...told,
    ...factsBetween(leaves, wayText),
    ...factsBetween(leaves, triedText),
  ]);
  const asked = unknownFacts(leaves, told);
  const left = complete ? [] : open.filter((id) => !asked.some((fact) => fact.id === id));
  const cut = left.length > 0 ? left.map(notAllTried) : [beyondLimit(leaves.length)];
  return {
    decision: agreed ? decision : "undetermined",
    ...(agreed && outcome !== undefined ? { outcome } : {}),
    ...(agreed && layer !== undefined && all((course) => course.layer) ? { layer } : {}),
    by: agreed && all((course) => course.by) ? by : [],
    branches: branchesOf(leaves, led),
    facts: [...knownFacts(leaves), ...asked, ...(complete ? [] : cut)],
  };
}

/** Where nothing is unknown there is one way. */
function verdictOf(only: Leaf<Course>): Verdict {
  const { decision, outcome, layer, by } = only.result;
  const branches = [branchOf(only, new Set())] as const;
  return { decision, outcome, ...(layer && { layer }), by, branches, facts: only.facts };
}

function notAllTried(id: string): Fact {
  return { id, state: "unknown", value: "not every value that could matter was tried: state it" };
}

function beyondLimit(tried: number): Fact {
  return {
    id: "limit",
    state: "unknown",
    value: `${tried} combinations of unknown facts were tried, and there are more`,
  };
}

/** What the workload received only repeats a part that was tried: two ways do not differ by it. */
function resultText({ decision, outcome, layer, by }: Course): string {
  const { received: _, ...rest } = outcome;
  return JSON.stringify([decision, rest, layer, by]);
}

/** The proxies on a way, and the workload at its end. */
function wayText({ hops }: Course): string {
  return hops.map(({ proxy }) => proxy).join(" ");
}

/** What policies said that decide nothing: those that are only tried, and AUDIT. */
function triedText({ hops }: Course): string {
  const said = hops.flatMap(({ steps }) =>
    steps.flatMap(({ layer, by, dryRun }) => [
      ...(layer === "audit" ? by : []),
      ...(dryRun ? [dryRun] : []),
    ]),
  );
  return JSON.stringify(said);
}

/** The facts by which ways differ in something else than what comes of them, as in the workload they lead to. */
function factsBetween(
  leaves: readonly Leaf<Course>[],
  textOf: (course: Course) => string,
): ReadonlySet<string> {
  const texts = new Set(leaves.map(({ result }) => textOf(result)));
  return texts.size === 1 ? new Set() : factsThatMatter(leaves, ({ result }) => textOf(result));
}

/** The outcome of all ways, without what was received where they differ in it alone. */
function outcomeOfAll([first, ...others]: readonly [Leaf<Course>, ...Leaf<Course>[]]):
  | Outcome
  | undefined {
  const { outcome } = first.result;
  const whole = JSON.stringify(outcome);
  if (others.every(({ result }) => JSON.stringify(result.outcome) === whole)) return outcome;
  const { received: _, ...rest } = outcome;
  const text = JSON.stringify(rest);
  return others.every(
    ({
      result: {
        outcome: { received: __, ...other },
      },
    }) => JSON.stringify(other) === text,
  )
    ? rest
    : undefined;
}

/** One branch for each result under what is said of the facts that matter. */
function branchesOf(
  leaves: readonly [Leaf<Course>, ...Leaf<Course>[]],
  told: ReadonlySet<string>,
): Verdict["branches"] {
  const branches = new Map<string, Branch>();
  for (const leaf of leaves) {
    const branch = branchOf(leaf, told);
    const key = JSON.stringify([
      branch.when,
      ...[resultText, wayText, triedText].map((text) => text(leaf.result)),
    ]);
    if (!branches.has(key)) branches.set(key, branch);
  }
  const [first = branchOf(leaves[0], told), ...others] = branches.values();
  return [first, ...others];
}

function branchOf({ result, answers }: Leaf<Course>, told: ReadonlySet<string>): Branch {
  const when = answers
    .filter(({ id }) => told.has(id))
    .map(({ id, value }): Fact => ({ id, state: "unknown", value }));
  const { decision, outcome, hops } = result;
  return { when, decision, outcome, hops };
}

/** What was given, derived or assumed on any of the ways. */
function knownFacts(leaves: readonly Leaf<Course>[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const fact of leaves.flatMap((leaf) => leaf.facts))
    facts.set(`${fact.id}\n${fact.state}\n${fact.value}`, fact);
  return [...facts.values()];
}

/** The unknown facts that matter, and what follows from each of their values. */
function unknownFacts(leaves: readonly Leaf<Course>[], told: ReadonlySet<string>): readonly Fact[] {
  return [...told].map((id) => {
    const decisions = new Map<string, Set<Decision>>();
    for (const { answers, result } of leaves)
      for (const { value } of answers.filter((answer) => answer.id === id))
        decisions.set(value, (decisions.get(value) ?? new Set()).add(result.decision));
    const then = [...decisions].map(([value, found]) => {
      const [only = "undetermined", ...more] = found;
      return { value, decision: more.length === 0 ? only : ("undetermined" as const) };
    });
    return { id, state: "unknown", then };
  });
}
