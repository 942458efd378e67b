import type { SuiteResult } from "../result.ts";
import { readSnapshots, type Snapshots, type SuiteSnapshot, snapshotText } from "../snapshot.ts";
import type { Access, Disk } from "./disk.ts";

/** Where the snapshots of a suite's file are kept: beside it. */
function snapshotPath(file: string): string {
  return `${file.replace(/\.(?:ya?ml|json)$/i, "")}.snap.yaml`;
}

/** The snapshots beside a suite's file. */
export async function snapshotsBeside(file: string, { io, reader }: Access): Promise<Snapshots> {
  const path = snapshotPath(file);
  if ((await io.list(path)) === undefined) return {};
  return readSnapshots({ path, text: await reader.text(path) });
}

/** A disk that can be written to. */
export interface WritableDisk extends Disk {
  /** Puts a text into a file. */
  readonly write: (path: string, text: string) => Promise<void>;
}

/** Such a disk, and the texts that were read from it. */
export interface WritableAccess extends Access {
  readonly io: WritableDisk;
}

/** Writes the answers of the snapshot tests that ran. Unless all did, those of the others stay. The files that changed. */
export async function writeSnapshots(
  results: readonly SuiteResult[],
  access: WritableAccess,
  all: boolean,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const file of new Set(results.filter(hasSnapshots).map((result) => result.file))) {
    const known = await snapshotsBeside(file, access);
    const own = results.filter((result) => result.file === file && hasSnapshots(result));
    const ran = own.map((result): [string, SuiteSnapshot] => [
      result.name,
      { ...(all ? {} : known[result.name]), ...answersOf(result) },
    ]);
    const path = snapshotPath(file);
    const text = snapshotText({ ...known, ...Object.fromEntries(ran) });
    if (access.reader.texts.get(path) === text) continue;
    await access.io.write(path, text);
    changed.push(path);
  }
  return changed;
}

function hasSnapshots({ cases }: SuiteResult): boolean {
  return cases.some(({ snapshot }) => snapshot !== undefined);
}

function answersOf({ cases }: SuiteResult): SuiteSnapshot {
  const tests = new Map<string, [request: string, answer: string][]>();
  for (const { test, snapshot } of cases) {
    if (snapshot === undefined) continue;
    const answers = tests.get(test) ?? [];
    tests.set(test, answers);
    answers.push([snapshot.request, snapshot.answer]);
  }
  return Object.fromEntries([...tests].map(([test, all]) => [test, Object.fromEntries(all)]));
}
