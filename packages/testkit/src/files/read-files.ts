import { dirname, join, normalize } from "node:path";
import type { Access, Disk, Reader } from "./disk.ts";

/** One file with its text. */
export interface File {
  readonly path: string;
  readonly text: string;
}

/** What a pattern stands for. `missing`: no file is there. */
export interface Found {
  readonly files: readonly File[];
  readonly missing: readonly string[]; // the patterns that led to no file
}

/** The name under which what came from stdin is shown. */
export const stdinName = "<stdin>";

/** A reader of files; `-` is stdin. */
export function readerOf(io: Disk): Reader {
  const texts = new Map<string, string>();
  const text = async (path: string): Promise<string> => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const read = path === stdinName ? await io.stdin?.() : await io.read(path);
    if (read === undefined) throw new TypeError("this disk has no stdin");
    texts.set(path, read);
    return read;
  };
  return { texts, text };
}

/** The YAML and JSON files that patterns stand for: files, folders, globs, `-`; relative to a folder. No file comes twice. */
export async function readFiles(
  patterns: readonly string[],
  folder: string,
  { io, reader }: Access,
): Promise<Found> {
  const paths = new Set<string>();
  const missing: string[] = [];
  for (const pattern of patterns) {
    const found = await expand(pattern, folder, io);
    if (found.length === 0) missing.push(pattern);
    for (const path of found) paths.add(path);
  }
  const files: File[] = [];
  for (const path of paths) files.push({ path, text: await reader.text(path) });
  return { files, missing };
}

async function expand(pattern: string, folder: string, io: Disk): Promise<readonly string[]> {
  if (pattern === "-") return [stdinName];
  if (pattern === "") return []; // a variable that nobody set; as a path it would be this folder
  const path = within(folder, pattern);
  const listed = await io.list(path);
  if (listed !== undefined) return isItself(listed, path) ? listed : listed.filter(isData);
  const { filesOfGlob } = await import("./glob.ts"); // most patterns are paths
  return (await filesOfGlob(path, io)).filter(isData);
}

/** A path as seen from a folder. */
export function within(folder: string, path: string): string {
  return path.startsWith("/") ? path : normalize(join(folder, path));
}

/** The folder of a file. */
export function folderOf(path: string): string {
  return path === stdinName ? "." : dirname(path);
}

function isItself(listed: readonly string[], path: string): boolean {
  return listed.length === 1 && normalize(listed[0] ?? "") === normalize(path);
}

/** Whether a file of a folder is read. */
export function isData(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}
