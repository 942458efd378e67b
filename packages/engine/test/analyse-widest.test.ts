import fc from "fast-check";
import { expect, test } from "vitest";
import { type Pattern, widest } from "../src/analyse/answer/widest.ts";

/** The same, with every pattern counted anew each time. */
function widestPlainly(patterns: readonly Pattern[], must: ReadonlySet<number>): Pattern[] {
  const left = new Set(must);
  const gain = ({ classes }: Pattern): number => classes.filter((each) => left.has(each)).length;
  const best = patterns.reduce<Pattern | undefined>(
    (top, each) => (gain(each) > (top ? gain(top) : 0) ? each : top),
    undefined,
  );
  if (best === undefined) return [];
  for (const each of best.classes) left.delete(each);
  return [best, ...widestPlainly(patterns, left)];
}

test("names are chosen as if every one was counted each time", () => {
  const classes = fc.uniqueArray(fc.nat(12), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(classes, { maxLength: 20 }), classes, (all, must) => {
      const patterns = all.map((each, place) => ({ text: `${place}`, classes: each }));
      const wanted = widestPlainly(patterns, new Set(must));
      expect(widest(patterns, new Set(must))).toEqual(wanted);
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("tens of thousands of exact values are named one by one", () => {
  const patterns = Array.from({ length: 30_000 }, (_, at) => ({ text: `/${at}`, classes: [at] }));
  const must = new Set(patterns.map((_, at) => at));
  expect(widest(patterns, must)).toEqual(patterns);
});
