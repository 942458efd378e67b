import { realpathSync } from "node:fs";
import { isAbsolute, posix, resolve } from "node:path";
import { type Disk, isData, textOf } from "@meshproof/testkit/files";
import { below, type Entry, entriesIn, realPath, type Tree, treeOf } from "./revision-tree.ts";

/** Runs git: what it prints, byte for byte. Rejects with what it complains about. */
export type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

/** Whether a text names a commit. */
export async function isRevision(text: string, git: Git): Promise<boolean> {
  if (text === "" || text.startsWith("-")) return false;
  return git(["rev-parse", "--verify", "--quiet", `${text}^{commit}`]).then(
    () => true,
    () => false,
  );
}

/** A commit as a disk. */
export interface RevisionDisk extends Disk {
  /** What was met in the folders that were listed, and cannot be read. */
  readonly unread: ReadonlySet<string>;
}

/** The files of a commit as a disk, seen from the working directory. Links are followed within the repository. */
export async function revisionDisk(revision: string, git: Git): Promise<RevisionDisk> {
  const tree = await treeAt(revision, git);
  const [top, here] = await whereabouts(git);
  const known = new Map<string, string>();
  const inside = (path: string): string => {
    const place = known.get(path) ?? placeIn(top, here, path);
    known.set(path, place);
    return place;
  };
  const texts = new Map<string, string>();
  const unread = new Set<string>();
  const entryAt = (path: string): Entry | undefined =>
    tree.entries.get(realPath(tree, inside(path)) ?? "");
  return {
    unread,
    list: async (path) => {
      const found = isOutside(inside(path)) ? undefined : below(tree, inside(path));
      if (found === undefined) return undefined;
      for (const each of found.unread) unread.add(each);
      const files = found.files.map((each) => posix.join(path, posix.relative(inside(path), each)));
      const wanted = files.filter(isData).filter((each) => !texts.has(each));
      const known = wanted.flatMap((each) => entryAt(each) ?? []);
      const blobs = await blobsOf(known, git);
      for (const each of wanted) {
        const blob = blobs.get(entryAt(each)?.hash ?? "");
        if (blob !== undefined) texts.set(each, textOf(blob, each));
      }
      return files;
    },
    read: async (path) => {
      const text = texts.get(path);
      if (text !== undefined) return text;
      const hash = entryAt(path)?.hash;
      if (hash === undefined) throw new Error(`${path}: ${revision} holds no such file`);
      return textOf(await git(["cat-file", "blob", hash]), path);
    },
  };
}

/** A path as one in the repository, which may be entered over links that are no part of it: `/tmp` itself is one on some systems. */
function placeIn(top: string, here: string, path: string): string {
  const place = isAbsolute(path) ? posix.relative(top, path) : posix.join(here, path);
  if (top === "" || !isOutside(place)) return place;
  const parts = resolve(path).split("/");
  for (const [index] of parts.entries()) {
    const entered = posix.relative(top, realOf(parts.slice(0, index + 1).join("/") || "/"));
    if (!isOutside(entered)) return posix.join(entered, ...parts.slice(index + 1));
  }
  return place;
}

function isOutside(place: string): boolean {
  return /^\.\.(?:\/|$)/.test(place);
}

/** Where the links of a path lead on the disk; the path itself where nothing is there. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The folder of the repository, and where in it one is: at its top where there are no files but those of commits, as on a git server. */
async function whereabouts(git: Git): Promise<readonly [string, string]> {
  const isBare = (await git(["rev-parse", "--is-inside-work-tree"])).toString("utf8") === "false\n";
  if (isBare) return ["", ""];
  const [top = "", here = ""] = (await git(["rev-parse", "--show-toplevel", "--show-prefix"]))
    .toString("utf8")
    .split("\n");
  return [top, here];
}

async function treeAt(revision: string, git: Git): Promise<Tree> {
  const entries = entriesIn(
    (await git(["ls-tree", "-r", "-z", "--full-tree", revision])).toString("utf8"),
  );
  const links = entries.filter(({ kind }) => kind === "link");
  const blobs = await blobsOf(links, git);
  const followed = entries.map((entry) =>
    entry.kind === "link"
      ? { ...entry, leads: blobs.get(entry.hash)?.toString("utf8") ?? "" }
      : entry,
  );
  return treeOf(followed);
}

/** The contents of blobs by their hashes, in one run of git. */
async function blobsOf(entries: readonly Entry[], git: Git): Promise<ReadonlyMap<string, Buffer>> {
  const hashes = [...new Set(entries.map(({ hash }) => hash))];
  const blobs = new Map<string, Buffer>();
  if (hashes.length === 0) return blobs;
  const batch = await git(["cat-file", "--batch"], `${hashes.join("\n")}\n`);
  let at = 0;
  for (const hash of hashes) {
    const end = batch.indexOf("\n", at);
    const size = Number(batch.toString("latin1", at, end).split(" ")[2]);
    blobs.set(hash, batch.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}
