import { expect, test } from "vitest";
import { arena } from "../src/envoy/index/arena.ts";
import { cutsOf, numberAt, putRow, rowLength } from "../src/envoy/index/rows.ts";
import { list, random } from "./drawn-rules.ts";

test.each([
  ["few ranks of few", 5, 20, 1],
  ["few ranks of many", 5, 20_000, 1],
  ["ranks next to each other", 8, 3000, 4],
  ["more than have a place each", 60, 20_000, 1],
  ["one wide range of many", 1, 20_000, 4000],
  ["wide ranges of many", 5, 20_000, 4000],
])("a row has the number of every rank: %s", (_, count, size, widest) => {
  const pick = random(11);
  for (let round = 0; round < 20; round += 1) {
    const ranges = list(count, () => {
      const low = pick(size);
      return { low, high: Math.min(size, low + 1 + pick(widest)) };
    });
    const cuts = cutsOf(ranges).filter((cut) => cut < size);
    const numbers = cuts.map((cut) =>
      ranges.findIndex(({ low, high }) => cut >= low && cut < high),
    );
    const cells = arena();
    cells.putAll([7, 7, 7]);
    putRow(cells, { cuts, numbers, size });
    const head = cells.cells()[3] ?? 0;
    expect(rowLength(head)).toBe(cells.length() - 3);
    const wanted = Array.from({ length: size }, (__, rank) =>
      ranges.some(({ low, high }) => rank >= low && rank < high)
        ? ranges.findIndex(({ low, high }) => rank >= low && rank < high)
        : -1,
    );
    const found = wanted.map((__, rank) => numberAt(cells.cells(), 3, head, rank));
    expect(found).toEqual(wanted);
  }
});
