import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Disk } from "./disk.ts";

/** The files of this machine. Hidden folders and node_modules are not entered. */
export const nodeDisk: Disk = { read: (path) => readFile(path, "utf8"), list };

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

function isVisible(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}
