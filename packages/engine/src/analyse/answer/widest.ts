/** A name, and the classes that it names. */
export interface Pattern {
  readonly text: string;
  readonly classes: readonly number[];
}

interface Placed {
  readonly place: number;
  readonly pattern: Pattern;
}

/**
 * Patterns that name what they can of some classes: again and again the one that names most of what is left, the first of equals. What
 * a pattern names of it only gets less, so one is counted anew when it would be next.
 */
export function widest(
  patterns: readonly Pattern[],
  must: ReadonlySet<number>,
): readonly Pattern[] {
  const left = new Set(must);
  const byGain: Placed[][] = []; // by what each named when it was counted last
  const gain = ({ classes }: Pattern): number => classes.filter((each) => left.has(each)).length;
  const note = (placed: Placed): void => {
    const count = gain(placed.pattern);
    const same = byGain[count] ?? [];
    byGain[count] = same;
    same.push(placed);
  };
  for (const [place, pattern] of patterns.entries()) note({ place, pattern });
  const chosen: Pattern[] = [];
  for (let most = byGain.length - 1; most > 0; most -= 1)
    for (const placed of (byGain[most] ?? []).toSorted((one, two) => one.place - two.place)) {
      if (gain(placed.pattern) < most) note(placed);
      else {
        chosen.push(placed.pattern);
        for (const each of placed.pattern.classes) left.delete(each);
      }
    }
  return chosen;
}
