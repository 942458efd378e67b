import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeIo } from "../src/node-io.ts";

test("files are found however deep, links are followed once, hidden folders are not entered", async () => {
  const folder = await mkdtemp(join(tmpdir(), "authz-"));
  try {
    await mkdir(join(folder, "a/b"), { recursive: true });
    await mkdir(join(folder, ".git"));
    await writeFile(join(folder, "a/b/c.yaml"), "");
    await writeFile(join(folder, ".git/d.yaml"), "");
    await symlink(folder, join(folder, "a/loop"));
    await symlink(join(folder, "a/b"), join(folder, "linked"));
    const found = await nodeIo.list(folder);
    expect(found?.map((path) => path.slice(folder.length + 1))).toEqual([
      "a/b/c.yaml",
      "linked/c.yaml",
    ]);
    expect(await nodeIo.list(join(folder, "a/b/c.yaml"))).toEqual([join(folder, "a/b/c.yaml")]);
    expect(await nodeIo.list(join(folder, "nowhere"))).toBeUndefined();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("bytes that are no UTF-8 are no text", async () => {
  const folder = await mkdtemp(join(tmpdir(), "authz-"));
  const path = join(folder, "a.yaml");
  try {
    await writeFile(path, Buffer.from("name: caf\xe9", "latin1"));
    const error = { code: "EILSEQ", path, message: `${path}: this is no text in UTF-8` };
    await expect(nodeIo.read(path)).rejects.toMatchObject(error);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ["-", "authz: nothing came on stdin: did what writes to it fail?\n"],
  ["", "authz: no file at ``\n  = authz check --help\n"],
])("a mesh of %j that holds nothing is no mesh", (path, told) => {
  const program = join(import.meta.dirname, "../dist/main.js");
  const args = [program, "check", "-f", path, "--to", "ns/shop,app=orders:80"];
  const { status, stderr } = spawnSync(process.execPath, args, { input: "\n", encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 2, stderr: told });
});
