import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { eachLine } from "../src/replay/lines.ts";
import { count, type Group, group, otherGroups } from "../src/replay/tally.ts";

const folder = mkdtempSync(join(tmpdir(), "lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chunk = Buffer.alloc(1 << 20);

/** Gives the lines of a file with a text, read in stretches. */
function linesOf(text: string): (cuts: readonly number[]) => readonly string[] {
  const path = join(folder, "log");
  writeFileSync(path, text);
  const size = Buffer.byteLength(text);
  return (cuts) => {
    const file = openSync(path, "r");
    const lines: string[] = [];
    const tooLong = (): unknown => lines.push("too long");
    const taker = { line: (line: string) => lines.push(line), tooLong };
    for (const [index, from] of [0, ...cuts].entries())
      eachLine(file, { from, to: cuts[index] ?? size }, taker, chunk);
    closeSync(file);
    return lines;
  };
}

test.each([
  ["a\nbb\n\nccc\n", ["a", "bb", "", "ccc"]],
  ["a\nbb", ["a", "bb"]],
  ["ä\r\nb\n", ["ä", "b"]],
  ["\ufeffa\r\n\ufeff\nb\n", ["a", "", "b"]],
  ["", []],
])("%j has the same lines wherever it is cut", (text, wanted) => {
  const size = Buffer.byteLength(text);
  const linesIn = linesOf(text);
  expect(linesIn([])).toEqual(wanted);
  for (let first = 0; first <= size; first += 1)
    for (let second = first; second <= size; second += 1)
      expect([first, second, linesIn([first, second])]).toEqual([first, second, wanted]);
});

test("lines longer than a chunk are read whole, and belong to one stretch", () => {
  const long = "x".repeat(3_000_000);
  const linesIn = linesOf(`a\n${long}\nb\n`);
  for (const cut of [1, 2, 3, 1_048_576, 2_999_999, 3_000_002, 3_000_003])
    expect([cut, linesIn([cut]).map(({ length }) => length)]).toEqual([cut, [1, 3_000_000, 1]]);
});

test("a line of more than 16 MiB is passed over, and the others are read", () => {
  const linesIn = linesOf(`a\n${"x".repeat(17 * 2 ** 20)}\nb\n`);
  for (const cut of [1, 5_000_000])
    expect([cut, linesIn([cut])]).toEqual([cut, ["a", "too long", "b"]]);
});

test("of groups the first example is kept, whichever part of the log came to an end first", () => {
  const groups = new Map<string, Group>();
  for (const piece of [5, 2, 7])
    group(groups, "a", { weight: 1, example: `of piece ${piece}`, piece });
  expect(groups.get("a")).toEqual({ weight: 3, example: "of piece 2", piece: 2 });
});

test("so many groups are told apart, then no more", () => {
  const counts = new Map<string, number>();
  const groups = new Map<string, Group>();
  for (let at = 0; at < 10_100; at += 1) {
    count(counts, `${at}`, 1);
    group(groups, `${at}`, { weight: 2, example: "", piece: 0 });
  }
  expect([counts.get(otherGroups), groups.get(otherGroups)?.weight]).toEqual([100, 200]);
});
