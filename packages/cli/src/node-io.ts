import { isUtf8 } from "node:buffer";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, watch } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isVisible, nodeDisk } from "@meshproof/testkit/files";
import type { Io } from "./io.ts";

/** The process and its files. */
export const nodeIo: Io = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  ...nodeDisk,
  stdin: readStdin,
  chunks: () => process.stdin,
  drained,
  write: (path, text) => writeFile(path, text),
  git,
  now: Date.now,
  clock: () => performance.now(),
  terminal: process.stderr.isTTY === true,
  changed,
  env: (name) => process.env[name],
  ci: !["", "0", "false"].includes(process.env["CI"] ?? ""),
  ...(process.stdout.isTTY === true ? { columns: process.stdout.columns } : {}),
  colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
};

function drained(): Promise<void> {
  if (!process.stdout.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => process.stdout.once("drain", resolve));
}

/** A reader that goes away has seen enough (`authz test | head`); the exit code is still the answer. */
export function outliveReaders(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}

function git(args: readonly string[], input = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { encoding: "buffer", maxBuffer: 2 ** 30 } as const;
    const child = execFile("git", args, options, (error, out, complaint) => {
      if (error === null) resolve(out);
      else reject(new Error(complaint.toString("utf8").trim() || error.message));
    });
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/** An editor writes a file in several steps: what comes together counts once. */
const settled = 40;

/** A folder that is made in one of them, and what comes into it, is a change too. */
function changed(folders: readonly string[], signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    };
    const settle = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        stop();
        resolve(true);
      }, settled);
    };
    const watchers = withFoldersIn(folders).map((folder) =>
      watch(folder, settle).on("error", (error) => {
        stop();
        reject(error);
      }),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Folders that are there, and those that stand in them. */
function withFoldersIn(folders: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const folder of folders.filter((each) => existsSync(each))) {
    found.add(folder);
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && isVisible(entry.name)) found.add(join(folder, entry.name));
  }
  return [...found];
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const told = { code: "EILSEQ", syscall: "read", path: "<stdin>" };
  throw Object.assign(new Error("<stdin>: this is no text in UTF-8"), told);
}
