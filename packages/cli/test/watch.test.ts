import { rmSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Io } from "../src/io.ts";
import { nodeIo } from "../src/node-io.ts";
import { run } from "../src/run.ts";

const policy = (name: string, account: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: shop }
spec: { rules: [{ from: [{ source: { serviceAccounts: [${account}] } }] }] }
`;

const suite = (name: string): string => `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: ${name} }
spec:
  mesh: ${name}-policies.yaml
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { ports: { 8080: http } } }
  tests:
  - { name: web reads, request: { from: sa/shop/web, to: "orders:8080", http: GET / }, expect: allow }
`;

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "authz-"));
  try {
    for (const name of ["a", "b"]) {
      await writeFile(join(folder, `${name}-policies.yaml`), policy(name, "web"));
      await writeFile(join(folder, `${name}-suite.yaml`), suite(name));
    }
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("runs again after each change, and says what that file broke", () =>
  inFolder(async (folder) => {
    const file = join(folder, "b-policies.yaml");
    const edits = [policy("b", "other"), "a: [", policy("b", "web")];
    const printed: string[] = [];
    const watched: (readonly string[])[] = [];
    const io: Io = {
      ...nodeIo,
      terminal: false,
      out: (text) => printed.push(text),
      err: (text) => printed.push(text.split("\n")[0] ?? ""),
      changed: async (folders) => {
        watched.push(folders);
        const edit = edits.shift();
        if (edit === undefined) return false;
        writeFileSync(file, edit);
        return true;
      },
    };
    expect(await run(["test", "--watch", folder], io)).toBe(0);
    const text = printed.join("\n").replaceAll(folder, "");
    expect(watched).toEqual([[folder], [folder], [folder], [folder]]);
    expect(text.match(/\d passed, \d failed|error [a-z/-]+|✗ .*/g)).toEqual([
      "2 passed, 0 failed",
      "✗ b: web reads",
      "1 passed, 1 failed",
      "error yaml/syntax",
      "1 passed, 0 failed",
      "2 passed, 0 failed",
    ]);
  }));

const included = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: names }
spec: { actors: { web: sa/shop/web } }
`;
const including = suite("b")
  .replace("spec:\n", "spec:\n  include: names.yaml\n")
  .replace("sa/shop/web", "web");

/** What a person does to the folder, and which suites must run again for it. */
const edits: readonly (readonly [
  what: string,
  edit: (folder: string) => void,
  again: readonly string[],
])[] = [
  ["nothing", (folder) => writeFileSync(join(folder, "notes.txt"), "x"), []],
  [
    "a policy",
    (folder) => writeFileSync(join(folder, "a-policies.yaml"), policy("a", "other")),
    ["a"],
  ],
  [
    "a policy, back",
    (folder) => writeFileSync(join(folder, "a-policies.yaml"), policy("a", "web")),
    ["a"],
  ],
  ["a suite", (folder) => writeFileSync(join(folder, "a-suite.yaml"), `${suite("a")}# b\n`), ["a"]],
  [
    "names that b includes",
    (folder) => writeFileSync(join(folder, "names.yaml"), included.replace("/web", "/x")),
    ["b"],
  ],
  ["them, back", (folder) => writeFileSync(join(folder, "names.yaml"), included), ["b"]],
  [
    "a new suite",
    (folder) => writeFileSync(join(folder, "c-suite.yaml"), suite("c").replace("c-p", "a-p")),
    ["c"],
  ],
  ["its end", (folder) => rmSync(join(folder, "c-suite.yaml")), []],
  ["a policy that breaks", (folder) => writeFileSync(join(folder, "b-policies.yaml"), "a: ["), []],
  [
    "it mended otherwise",
    (folder) => writeFileSync(join(folder, "b-policies.yaml"), policy("x", "web")),
    ["b"],
  ],
];

