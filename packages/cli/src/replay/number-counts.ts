/** How often each of some small numbers came. Nothing is made to count one. */
export interface NumberCounts {
  readonly add: (number: number) => void;
  /** Those that came since the last time, and how often. */
  readonly take: () => readonly (readonly [number: number, count: number])[];
}

export function numberCounts(): NumberCounts {
  let counts = new Float64Array(1024);
  return {
    add: (number) => {
      if (number >= counts.length) {
        const more = new Float64Array(number * 2);
        more.set(counts);
        counts = more;
      }
      counts[number] = (counts[number] ?? 0) + 1;
    },
    take: () => {
      const taken = [...counts.entries()].filter(([, count]) => count > 0);
      counts.fill(0);
      return taken;
    },
  };
}
