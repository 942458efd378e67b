import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
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
  for (const made of [bundle, join(folder, "home"), join(folder, "tmp")])
    rmSync(made, { recursive: true, force: true });
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

/** With an environment of its own, such that nothing is kept at home. */
const env = { PATH: process.env["PATH"], HOME: join(folder, "home") };

function authz(...args: readonly string[]): string {
  return spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", env }).stdout;
}

/** What is kept in a folder, by the file and the command that it is for. */
const caches = (kept = bundle): readonly string[] =>
  readdirSync(kept)
    .filter((name) => name.endsWith(".cache"))
    .map((name) => name.split(".").slice(0, 3).join("."));

const cacheOf = (name: string): string =>
  join(bundle, readdirSync(bundle).find((each) => each.startsWith(`${name}.`)) ?? "");

test("the version is printed without the bundle", () => {
  rmSync(bundle, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(authz("--version")).toBe(`authz ${version}\n`);
});

test("what V8 made of a file that was read is kept, and not made again", () => {
  expect(authz("other")).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.other", "other.cjs.other"]);
  const { mtimeMs } = statSync(cacheOf("authz.cjs.other"));
  expect(authz("other")).toBe("first\n");
  expect(statSync(cacheOf("authz.cjs.other")).mtimeMs).toBe(mtimeMs);
});

test("it is kept for each command, since each runs something else of a file", () => {
  for (const args of [[], ["other"], ["another"], ["other", "--help"], ["../x"]]) authz(...args);
  expect(caches().filter((name) => name.startsWith("authz"))).toEqual([
    "authz.cjs.another",
    "authz.cjs.help",
    "authz.cjs.other",
  ]);
});

test("several versions or flags of node keep it beside each other", () => {
  const withFlags = (...flags: readonly string[]): string =>
    spawnSync(process.execPath, [...flags, bin], { encoding: "utf8", env }).stdout;
  for (const flags of [[], ["--no-opt"], [], ["--no-opt"]])
    expect(withFlags(...flags)).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.help", "authz.cjs.help"]);
});

test("of many only the newest are kept", () => {
  for (const at of [1, 2, 3, 4, 5, 6]) {
    writeMain(`012345678901234${at}`, "first");
    authz();
  }
  expect(caches()).toHaveLength(4);
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
])("%s in place of what was kept is replaced", (_, text) => {
  authz();
  const path = cacheOf("authz.cjs.help");
  writeFileSync(path, text);
  expect(authz()).toBe("first\n");
  expect(readFileSync(path).length).not.toBe(text.length);
  expect(authz()).toBe("first\n");
});

test("where the disk is full, the answer is the same and nothing stays behind", () => {
  const full = 'ulimit -f 0; exec "$0" "$@"';
  const { stdout } = spawnSync("sh", ["-c", full, process.execPath, bin, "other"], {
    encoding: "utf8",
    env: { ...env, TMPDIR: join(folder, "tmp") },
  });
  expect(stdout).toBe("first\n");
  const left = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(left.filter((name) => name.includes(".cache."))).toEqual([]);
});

/** The bundle as it is where nobody may write: whoever runs the tests may be root, who may write everywhere. */
function blockBundle(): void {
  authz();
  const path = cacheOf("authz.cjs.help");
  rmSync(path);
  mkdirSync(path);
}

test("where the package cannot be written, it is kept in the user's folder for such things", () => {
  blockBundle();
  expect(authz()).toBe("first\n");
  expect(caches(join(folder, "home/.cache/authz"))).toEqual(["authz.cjs.help"]);
  expect(statSync(join(folder, "home/.cache/authz")).mode & 0o77).toBe(0);
  expect(authz()).toBe("first\n");
});

test("without a home it is kept in a folder for temporary files, which is the user's alone", () => {
  blockBundle();
  const own = join(folder, "tmp", `authz-${process.getuid?.()}`);
  const start = (): string =>
    spawnSync(process.execPath, [bin], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: "", TMPDIR: join(folder, "tmp") },
    }).stdout;
  mkdirSync(own, { recursive: true, mode: 0o777 });
  chmodSync(own, 0o777); // anyone could have put something there
  expect(start()).toBe("first\n");
  expect(caches(own)).toEqual([]);
  chmodSync(own, 0o700);
  expect(start()).toBe("first\n");
  expect(caches(own)).toEqual(["authz.cjs.help"]);
  expect(start()).toBe("first\n");
});

test("nothing is kept, and nothing wrong, where nothing can be written", () => {
  blockBundle();
  writeFileSync(join(folder, "file"), "");
  const nowhere = join(folder, "file");
  const { stdout, stderr } = spawnSync(process.execPath, [bin], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: nowhere, TMPDIR: nowhere },
  });
  expect([stdout, stderr]).toEqual(["first\n", ""]);
});

test("several may start at once", async () => {
  const outputs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { stdout } = spawn(process.execPath, [bin, "other"], { env });
      return (await stdout.toArray()).join("");
    }),
  );
  expect(outputs).toEqual(Array(4).fill("first\n"));
  expect(authz("other")).toBe("first\n");
  expect(caches()).toEqual(["authz.cjs.other", "other.cjs.other"]);
});

test("a first start says nothing of how many files it keeps", () => {
  const names = Array.from({ length: 12 }, (_, at) => `part${at}.cjs`);
  for (const name of names)
    writeFileSync(join(bundle, name), asFile("0123456789abcdef", "exports.part=1;"));
  const code = `exports.start=()=>${JSON.stringify(names)}.forEach((name)=>require("./"+name));`;
  writeFileSync(join(bundle, "authz.cjs"), asFile("0123456789abcdef", code));
  expect(spawnSync(process.execPath, [bin], { encoding: "utf8", env }).stderr).toBe("");
  expect(caches()).toHaveLength(13);
});

test("V8 is told to wait with fast code where it knows how, and never complains of a flag; the webhook is left alone", () => {
  const flags = ["interrupt-budget", "invocation-count-for-turbofan", "semi-space-growth-factor"];
  const code = `exports.start=()=>console.log(v8Told)`;
  writeFileSync(join(bundle, "authz.cjs"), asFile("0123456789abcdef", code));
  const watch = join(folder, "watch.cjs");
  writeFileSync(
    watch,
    'const v8=require("node:v8"),set=v8.setFlagsFromString;globalThis.v8Told="";v8.setFlagsFromString=(flag)=>{globalThis.v8Told+=flag;set(flag)};',
  );
  const told = (command: string) =>
    spawnSync(process.execPath, ["--require", watch, bin, command], { encoding: "utf8", env });
  const { stdout, stderr } = told("check");
  expect(stderr).toBe("");
  const [major] = process.versions.node.split(".");
  const knows = major === "20" || major === "22";
  expect(flags.filter((flag) => stdout.includes(`--${flag}=`))).toHaveLength(knows ? 2 : 0);
  expect(told("serve").stdout).not.toContain("--");
});
