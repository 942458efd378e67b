import { expect, test } from "vitest";
import { oneLine } from "../src/diagnostic.ts";
import { list, random } from "./drawn-rules.ts";

test.each([
  ["a line", "a  line\nand another\u0007 ", "a line and another"],
  ["a tab", "\ta", "a"],
  ["a space that is none of ASCII", "a\u00a0b", "a b"],
  ["a long quote", `x \`${"a".repeat(90)}\` y`, `x \`${"a".repeat(80)}...\` y`],
  ["a quote that just fits", `\`${"a".repeat(80)}\``, `\`${"a".repeat(80)}\``],
  [
    "what stands between two quotes",
    `\`a\` ${"b".repeat(90)} \`c\``,
    `\`a\` ${"b".repeat(90)} \`c\``,
  ],
  [
    "a long quote with a backtick in it",
    `\`a\`${"b".repeat(900)}\` is wrong`,
    `\`a\`${"b".repeat(400)}...\` is wrong`,
  ],
  ["nothing", "", ""],
])("%s is shown on one line, not at length", (_, text, wanted) => {
  expect(oneLine(text)).toBe(wanted);
});

/** What is unusual or not is treated alike: quotes are the first and the second backtick, the third and the fourth, and so on. */
function everyTime(text: string): string {
  const spaced = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return spaced.replace(/`([^`]*)`/g, (all, quoted: string) =>
    quoted.length > 80 ? `\`${quoted.slice(0, 80)}...\`` : all,
  );
}

test("what needs no change is given back, and only that", () => {
  const pick = random(11);
  const parts = ["a", "b c", " ", "  ", "\n", "`", "`", "é", "\u007f", "x".repeat(40), "~!"];
  let unchanged = 0;
  for (let count = 0; count < 20_000; count += 1) {
    const text = list(pick(9), () => parts[pick(parts.length)] ?? "").join("");
    expect(oneLine(text)).toBe(everyTime(text));
    if (oneLine(text) === text) unchanged += 1;
  }
  expect(unchanged).toBeGreaterThan(1000);
});
