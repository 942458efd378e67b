/** The candidate that was most likely meant: at most two edits away and a third of its letters (one, in a short word), or the same but for its case. */
export function closest(written: string, candidates: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const edits = distance(lower, candidate.toLowerCase());
    if (edits >= least || edits > allowed(candidate)) continue;
    [best, least] = [candidate, edits];
  }
  return best;
}

/** "did you mean `x`?", or nothing. */
export function didYouMean(written: string, candidates: Iterable<string>): string | undefined {
  const meant = closest(written, candidates);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

function allowed({ length }: string): number {
  return length < 2 ? 0 : Math.min(2, Math.max(1, Math.floor(length / 3)));
}

/** How many letters must be put in, taken out, replaced or swapped with their neighbour. Texts that differ in length by more than two are not compared. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let older: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const moved = isSwap(a, b, row, column) ? (older[column - 2] ?? 0) + 1 : replaced;
      const longer = Math.min(above[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, moved, longer));
    }
    [older, above] = [above, current];
  }
  return above[b.length] ?? 0;
}

function isSwap(a: string, b: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}
