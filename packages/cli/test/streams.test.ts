import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { outputTo } from "../src/streams.ts";

const folder = mkdtempSync(join(tmpdir(), "streams-"));
afterAll(() => rmSync(folder, { recursive: true }));

function neverAsked(): never {
  throw new Error("the stream is not needed");
}

test("a short answer is written without the stream", () => {
  const path = join(folder, "short");
  const file = openSync(path, "w");
  const { write } = outputTo(file, neverAsked);
  write("one ✓\n");
  write("two\n");
  closeSync(file);
  expect(readFileSync(path, "utf8")).toBe("one ✓\ntwo\n");
});

test("what is long goes through the stream, and so does what follows", async () => {
  const path = join(folder, "long");
  const file = openSync(path, "w");
  const stream = new PassThrough({ highWaterMark: 1 });
  const { write, drained } = outputTo(file, () => stream);
  write("short\n");
  write("x".repeat(40_000));
  write("short\n");
  const before = drained();
  const rest = text(stream);
  await before;
  stream.end();
  closeSync(file);
  expect(readFileSync(path, "utf8") + (await rest)).toBe(`short\n${"x".repeat(40_000)}short\n`);
});

test("what a full pipe does not take goes through the stream", () => {
  const path = join(folder, "pipe");
  spawnSync("mkfifo", [path]);
  const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  fill(pipe);
  const stream = new PassThrough();
  outputTo(pipe, () => stream).write("lost?\n");
  closeSync(pipe);
  expect(stream.read().toString()).toBe("lost?\n");
});

function fill(pipe: number): void {
  const bytes = Buffer.alloc(4096);
  try {
    for (;;) writeSync(pipe, bytes);
  } catch {
    // it is full
  }
}

test("a reader that went away is outlived, at once and later", () => {
  const path = join(folder, "gone");
  spawnSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const pipe = openSync(path, constants.O_WRONLY);
  closeSync(reader);
  const { write } = outputTo(pipe, neverAsked);
  write("nobody\n");
  write("x".repeat(40_000));
  closeSync(pipe);
  const stream = new PassThrough();
  outputTo(-1, () => stream).write("x".repeat(40_000));
  expect(() =>
    stream.emit("error", Object.assign(new Error("gone"), { code: "EPIPE" })),
  ).not.toThrow();
});

test.skipIf(!existsSync("/dev/full"))("where nothing can be written no answer is claimed", () => {
  const program = `
    import { outputTo } from ${JSON.stringify(new URL("../dist/streams.js", import.meta.url).href)};
    outputTo(1, () => process.stdout).write("x".repeat(100_000));
    process.exitCode = 0;`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { stdio: ["ignore", openSync("/dev/full", "w"), "pipe"], encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "authz: the answer could not be written: ENOSPC: no space left on device, write\n",
  });
});

test.skipIf(!existsSync("/dev/full"))("what is said beside the answer may be lost", () => {
  const program = `
    import { nodeIo } from ${JSON.stringify(new URL("../dist/node-io.js", import.meta.url).href)};
    for (let count = 0; count < 3; count += 1) nodeIo.err("x".repeat(50_000));
    nodeIo.out("the answer");
  `;
  const full = openSync("/dev/full", "w");
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { encoding: "utf8", stdio: ["ignore", "pipe", full] },
  );
  closeSync(full);
  expect([stdout, status]).toEqual(["the answer", 0]);
});

test("a linked package finds what it depends on, also where the answer goes into a pipe", () => {
  const [real, linked] = [join(folder, "store/real"), join(folder, "node_modules/linked")];
  for (const made of [real, join(folder, "node_modules")]) mkdirSync(made, { recursive: true });
  writeFileSync(join(real, "package.json"), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(join(real, "index.js"), "export const { url } = import.meta;");
  symlinkSync(real, linked);
  const streams = new URL("../dist/streams.js", import.meta.url).href;
  const program = `
    import { terminalOf } from ${JSON.stringify(streams)};
    terminalOf(1, () => process.stdout);
    console.log((await import("linked")).url);
  `;
  writeFileSync(join(folder, "main.mjs"), program);
  const args = [join(folder, "main.mjs")];
  expect(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout).toContain("/store/real/");
});
