import type { Finding } from "@meshproof/engine";
import { describe, test } from "vitest";
import { ask } from "../ask.ts";
import type { Access } from "../files/disk.ts";
import { findSuites } from "../files/find-suites.ts";
import { meshesOf, type StatedMesh } from "../files/meshes.ts";
import { nodeDisk } from "../files/node-disk.ts";
import { readerOf } from "../files/read-files.ts";
import { type Surroundings, surroundingsOf } from "../files/surroundings.ts";
import type { SuiteDocument } from "../parse-suite.ts";
import type { Texts } from "../place.ts";
import { openSuite, plannedOf } from "../run.ts";
import { sharedLoads } from "../shared-loads.ts";
import type { SuiteWorld } from "../world.ts";
import { coverResults, isCoverageWanted } from "./coverage.ts";
import { declareCases } from "./declare-cases.ts";
import { declareFault } from "./declare-fault.ts";
import { failedAt, framesAbove } from "./failed-at.ts";
import { findingsText } from "./findings-text.ts";
import type { WorldOptions } from "./options.ts";

/**
 * The suites in files and folders as vitest tests: a block for each suite, and in it a test for each request. What fails shows the
 * lines of the suite. They come out as `authz test` has them. `paths`: from the folder in which vitest runs.
 */
export function testSuites(paths: string | readonly string[], options: WorldOptions = {}): void {
  const all = [paths].flat();
  const frames = framesAbove(testSuites);
  describe(all.join(", "), async () => {
    const access: Access = { io: nodeDisk, reader: readerOf(nodeDisk) };
    const { suites, findings, missing } = await findSuites(all, access);
    for (const path of missing)
      declareFault("there are suites", new TypeError(`no suite at ${path}`), frames);
    declareFindings(findings, access.reader.texts);
    const load = sharedLoads();
    for (const suite of suites)
      for (const mesh of meshesOf(suite))
        await declareSuite(suite, mesh, { access, options, load });
  });
}

interface Where {
  readonly access: Access;
  readonly options: WorldOptions;
  readonly load: ReturnType<typeof sharedLoads>;
}

async function declareSuite(
  parsed: SuiteDocument,
  mesh: StatedMesh,
  { access, options, load }: Where,
): Promise<void> {
  const around = await surroundingsOf(parsed, mesh, access);
  const { texts } = access.reader;
  describe(`${around.name} (${parsed.document.file})`, () => {
    declareFindings(around.findings, texts);
    if (around.findings.length === 0)
      declareOpened(parsed, { ...worldOf(around, options), load }, texts);
  });
}

function worldOf({ files, keyFiles, snapshot }: Surroundings, options: WorldOptions): SuiteWorld {
  const recorded = snapshot === undefined ? {} : { snapshot };
  return { ...options, ...recorded, files, keyFiles, trace: isCoverageWanted() };
}

function declareOpened(parsed: SuiteDocument, world: SuiteWorld, texts: Texts): void {
  const opened = openSuite(parsed, world);
  const { name, file, loaded, findings, run } = opened;
  declareFindings(findings, texts);
  const mesh = { mesh: run.mesh, texts };
  const cases = declareCases(plannedOf(opened), { ask: (each) => ask(each, run), mesh });
  coverResults(`${file} ${name}`, texts, () => [{ name, file, loaded, findings, cases: cases() }]);
}

/** An error is a test that fails where the error is. */
function declareFindings(findings: readonly Finding[], texts: Texts): void {
  for (const finding of findings.filter(({ severity }) => severity === "error"))
    test(`${finding.code}: ${finding.message}`, () => {
      throw failedAt(finding.at, { texts }, { message: findingsText([finding], texts) });
    });
}
