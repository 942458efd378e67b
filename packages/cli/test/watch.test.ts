import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
        await writeFile(file, edit);
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
      "error load/nothing",
      "1 passed, 0 failed",
      "2 passed, 0 failed",
    ]);
  }));

test("the file system tells of a change once, and of a new file too", () =>
  inFolder(async (folder) => {
    const changed = nodeIo.changed?.([folder]);
    await writeFile(join(folder, "new.yaml"), await readFile(join(folder, "a-suite.yaml")));
    expect(await changed).toBe(true);
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
