import { isUtf8 } from "node:buffer";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "./disk.ts";

/** The files of this machine. Hidden folders and node_modules are not entered. */
export const nodeDisk: Disk = { read, list };

/** What took the place of bytes that are no text would be a value: they are an error, as of the operating system. */
async function read(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const told = { code: "EILSEQ", syscall: "read", path };
  throw Object.assign(new Error(`${path}: this is no text in UTF-8`), told);
}

async function list(path: string): Promise<readonly string[] | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? filesBelow(path, new Set()) : [path];
}

/** A link to a folder is entered, unless it leads back to where it is. */
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

/** Whether a folder is entered, or a file taken, by its name. */
export function isVisible(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}
