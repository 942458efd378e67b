import fc from "fast-check";
import { expect, test } from "vitest";
import { numberCounts } from "../src/replay/number-counts.ts";

test("numbers are counted as a Map counts them, however large they are, and each is told once", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(5000))), (times) => {
      const counts = numberCounts();
      for (const numbers of times) {
        const wanted = new Map<number, number>();
        for (const number of numbers) {
          counts.add(number);
          wanted.set(number, (wanted.get(number) ?? 0) + 1);
        }
        expect(new Map(counts.take())).toEqual(wanted);
      }
    }),
  );
});
