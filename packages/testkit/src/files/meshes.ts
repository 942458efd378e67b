import { diagnose, type Finding, type Path } from "@meshproof/engine";
import type { SuiteDocument } from "../parse-suite.ts";
import { listOf } from "../suite.ts";
import type { Access } from "./disk.ts";
import { type Found, folderOf, readFiles, within } from "./read-files.ts";

/** One of the meshes under which a suite runs. Without patterns: what else stands in the suite's own file. */
export interface StatedMesh {
  readonly name?: string; // absent: it is the only one
  readonly patterns?: readonly string[];
  readonly folder: string; // from which the patterns are seen
  readonly path?: Path; // where the suite says so; absent: the command line does
}

/** The meshes that a suite states, `spec.meshes` or `spec.mesh`. */
export function meshesOf({ suite, document }: SuiteDocument): readonly StatedMesh[] {
  const { mesh, meshes } = suite.spec;
  const folder = folderOf(document.file);
  if (meshes === undefined)
    return [{ folder, path: ["spec", "mesh"], ...(mesh && { patterns: listOf(mesh) }) }];
  return Object.entries(meshes).map(([name, patterns]) => {
    const path = ["spec", "meshes", name];
    return { name, patterns: listOf(patterns), folder, path };
  });
}

/** The files of a mesh. */
export async function filesOf(
  { patterns, folder }: StatedMesh,
  { document }: SuiteDocument,
  access: Access,
): Promise<Found> {
  if (patterns !== undefined) return readFiles(patterns, folder, access);
  const text = await access.reader.text(document.file);
  return { files: [{ path: document.file, text }], missing: [] };
}

/** What a suite names as its mesh and is not there, each at its place. */
export function missingMesh(
  { folder, path, patterns = [] }: StatedMesh,
  { document }: SuiteDocument,
  missing: readonly string[],
): readonly Finding[] {
  if (path === undefined) return [];
  return missing.map((pattern) => {
    const entry = document.locate([...path, patterns.indexOf(pattern)]); // the nearest parent of a single one
    return diagnose("suite/unreadable-file", `no file at \`${within(folder, pattern)}\``, entry);
  });
}
