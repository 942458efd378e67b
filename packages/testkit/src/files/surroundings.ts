import type { Finding } from "@meshproof/engine";
import type { SuiteDocument } from "../parse-suite.ts";
import type { SuiteSnapshot } from "../snapshot.ts";
import type { Access } from "./disk.ts";
import { keyFilesOf } from "./find-suites.ts";
import { filesOf, missingMesh, type StatedMesh } from "./meshes.ts";
import type { File } from "./read-files.ts";
import { snapshotsBeside } from "./snapshots.ts";

/** What a suite needs from the disk to run under one of its meshes, and what it is called there. */
export interface Surroundings {
  readonly name: string; // "orders", or "orders (prod)" where there are several meshes
  readonly files: readonly File[];
  readonly keyFiles: Readonly<Record<string, string>>;
  readonly snapshot?: SuiteSnapshot; // what was recorded
  readonly findings: readonly Finding[]; // with one among them it cannot run
}

/** Reads the files of a mesh, the key sets that the suite names, and its recorded answers. */
export async function surroundingsOf(
  parsed: SuiteDocument,
  mesh: StatedMesh,
  access: Access,
): Promise<Surroundings> {
  const { files, missing } = await filesOf(mesh, parsed, access);
  const { file } = parsed.document;
  const own = parsed.suite.metadata?.name ?? file;
  const name = mesh.name === undefined ? own : `${own} (${mesh.name})`;
  const findings = missingMesh(mesh, parsed, missing);
  if (findings.length > 0) return { name, files, keyFiles: {}, findings };
  const keyFiles = await keyFilesOf(parsed, access);
  const snapshot = (await snapshotsBeside(file, access))[name];
  return { name, files, keyFiles, findings, ...(snapshot === undefined ? {} : { snapshot }) };
}
