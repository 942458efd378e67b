import type { Disk } from "@meshproof/testkit/files";

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

/** The files of a commit as a disk, seen from the working directory. Links and submodules are not followed. */
export function revisionDisk(revision: string, git: Git): Disk {
  const texts = new Map<string, string>();
  return {
    list: async (path) => {
      const entries = await entriesOf(revision, path, git);
      if (entries.length === 0) return undefined;
      const blobs = await textsOf(entries, git);
      for (const [index, { name }] of entries.entries()) texts.set(name, blobs[index] ?? "");
      return entries.map(({ name }) => name).filter(isVisible);
    },
    read: async (path) =>
      texts.get(path) ?? (await git(["show", `${revision}:./${path}`])).toString("utf8"),
  };
}

interface Entry {
  readonly name: string;
  readonly hash: string;
}

async function entriesOf(revision: string, path: string, git: Git): Promise<readonly Entry[]> {
  const listed = await git(["ls-tree", "-r", "-z", revision, "--", path]);
  return listed
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const [, hash, name] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return hash === undefined || name === undefined || !isData(name) ? [] : [{ hash, name }];
    });
}

/** Hidden folders are not entered, as on a disk. */
function isVisible(name: string): boolean {
  return !name.split("/").some((part) => part.startsWith(".") || part === "node_modules");
}

function isData(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name);
}

/** The contents of blobs, in one run of git. */
async function textsOf(entries: readonly Entry[], git: Git): Promise<readonly string[]> {
  const input = entries.map(({ hash }) => `${hash}\n`).join("");
  const batch = await git(["cat-file", "--batch"], input);
  const texts: string[] = [];
  let at = 0;
  while (at < batch.length) {
    const end = batch.indexOf("\n", at);
    const size = Number(batch.toString("latin1", at, end).split(" ")[2]);
    texts.push(batch.toString("utf8", end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}
