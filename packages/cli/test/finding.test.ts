import { diagnose } from "@meshproof/engine";
import { expect, test } from "vitest";
import { formatFinding } from "../src/format/finding.ts";

function shown(text: string, start: number, end: number, file = "a"): readonly string[] {
  const finding = diagnose("yaml/syntax", "no", { file, start, end });
  return formatFinding(finding, { texts: new Map([[file, text]]) }).split("\n");
}

test("the place is marked in its line, below tabs as wide", () => {
  expect(shown("x\n\ta: b\r\n", 6, 7)).toEqual([
    "a:2:5: error yaml/syntax: no",
    "2 | \ta: b",
    "  | \t   ^",
    "",
  ]);
});

test.each([
  ["at its start", 0, `${"x".repeat(140)}…`, 0],
  ["within", 5000, `…${"x".repeat(200)}…`, 61],
  ["at its end", 9999, `…${"x".repeat(61)}`, 61],
])("of a long line the surroundings of the place are shown: %s", (_, at, source, before) => {
  const [, line, caret] = shown("x".repeat(10_000), at, at + 1);
  expect([line, caret]).toEqual([`1 | ${source}`, `  | ${" ".repeat(before)}^`]);
});

test("what would move a terminal's cursor is shown as a dot", () => {
  expect(shown("a: \u001b[31m", 0, 1)[1]).toBe("1 | a: ·[31m");
  expect(shown("a: b", 0, 1, "x\n::error ::\u001b[31m.yaml")[0]).toBe(
    "x·::error ::·[31m.yaml:1:1: error yaml/syntax: no",
  );
});
