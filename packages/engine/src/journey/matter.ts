import type { Leaf } from "./inquiry.ts";

/** Beyond so many comparisons a fact counts as one that matters: one too many is named rather than one too few. */
const mostComparisons = 200_000;

/** The questions that matter: two leaves that differ in the answer to it alone come to different results. */
export function factsThatMatter<Result>(
  leaves: readonly Leaf<Result>[],
  resultOf: (leaf: Leaf<Result>) => string,
): ReadonlySet<string> {
  const results = new Set(leaves.map(resultOf));
  const ids = new Set(leaves.flatMap(({ answers }) => answers.map(({ id }) => id)));
  if (results.size <= 1) return new Set();
  return new Set([...ids].filter((id) => matters(id, leaves, resultOf)));
}

function matters<Result>(
  id: string,
  leaves: readonly Leaf<Result>[],
  resultOf: (leaf: Leaf<Result>) => string,
): boolean {
  let compared = 0;
  for (const group of groups(id, leaves, resultOf))
    for (const [index, left] of group.entries()) {
      compared += index;
      if (compared > mostComparisons) return true;
      if (group.some((right, at) => at < index && differ(left, right))) return true;
    }
  return false;
}

function differ(left: Way, right: Way): boolean {
  return left.value !== right.value && left.result !== right.result && compatible(left, right);
}

interface Way {
  readonly value: string;
  readonly result: string;
  readonly later: ReadonlyMap<string, string>; // the answers after it
}

/** Leaves that agree in everything that was answered before the question. */
function groups<Result>(
  id: string,
  leaves: readonly Leaf<Result>[],
  resultOf: (leaf: Leaf<Result>) => string,
): readonly (readonly Way[])[] {
  const found = new Map<string, Way[]>();
  for (const leaf of leaves) {
    const index = leaf.answers.findIndex((answer) => answer.id === id);
    const answer = leaf.answers[index];
    if (answer === undefined) continue;
    const pairs = leaf.answers.map((each) => [each.id, each.value] as const);
    const before = JSON.stringify(pairs.slice(0, index));
    const later = new Map(pairs.slice(index + 1));
    const way = { value: answer.value, result: resultOf(leaf), later };
    const group = found.get(before);
    if (group === undefined) found.set(before, [way]);
    else group.push(way);
  }
  return [...found.values()];
}

function compatible(left: Way, right: Way): boolean {
  for (const [id, value] of left.later) {
    const other = right.later.get(id);
    if (other !== undefined && other !== value) return false;
  }
  return true;
}
