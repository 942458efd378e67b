import type { ParsedDocument } from "@meshproof/engine";
import { nodeDisk } from "../files/node-disk.ts";
import { readerOf, readFiles } from "../files/read-files.ts";
import { parseSuite, type SuiteDocument } from "../parse-suite.ts";
import { openSuite } from "../run.ts";
import type { SuiteSpec } from "../suite.ts";
import { isCoverageWanted } from "./coverage.ts";
import { findingsText } from "./findings-text.ts";
import type { MeshOptions, WorldOptions } from "./options.ts";
import { callerOf, requestOf } from "./request.ts";
import type { Caller, MeshUnderTest } from "./under-test.ts";

/** Loads a mesh as a suite with these words would. Throws a TypeError that tells every error in it. */
export async function openMesh<Actor extends string>(
  options: MeshOptions<Actor>,
  name = "a mesh",
): Promise<MeshUnderTest<Actor>> {
  const access = { io: nodeDisk, reader: readerOf(nodeDisk) };
  const { world, spec, mesh: patterns } = partsOf(options);
  const { files, missing } = await readFiles([patterns].flat(), ".", access);
  if (missing.length > 0) throw new TypeError(`no file at ${missing.join(", ")}`);
  const keyFiles = await readKeys(spec);
  const trace = isCoverageWanted();
  const opened = openSuite(documentOf(name, spec), { ...world, files, keyFiles, trace });
  const texts = access.reader.texts;
  const findings = opened.findings.filter(({ code }) => code !== "suite/no-release");
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new TypeError(findingsText(errors, texts));
  const actors = Object.keys(options.actors ?? {}).filter((each) => isActor(each, options));
  const from = (caller: string | undefined): Caller => callerOf(underTest, caller);
  const underTest: MeshUnderTest<Actor> = {
    mesh: opened.loaded.mesh,
    findings,
    actors,
    from,
    request: (part) => requestOf(underTest, part),
    get anyone() {
      return from(undefined);
    },
    opened,
    texts,
  };
  return underTest;
}

function isActor<Actor extends string>(
  name: string,
  { actors }: MeshOptions<Actor>,
): name is Actor {
  return actors !== undefined && Object.hasOwn(actors, name);
}

interface Parts {
  readonly mesh: MeshOptions["mesh"];
  readonly spec: SuiteSpec;
  readonly world: WorldOptions;
}

function partsOf(options: MeshOptions): Parts {
  const { mesh, admission, onDuplicate, allowEmpty, istio, features, assume, facts, ...spec } =
    options;
  const stated = { admission, onDuplicate, allowEmpty, istio, features, assume, facts };
  const world = Object.entries(stated).filter(([, value]) => value !== undefined);
  return { mesh, spec, world: Object.fromEntries(world) };
}

/** The options as a suite that stands in no file. Throws a TypeError for what is none. */
export function documentOf(name: string, spec: SuiteSpec): SuiteDocument {
  const value = { apiVersion: "meshproof.dev/v1alpha1", kind: "Suite", metadata: { name }, spec };
  const locate: ParsedDocument["locate"] = () => ({ file: name, start: 0, end: 0 });
  const { parsed, findings } = parseSuite({ file: name, value, locate, locateKey: locate });
  if (parsed === undefined) throw new TypeError(findingsText(findings, new Map()));
  return parsed;
}

async function readKeys({ keys = {} }: SuiteSpec): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const path of Object.values(keys))
    if ((await nodeDisk.list(path)) !== undefined) texts[path] = await nodeDisk.read(path);
  return texts;
}
