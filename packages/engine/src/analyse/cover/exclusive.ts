import type { Intervals } from "./intervals.ts";

/** Of some sets what each has alone. All are gone through once, from the lowest number to the highest. */
export function exclusive(sets: readonly Intervals[]): readonly Intervals[] {
  const own = sets.map((): number[] => []);
  let open = 0; // how many sets have the numbers since the last edge
  let sum = 0; // of their places: of one alone its place
  let from = 0;
  for (const { at, place, by } of edgesOf(sets)) {
    if (open === 1 && from < at) extend(own[sum] ?? [], from, at - 1);
    open += by;
    sum += by * place;
    from = at;
  }
  return own;
}

/** Where a set begins, or has just ended. */
interface Edge {
  readonly at: number;
  readonly place: number;
  readonly by: 1 | -1;
}

function edgesOf(sets: readonly Intervals[]): readonly Edge[] {
  const edges: Edge[] = [];
  for (const [place, set] of sets.entries())
    for (let i = 0; i < set.length; i += 2)
      edges.push({ at: set[i] ?? 0, place, by: 1 }, { at: (set[i + 1] ?? 0) + 1, place, by: -1 });
  return edges.sort((a, b) => a.at - b.at);
}

function extend(set: number[], low: number, high: number): void {
  if (set.length > 0 && set[set.length - 1] === low - 1) set[set.length - 1] = high;
  else set.push(low, high);
}
