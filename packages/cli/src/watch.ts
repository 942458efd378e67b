import type { SuiteResult } from "@meshproof/testkit";
import { folderOf, type Reader } from "@meshproof/testkit/files";
import type { Io } from "./io.ts";

/** What suites came to when they last ran, by what they were made of: what did not change need not run again. */
export type Memory = Map<string, { readonly made: string; readonly result: SuiteResult }>;

/** Runs again whenever something changes in the folders of the files that were read, until nothing will. */
export async function whileWatching<Result>(
  io: Io,
  run: () => Promise<{
    readonly result: Result;
    readonly reader: Reader;
    readonly below: readonly string[];
  }>,
): Promise<Result> {
  for (;;) {
    const { result, reader, below } = await run();
    const files = [...reader.texts.keys(), ...below];
    const change = io.changed?.([...new Set(files.map(folderOf))]);
    io.err("waiting for changes\n");
    if (change === undefined || !(await change)) return result;
  }
}
