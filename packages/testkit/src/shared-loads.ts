import { type Loaded, type LoadOptions, loadMesh } from "@meshproof/engine";

interface Known {
  readonly files: LoadOptions["files"];
  readonly loaded: Loaded;
}

/**
 * Loads meshes, but none twice: suites over the same files that say the same of them share one mesh, and with it everything that is
 * worked out of a mesh once. It keeps them for as long as it is kept itself.
 */
export function sharedLoads(): typeof loadMesh {
  const known = new Map<string, Known[]>(); // by what is said of the files
  return (options) => {
    const { files, ...said } = options;
    const key = JSON.stringify(said);
    const alike = known.get(key) ?? [];
    known.set(key, alike);
    const before = alike.find((each) => areSame(each.files, files));
    if (before !== undefined) return before.loaded;
    const loaded = loadMesh(options);
    alike.push({ files, loaded });
    return loaded;
  };
}

/** Texts that were read once are the same string, and compared at once. */
function areSame(left: LoadOptions["files"], right: LoadOptions["files"]): boolean {
  return (
    left.length === right.length &&
    left.every(({ path, text }, at) => right[at]?.path === path && right[at]?.text === text)
  );
}
