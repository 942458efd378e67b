import { posix } from "node:path";
import { isData, isVisible } from "@meshproof/testkit/files";

/** One entry of a commit: a file, a link with what it holds, or a commit of a submodule. Paths are those of the repository. */
export interface Entry {
  readonly kind: "file" | "link" | "submodule";
  readonly path: string;
  readonly hash: string;
  readonly leads?: string; // of a link
}

/** The entries of a commit by their paths, and what stands in each folder. The repository itself is "". */
export interface Tree {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What `git ls-tree -r -z` prints. */
export function entriesIn(listed: string): readonly Entry[] {
  return listed.split("\0").flatMap((line) => {
    const [, mode = "", hash = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    const kind = kinds[mode.slice(0, 3)];
    return kind === undefined ? [] : [{ kind, path, hash }];
  });
}

const kinds: Readonly<Record<string, Entry["kind"]>> = {
  100: "file",
  120: "link",
  160: "submodule",
};

export function treeOf(entries: readonly Entry[]): Tree {
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const { path } of entries) {
    const parts = path.split("/");
    for (const [index, part] of parts.entries()) {
      const folder = parts.slice(0, index).join("/");
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(part));
    }
  }
  return { entries: new Map(entries.map((entry) => [entry.path, entry])), folders };
}

/** Through how many links a path may lead. */
const mostLinks = 40;

/** Where a path leads when its links are followed. Undefined: out of the repository, or in a circle. */
export function realPath(tree: Tree, path: string, links: number = mostLinks): string | undefined {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const real: string[] = [];
  for (const [index, part] of parts.entries()) {
    const { leads } = tree.entries.get([...real, part].join("/")) ?? {};
    if (leads !== undefined) {
      if (links === 0 || leads.startsWith("/")) return undefined;
      return realPath(tree, [...real, leads, ...parts.slice(index + 1)].join("/"), links - 1);
    }
    if (part !== "..") real.push(part);
    else if (real.pop() === undefined) return undefined;
  }
  return real.join("/");
}

/** The files below a path, and what of it cannot be read: submodules, and links out of the repository. */
export interface Below {
  readonly files: readonly string[];
  readonly unread: readonly string[];
}

/** As on a disk: hidden folders and node_modules are not entered, and no link leads back. Undefined: there is no such path. */
export function below(tree: Tree, path: string, above: readonly string[] = []): Below | undefined {
  const real = realPath(tree, path);
  if (real === undefined) return { files: [], unread: leadsOut(path) };
  const entry = tree.entries.get(real);
  if (entry?.kind === "submodule") return { files: [], unread: [`\`${path}\` is a submodule`] };
  if (entry !== undefined) return { files: [path], unread: [] };
  const names = tree.folders.get(real);
  if (names === undefined) return undefined;
  if (above.includes(real)) return { files: [], unread: [] };
  const inside = [...names].filter(isVisible).toSorted();
  const found = inside.map((name) => {
    const each = posix.join(path, name);
    return below(tree, each, [...above, real]) ?? { files: [each], unread: [] }; // a link that leads nowhere
  });
  return {
    files: found.flatMap(({ files }) => files),
    unread: found.flatMap(({ unread }) => unread),
  };
}

/** Of a link that may lead to a folder, or to a file that would be read. */
function leadsOut(path: string): readonly string[] {
  const extension = posix.extname(path);
  const counts = extension === "" || isData(path);
  return counts ? [`the link \`${path}\` leads out of the repository`] : [];
}
