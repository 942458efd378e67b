import { join } from "node:path";
import { expect, test } from "vitest";
import { checks } from "../src/lint/checks.ts";
import { diagnosticsPage } from "./lint-page.ts";

const page = join(import.meta.dirname, "../../../docs/diagnostics.md");

test("docs/diagnostics.md is what the table and its examples make", async () => {
  await expect(diagnosticsPage()).toMatchFileSnapshot(page);
});

test("every code of another tool is placed on the page", () => {
  const text = diagnosticsPage();
  const theirs = [...new Set(checks.flatMap(({ like = [] }) => like))];
  const table = text.slice(text.indexOf("## What other tools say"));
  const ranges = [...table.matchAll(/KIA(\d+) to KIA(\d+)/g)].map(([, from, to]) => [
    Number(from),
    Number(to),
  ]);
  const isPlaced = (code: string): boolean =>
    table.includes(code) ||
    ranges.some(([from = 0, to = 0]) => {
      const number = Number(code.slice(3));
      return code.startsWith("KIA") && from <= number && number <= to;
    });
  expect(theirs.filter((code) => !isPlaced(code))).toEqual([]);
});

test.each(checks)("$code is described in whole sentences", ({ title, why }) => {
  expect(title).toMatch(/^\S.*[^.]$/);
  expect(why).toMatch(/^\S.*\.\)?$/);
});
