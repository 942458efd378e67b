import { expect, test } from "vitest";
import { limitsOf } from "../src/analyse/budget.ts";
import { choiceDomain } from "../src/analyse/partition/choice-domain.ts";
import { and, not, or, variable } from "../src/analyse/solve/diagram.ts";
import { diagrams } from "../src/analyse/solve/diagram-nodes.ts";
import {
  decode,
  type Encoding,
  encode,
  inClasses,
  writeClasses,
} from "../src/analyse/solve/encoding.ts";
import { holds, satisfying } from "../src/analyse/solve/points.ts";
import { always } from "../src/analyse/space/formula.ts";
import { diceOf } from "./analyse-dice.ts";

/** One attribute of so many classes between two others. */
function encodingOf(size: number): Encoding {
  const domains = new Map(
    [["before", 3] as const, ["own", size] as const, ["after", 6] as const].map(([name, count]) => {
      const choices = Array.from({ length: count }, (_, each) => `${name} ${each}`);
      return [name, choiceDomain(name, [], choices)];
    }),
  );
  return encode({ domains, splits: new Map(), free: [], consistent: always, limits: limitsOf() });
}

test("however many classes there are, what is in some of them and what is in the others is everything, and no request is in both", () => {
  const dice = diceOf(11);
  for (let size = 1; size <= 40; size += 1) {
    const encoding = encodingOf(size);
    const { diagrams: made, bits } = encoding;
    const all = Array.from({ length: size }, (_, each) => each);
    const sets = [
      ...all.map((each) => [each]),
      ...all.map(() => all.filter(() => dice.chance(0.5))),
    ];
    for (const classes of sets) {
      const others = all.filter((each) => !classes.includes(each));
      const [mine, theirs] = [classes, others].map((each) => inClasses(encoding, "own", each));
      expect([size, classes, not(made, mine ?? 0)]).toEqual([size, classes, theirs]);
      const point = new Int8Array(made.variables);
      for (const each of all) {
        const place = bits.get("own") ?? { first: 0, width: 0 };
        writeClasses(point, place, false, [each]);
        const is = holds(made, mine ?? 0, point);
        expect([size, classes, each, is]).toEqual([size, classes, each, classes.includes(each)]);
        expect(decode(encoding, point).get("own")).toEqual([each]);
      }
      if (classes.length === 0) continue;
      const [found = -1] = decode(encoding, satisfying(made, mine ?? 0)).get("own") ?? [];
      expect(classes).toContain(found);
    }
  }
});

test("equal functions stay equal numbers however many nodes there are", () => {
  const variables = 40;
  const made = diagrams(variables, limitsOf().nodes);
  const parts = Array.from({ length: 12 }, (_, at) => {
    const dice = diceOf(at * 331 + 7);
    const own = Array.from({ length: 4 }, () => variable(made, dice.below(variables)));
    return own.reduce((a, b) => (dice.chance(0.5) ? and(made, a, not(made, b)) : or(made, a, b)));
  });
  const differ = (a: number, b: number): number =>
    or(made, and(made, a, not(made, b)), and(made, b, not(made, a)));
  const forwards = parts.reduce(differ, 0);
  expect(made.count).toBeGreaterThan(20_000);
  made.cache.fill(0);
  expect(parts.reduce(differ, 0)).toBe(forwards);
  made.cache.fill(0);
  expect(parts.toReversed().reduce(differ, 0)).toBe(forwards);
});
