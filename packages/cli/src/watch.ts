import { normalize } from "node:path";
import type { SuiteResult } from "@meshproof/testkit";
import { folderOf, isData, type Reader, stdinName } from "@meshproof/testkit/files";
import type { Io } from "./io.ts";

/** What suites came to when they last ran, by what they were made of: what did not change need not run again. */
export type Memory = Map<string, { readonly made: string; readonly result: SuiteResult }>;

/** What a run has read of the disk. `paths` leads to what is there, be it read or not; `below` is what was there before it began. */
export interface Looked {
  readonly reader: Reader;
  readonly paths: readonly string[];
  readonly below: readonly string[];
}

/** Runs again whenever something changes in the folders of the files that were read, until nothing will. */
export async function whileWatching<Result>(
  io: Io,
  run: () => Promise<Looked & { readonly result: Result }>,
): Promise<Result> {
  for (;;) {
    const { result, ...looked } = await run();
    const files = [...looked.reader.texts.keys(), ...looked.below];
    const watching = new AbortController();
    const folders = [...new Set(files.map(folderOf))];
    const read = new Set([...looked.reader.texts.keys()].map(normalize));
    const counts = (path: string): boolean => isData(path) || read.has(normalize(path));
    const change = io.changed?.(folders, watching.signal, counts);
    io.err("waiting for changes\n");
    if (change === undefined) return result;
    if (await isOutdated(looked, io)) watching.abort();
    else if (!(await change)) return result;
  }
}

/** The files below some paths. */
export async function filesBelow(paths: readonly string[], io: Io): Promise<readonly string[]> {
  const listed = await Promise.all(paths.map(io.list));
  return listed.flatMap((files) => files ?? []);
}

/** Whether a file was written, made or removed while the tests ran: nobody was watching yet. */
async function isOutdated({ reader, paths, below }: Looked, io: Io): Promise<boolean> {
  const now = await filesBelow(paths, io);
  if (now.join("\n") !== below.join("\n")) return true;
  for (const [path, text] of reader.texts) {
    if (path === stdinName) continue;
    if ((await io.read(path).catch(() => undefined)) !== text) return true;
  }
  return false;
}
