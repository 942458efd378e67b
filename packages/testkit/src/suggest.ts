/** The candidate that someone who wrote `text` probably meant: at most two letters away, and closer than half of it. */
export function suggest(text: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(2, Math.floor(text.length / 2)) + 1;
  for (const candidate of candidates) {
    const away = distance(text.toLowerCase(), candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** "did you mean `x`", or nothing. */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const meant = suggest(text, candidates);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

/** How many letters are to be added, removed, replaced or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let older: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1)
      current.push(step({ a, b, row, column, current, above, older }));
    [older, above] = [above, current];
  }
  return above[b.length] ?? 0;
}

interface Cell {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly column: number;
  readonly current: readonly number[];
  readonly above: readonly number[];
  readonly older: readonly number[];
}

function step({ a, b, row, column, current, above, older }: Cell): number {
  const same = a[row - 1] === b[column - 1];
  const swapped =
    row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return Math.min(
    (above[column] ?? 0) + 1,
    (current[column - 1] ?? 0) + 1,
    (above[column - 1] ?? 0) + (same ? 0 : 1),
    swapped ? (older[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
  );
}
