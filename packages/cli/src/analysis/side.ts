import { type Loaded, type LoadOptions, loadMesh } from "@meshproof/engine";
import { type File, readFiles } from "@meshproof/testkit/files";
import type { Misuse } from "../flags.ts";
import type { Access } from "../io.ts";
import { nothingAt } from "../nothing-at.ts";
import type { World } from "../world-flags.ts";
import { isRevision, revisionDisk } from "./revision-disk.ts";

/** One side of a comparison: what it is called, and its files. */
export interface Side {
  readonly name: string;
  readonly files: readonly File[];
  readonly patterns?: readonly string[]; // that a command can load again
  readonly missing?: readonly string[]; // of the patterns: no file is there
}

/** The files that patterns stand for as they are now. */
export async function sideOnDisk(
  name: string,
  patterns: readonly string[],
  access: Access,
): Promise<Side | Misuse> {
  const side = await someOnDisk(name, patterns, access);
  const [lost] = side.missing;
  return lost === undefined ? side : nothingAt(lost, access);
}

/** Those of them that are there. */
export async function someOnDisk(
  name: string,
  patterns: readonly string[],
  access: Access,
): Promise<Side & { readonly missing: readonly string[] }> {
  const { files, missing } = await readFiles(patterns, ".", access);
  const there = patterns.filter((pattern) => !missing.includes(pattern));
  return { name, files, patterns: there, missing };
}

/** The files that patterns stand for as they were at a git revision, those of them that were there. Each is called `REVISION:PATH`. */
export async function sideAt(
  revision: string,
  patterns: readonly string[],
  { io }: Access,
): Promise<Side | Misuse> {
  if (io.git === undefined || !(await isRevision(revision, io.git)))
    return { misuse: `\`${revision}\` is neither a path nor a git revision` };
  const disk = await revisionDisk(revision, io.git);
  const texts = new Map<string, string>();
  const text = async (path: string): Promise<string> => {
    const read = texts.get(path) ?? (await disk.read(path));
    texts.set(path, read);
    return read;
  };
  const found = await readFiles(patterns, ".", { io: disk, reader: { texts, text } });
  const [unread] = disk.unread;
  if (unread !== undefined)
    return {
      misuse: `${unread}, and \`${revision}\` holds nothing of it`,
      hint: "-f says which files are compared",
    };
  const files = found.files.map((file) => ({ ...file, path: `${revision}:${file.path}` }));
  return { name: revision, files, missing: found.missing };
}

/** What the side is called that no revision is. */
export const asTheyAre = "the files as they are";

/** None of these sides has such files. */
export function lacks([name, ...others]: readonly [string, ...string[]], lost: string): Misuse {
  const nor = others.filter((other) => other !== name).map((other) => `, nor in ${quoted(other)}`);
  return { misuse: `no file at \`${lost}\` in ${quoted(name)}${nor.join("")}` };
}

/** A file that was added or deleted is there on one side alone, as for `git diff`. */
export function tellMissing({ name, missing = [] }: Side, { io }: Access): void {
  for (const lost of missing) io.err(`authz: no file at \`${lost}\` in ${quoted(name)}\n`);
}

function quoted(name: string): string {
  return name === asTheyAre ? name : `\`${name}\``;
}

/** Loads a side as the flags say. */
export function loadSide({ files }: Side, world: World, more: Partial<LoadOptions> = {}): Loaded {
  const { namespace, istio, features, admission, onDuplicate, allowEmpty } = world;
  return loadMesh({
    files,
    ...(namespace === undefined ? {} : { namespace }),
    ...(istio === undefined ? {} : { istio }),
    ...(features === undefined ? {} : { features }),
    ...(admission === undefined ? {} : { admission }),
    ...(onDuplicate === undefined ? {} : { onDuplicate }),
    ...(allowEmpty === undefined ? {} : { allowEmpty }),
    ...more,
  });
}