test("runs what a change affects, and nothing else", () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, "names.yaml"), included);
    await writeFile(join(folder, "b-suite.yaml"), including);
    const runs: string[][] = [];
    const left = [...edits];
    let asked = new Set<string>();
    const io: Io = {
      ...nodeIo,
      terminal: true,
      out: () => undefined,
      err: (text) => {
        now = /\d\/\d (\w)$/.exec(text)?.[1] ?? now;
      },
      clock: () => {
        asked.add(now);
        return 0;
      },
      changed: async () => {
        runs.push([...asked]);
        asked = new Set();
        const next = left.shift();
        if (next === undefined) return false;
        next[1](folder);
        return true;
      },
    };
    let now = "";
    await run(["test", "--watch", folder], io);
    expect(runs[0]).toEqual(["a", "b"]);
    const ran = edits.map(([what], index) => [what, runs[index + 1]]);
    expect(ran).toEqual(edits.map(([what, , again]) => [what, again]));
  }));

test("what is written while tests run is seen without another change", () =>
  inFolder(async (folder) => {
    const file = join(folder, "a-policies.yaml");
    let printed = "";
    let runs = 0;
    const io: Io = {
      ...nodeIo,
      terminal: false,
      out: (text) => {
        printed += text;
        runs += 1;
        if (runs === 1) writeFileSync(file, policy("a", "other"));
      },
      err: () => undefined,
      changed: () => Promise.resolve(runs < 2),
    };
    expect(await run(["test", "--watch", folder], io)).toBe(1);
    expect(printed.match(/\d passed, \d failed/g)).toEqual([
      "2 passed, 0 failed",
      "1 passed, 1 failed",
    ]);
  }));

test("the file system tells of what comes into a folder that was empty, and of nothing once nobody listens", () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, "empty"));
    const changed = nodeIo.changed?.([folder]);
    await writeFile(join(folder, "empty/new.yaml"), "");
    expect(await changed).toBe(true);
    const listening = new AbortController();
    const never = nodeIo.changed?.([folder, join(folder, "gone")], listening.signal);
    listening.abort();
    await writeFile(join(folder, "empty/new.yaml"), "a: 1");
    const soon = new Promise((resolve) => setTimeout(resolve, 200, "nothing"));
    expect(await Promise.race([never, soon])).toBe("nothing");
  }));

test("the file system tells of a change once, and of a new file too", () =>
  inFolder(async (folder) => {
    const changed = nodeIo.changed?.([folder]);
    await writeFile(join(folder, "new.yaml"), await readFile(join(folder, "a-suite.yaml")));
    expect(await changed).toBe(true);
  }));

test("what is written to a file that is no part of the answers is no change, such as the log of a run", () =>
  inFolder(async (folder) => {
    const [log, keys] = [join(folder, "log"), join(folder, "keys.jwks")];
    for (const path of [log, keys]) await writeFile(path, "");
    const printed: string[] = [];
    let waited = 0;
    const io: Io = {
      ...nodeIo,
      terminal: false,
      out: (text) => printed.push(text),
      err: () => undefined,
      changed: async (folders, _signal, counts) => {
        waited += 1;
        if (waited > 1) return false;
        const listening = new AbortController();
        const change = nodeIo.changed?.(folders, listening.signal, counts);
        writeFileSync(log, printed.join(""));
        const soon = new Promise((resolve) => setTimeout(resolve, 300, "nothing"));
        expect(await Promise.race([change, soon])).toBe("nothing");
        writeFileSync(keys, '{"keys": []}');
        return (await change) ?? false;
      },
    };
    const withKeys = suite("b").replace("spec:\n", "spec:\n  keys: { idp: keys.jwks }\n");
    await writeFile(join(folder, "b-suite.yaml"), withKeys);
    await run(["test", "--watch", folder], io);
    expect(waited).toBe(2);
  }));

test.each(["--shard=1/2", "--bail", "--update-snapshots"])(
  "--watch does not go with %s",
  async (flag) => {
    const told: string[] = [];
    const io: Io = { ...nodeIo, err: (text) => told.push(text) };
    expect(await run(["test", "--watch", flag], io)).toBe(2);
    expect(told.join("")).toContain("not both");
  },
);

test("on a terminal a line says which suite runs, and is gone when they have", () =>
  inFolder(async (folder) => {
    const told: string[] = [];
    const io: Io = {
      ...nodeIo,
      terminal: true,
      out: () => undefined,
      err: (text) => told.push(text),
    };
    expect(await run(["test", folder], io)).toBe(0);
    expect(told.join("").split("\r\u001b[K")).toEqual(["", "1/2 a", "2/2 b", ""]);
  }));
