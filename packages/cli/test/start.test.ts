import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "start-"));
const bin = join(folder, "bin/authz.cjs");
const bundle = join(folder, "dist/bundle");
afterAll(() => rmSync(folder, { recursive: true }));

/** A command that prints a word; its second file is only read when somebody asks. */
beforeEach(() => {
  rmSync(bundle, { recursive: true, force: true });
  mkdirSync(bundle, { recursive: true });
  cpSync(join(import.meta.dirname, "../bin"), join(folder, "bin"), { recursive: true });
  cpSync(join(import.meta.dirname, "../package.json"), join(folder, "package.json"));
  writeMain("0123456789abcdef", "first");
  writeFileSync(
    join(bundle, "other.cjs"),
    asFile("0123456789abcdef", 'const main=require("./authz.cjs");exports.other=()=>main.word;'),
  );
});

function writeMain(mark: string, word: string): void {
  const code = `exports.word="${word}";exports.start=()=>console.log(process.argv[2]?require("./other.cjs").other():"${word}");`;
  writeFileSync(join(bundle, "authz.cjs"), asFile(mark, code));
}

function asFile(mark: string, code: string): string {
  return `/*${mark}*/(function(exports,require,module,__filename){${code}\n})`;
}

function authz(...args: readonly string[]): string {
  return spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" }).stdout;
}

const caches = (): readonly string[] =>
  readdirSync(bundle).filter((name) => name.includes(".cache"));

test("the version is printed without the bundle", () => {
  rmSync(bundle, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(authz("--version")).toBe(`authz ${version}\n`);
});

test("what V8 made of a file that was read is kept, and not made again", () => {
  expect(authz()).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.cache"]);
  const { mtimeMs } = statSync(join(bundle, "authz.cjs.cache"));
  expect(authz("other")).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.cache", "other.cjs.cache"]);
  expect(statSync(join(bundle, "authz.cjs.cache")).mtimeMs).toBe(mtimeMs);
});

test("what was kept of another text of the same length is not taken for this one's", () => {
  authz();
  writeMain("fedcba9876543210", "other");
  expect(authz()).toBe("other\n");
  expect(authz()).toBe("other\n");
});

test.each([
  ["nothing", ""],
  ["something else", "x".repeat(500)],
  ["something else with the right end", `${"x".repeat(500)}/*0123456789abcdef*/`],
])("%s in place of what was kept is replaced", (_, text) => {
  const path = join(bundle, "authz.cjs.cache");
  writeFileSync(path, text);
  expect(authz()).toBe("first\n");
  expect(readFileSync(path).length).not.toBe(text.length);
  expect(authz()).toBe("first\n");
});

test("nothing is kept, and nothing wrong, where nothing can be written", () => {
  mkdirSync(join(bundle, "authz.cjs.cache"));
  expect(authz()).toBe("first\n");
  expect(readdirSync(bundle)).toEqual(["authz.cjs", "authz.cjs.cache", "other.cjs"]);
});

test("several may start at once", async () => {
  const outputs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { stdout } = spawn(process.execPath, [bin, "other"]);
      return (await stdout.toArray()).join("");
    }),
  );
  expect(outputs).toEqual(Array(4).fill("first\n"));
  expect(authz("other")).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.cache", "other.cjs.cache"]);
});

test("a first start says nothing of how many files it keeps", () => {
  const names = Array.from({ length: 12 }, (_, at) => `part${at}.cjs`);
  for (const name of names)
    writeFileSync(join(bundle, name), asFile("0123456789abcdef", "exports.part=1;"));
  const code = `exports.start=()=>${JSON.stringify(names)}.forEach((name)=>require("./"+name));`;
  writeFileSync(join(bundle, "authz.cjs"), asFile("0123456789abcdef", code));
  expect(spawnSync(process.execPath, [bin], { encoding: "utf8" }).stderr).toBe("");
  expect(caches()).toHaveLength(13);
});
