export type { Access, Disk, Reader } from "./files/disk.ts";
export { findSuites, type Suites } from "./files/find-suites.ts";
export { matchesGlob } from "./files/glob.ts";
export { meshesOf, type StatedMesh } from "./files/meshes.ts";
export { isVisible, nodeDisk, textOf } from "./files/node-disk.ts";
export {
  type File,
  type Found,
  folderOf,
  isData,
  readerOf,
  readFiles,
  stdinName,
  within,
} from "./files/read-files.ts";
export { type WritableAccess, type WritableDisk, writeSnapshots } from "./files/snapshots.ts";
export { type Surroundings, surroundingsOf } from "./files/surroundings.ts";
