import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { authz } from "./program.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/analysis.md"), "utf8");
const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)];

/** The files of the page: each begins with its name. */
const files = Object.fromEntries(
  blocks.flatMap(([, language, body = ""]) => {
    const [, name] = /^# (\S+\.yaml)\n/.exec(body) ?? [];
    return language === "yaml" && name !== undefined ? [[name, body]] : [];
  }),
);

const consoles = blocks.flatMap(([, language, body = ""]) => {
  const [, line = "", printed = ""] = /^\$ authz (.*)\n([\s\S]*)$/.exec(body) ?? [];
  return language === "console" ? [[line, printed] as const] : [];
});

test.each(consoles)("docs/analysis.md: authz %s", async (line, printed) => {
  const { out } = await authz(files, ...line.split(" "));
  expect(out).toBe(printed);
});

test("docs/analysis.md shows a hole in a public policy, and a journey", () => {
  expect(consoles).toHaveLength(2);
});
