import { watch } from "node:fs";
import { readdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Io } from "./io.ts";

/** The process and its files. */
export const nodeIo: Io = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  read: (path) => readFile(path, "utf8"),
  stdin: readStdin,
  list,
  write: (path, text) => writeFile(path, text),
  now: Date.now,
  terminal: process.stderr.isTTY === true,
  changed,
  ci: !["", "0", "false"].includes(process.env["CI"] ?? ""),
  colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
};

/** An editor writes a file in several steps: what comes together counts once. */
const settled = 40;

function changed(folders: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      for (const watcher of watchers) watcher.close();
    };
    const watchers = folders.map((folder) =>
      watch(folder, () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          stop();
          resolve(true);
        }, settled);
      }).on("error", (error) => {
        stop();
        reject(error);
      }),
    );
  });
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function list(path: string): Promise<readonly string[] | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? filesBelow(path, new Set()) : [path];
}

/** Hidden folders and node_modules are not entered. A link to a folder is, unless it leads back to where it is. */
async function filesBelow(folder: string, above: ReadonlySet<string>): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (above.has(real)) return [];
  const entries = (await readdir(folder)).filter(isVisible).toSorted();
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry);
    const below = (await stat(path).catch(() => undefined))?.isDirectory();
    files.push(...(below ? await filesBelow(path, new Set([...above, real])) : [path]));
  }
  return files;
}

function isVisible(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}
