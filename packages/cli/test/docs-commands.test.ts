import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCommands } from "../src/commands.ts";
import { shellWords } from "../src/curl/split.ts";
import { parseFlags } from "../src/flags.ts";

const root = join(import.meta.dirname, "../../..");
const pages: readonly string[] = [
  "README.md",
  ...["engine", "testkit", "cli"].map((name) => `packages/${name}/README.md`),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Command lines of `authz` in blocks and in the text, up to a comment or another program. Synopses and words in capitals stand for others. */
function commandLines(page: string): readonly string[] {
  const text = readFileSync(join(root, page), "utf8");
  const written = text.matchAll(/(?:^|[\s`'(])authz ([a-z-]+(?: [^`\n]*)?)/gm);
  return [...written]
    .map(([, line = ""]) => line.replace(/ (?:#|\||>|<|&&|\d+ <<).*$|\.\.\.|'$/g, "").trim())
    .filter((line) => !/\[|\{|: /.test(line.replace(/'[^']*'|"[^"]*"/g, "")));
}

const lines = pages.flatMap((page) => commandLines(page).map((line) => ({ page, line })));

test.each(lines)("$page: authz $line", async ({ line }) => {
  const read = shellWords(line.replaceAll("$", ""));
  const [name = "", ...args] = "words" in read ? read.words : [];
  const commands = await loadCommands();
  expect(Object.keys(commands)).toContain(name);
  expect(parseFlags(args, commands[name]?.flags ?? {})).not.toHaveProperty("misuse");
});
