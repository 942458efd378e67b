import { isUtf8 } from "node:buffer";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { Disk } from "./disk.ts";

/** The files of this machine. Hidden folders and node_modules are not entered. */
export const nodeDisk: Disk = { read, list };

async function read(path: string): Promise<string> {
  return textOf(await fs.readFile(path), path);
}

/** What took the place of bytes that are no text would be a value: they are an error, as of the operating system. */
export function textOf(bytes: Buffer, path: string): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const told = { code: "EILSEQ", syscall: "read", path };
  throw Object.assign(new Error(`${path}: this is no text in UTF-8`), told);
}

async function list(path: string): Promise<readonly string[] | undefined> {
  const found = await fs.stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? filesBelow(path, new Set()) : [path];
}

/** A link to a folder is entered, unless it leads back to where it is. */
async function filesBelow(folder: string, above: ReadonlySet<string>): Promise<readonly string[]> {
  const real = await fs.realpath(folder);
  if (above.has(real)) return [];
  const entries = (await fs.readdir(folder)).filter(isVisible).toSorted();
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry);
    const below = (await fs.stat(path).catch(() => undefined))?.isDirectory();
    files.push(...(below ? await filesBelow(path, new Set([...above, real])) : [path]));
  }
  return files;
}

/** Whether a folder is entered, or a file taken, by its name. */
export function isVisible(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}
