import { diagnose, type Finding } from "@meshproof/engine";
import type { SuiteResult } from "@meshproof/testkit";
import { findSuites, readerOf, type StatedMesh, writeSnapshots } from "@meshproof/testkit/files";
import { type Command, isMisuse } from "../command.ts";
import { type CoverageWanted, cover, coverageFlags, coverageWanted } from "../coverage/cover.ts";
import { exitCodeOf } from "../exit.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { sortFindings } from "../format/finding.ts";
import { findingsOf } from "../format/report.ts";
import { type Access, type ExitCode, type Io, worst } from "../io.ts";
import { meshesFlag, meshesWanted } from "../meshes.ts";
import { formats, isForPeople, type Output, outputsOf, writeReports } from "../reporters/write.ts";
import { type Job, missingFiles, runSuites } from "../run-suites.ts";
import { type Selection, selectFlags, selectionOf } from "../select-tests.ts";
import { filesBelow, type Looked, type Memory, whileWatching } from "../watch.ts";
import { suiteWorldFlags, type World, worldOf } from "../world-flags.ts";

const flags: Flags = {
  ...suiteWorldFlags,
  ...meshesFlag,
  ...selectFlags,
  "update-snapshots": { help: "take the answers of snapshot tests for right, and record them" },
  watch: { help: "run again what a changed file affects, until interrupted" },
  bail: { help: "stop at the first failure" },
  output: {
    short: "o",
    value: "FORMAT[=FILE]",
    multiple: true,
    help: `${formats.join(", ")}; repeatable (default pretty)`,
  },
  verbose: { short: "v", help: "what passed, too" },
  "only-failures": { help: "print what failed, and the counts (the default)" },
  "fail-on-empty": { help: "that no test ran is an error (the default where CI is set)" },
  ...coverageFlags,
};

/** Do the suites hold? Every request needs an expectation, and there must be one. */
export const test: Command = {
  summary: "do the suites hold?",
  usage: ["[SUITE...]"],
  about:
    "Files or folders that hold suites (docs/suites.md); without any, this folder is searched.",
  flags,
  async run(args, io) {
    const asked = await askedBy(args, io);
    if (isMisuse(asked)) return asked;
    if (!args.on("watch")) return runAll(args, asked, { io, reader: readerOf(io) });
    const memory: Memory = new Map();
    return whileWatching(io, () => watched(args, io, { ...asked, memory }));
  },
};

async function watched(
  args: Args,
  io: Io,
  asked: Asked,
): Promise<Looked & { readonly result: ExitCode | Misuse }> {
  const access: Access = { io, reader: readerOf(io) };
  const paths = [...pathsOf(args), ...args.many("filename")];
  const below = await filesBelow(paths, io);
  const result = await runAll(args, asked, access);
  if (isMisuse(result)) io.err(`authz: ${result.misuse}\n`);
  return { result, reader: access.reader, paths, below };
}

function pathsOf({ positionals }: Args): readonly string[] {
  return positionals.length === 0 ? ["."] : positionals;
}

async function runAll(args: Args, asked: Asked, access: Access): Promise<ExitCode | Misuse> {
  const { io } = access;
  const { outputs, selection, coverage } = asked;
  const job = jobOf(args, asked, access);
  const wrong = await missingFiles(job);
  if (wrong !== undefined) return wrong;
  const { suites, findings, missing } = await findSuites(pathsOf(args), access);
  const [path] = missing;
  if (path !== undefined)
    return {
      misuse: `no suite at \`${path}\``,
      hint: "authz init FOLDER starts one; docs/suites.md",
    };
  const results = await runSuites(suites, job);
  if (io.terminal) io.err(clear);
  const empty = hasErrors(findings, results) ? undefined : emptyRun(results, selection, args, io);
  if (empty !== undefined) return empty;
  const all = sortFindings([...findings, ...findingsOf(results), ...withoutExpectation(results)]);
  await writeReports(results, { all, outputs, args, access });
  if (job.updateSnapshots)
    for (const file of await writeSnapshots(results, access, !isPart(args)))
      io.err(`wrote ${file}\n`);
  const tell = outputs.every(isForPeople) ? io.out : io.err;
  const covered = coverage === undefined ? 0 : await cover(results, coverage, { access, tell });
  if (isMisuse(covered)) return covered;
  return worst([exitCodeOf(results), covered, ...all.map(errorCode)]);
}

const clear = "\r\u001b[K";

function jobOf(
  args: Args,
  { world, meshes, selection, coverage, memory }: Asked,
  access: Access,
): Job {
  const { io } = access;
  return {
    mesh: args.many("filename"),
    meshes,
    world: {
      ...world,
      ...(coverage === undefined ? {} : { trace: true }),
      ...(io.clock === undefined ? {} : { clock: io.clock }),
    },
    access,
    bail: args.on("bail"),
    updateSnapshots: args.on("update-snapshots"),
    wanted: selection.wanted,
    ...(io.terminal ? { progress: (told: string) => io.err(`${clear}${told}`) } : {}),
    ...(memory === undefined ? {} : { memory }),
  };
}

interface Asked {
  readonly world: World;
  readonly meshes: readonly StatedMesh[];
  readonly outputs: readonly Output[];
  readonly selection: Selection;
  readonly coverage?: CoverageWanted;
  readonly memory?: Memory;
}

async function askedBy(args: Args, io: Io): Promise<Asked | Misuse> {
  const world = await worldOf(args, io);
  if (isMisuse(world)) return world;
  const meshes = meshesWanted(args);
  if (isMisuse(meshes)) return meshes;
  const outputs = outputsOf(args);
  if (isMisuse(outputs)) return outputs;
  const selection = selectionOf(args);
  if (isMisuse(selection)) return selection;
  const coverage = coverageWanted(args);
  if (isMisuse(coverage)) return coverage;
  if (args.on("only-failures") && args.on("verbose"))
    return { misuse: "`--only-failures`, or `--verbose`: not both" };
  if (args.on("shard") && coverage?.threshold !== undefined)
    return { misuse: "`--coverage-threshold` is about all tests: a shard has only some of them" };
  const unwatchable = ["shard", "update-snapshots", "bail"].find(args.on);
  if (args.on("watch") && unwatchable !== undefined)
    return { misuse: `\`--watch\`, or \`--${unwatchable}\`: not both` };
  if (args.on("watch") && io.changed === undefined)
    return { misuse: "`--watch` cannot watch here" };
  return { world, meshes, outputs, selection, ...(coverage === undefined ? {} : { coverage }) };
}

/** Whether tests may have been left out. */
function isPart(args: Args): boolean {
  return ["run", "shard", "bail"].some(args.on);
}

/** A glob that fits nothing is a mistake; a shard without tests is none; suites without tests are one where nobody watches. */
function emptyRun(
  results: readonly SuiteResult[],
  selection: Selection,
  args: Args,
  io: Io,
): Misuse | undefined {
  if (selection.matched() > 0 || results.some(({ cases }) => cases.length > 0)) return undefined;
  const hint = "every --run GLOB is compared with names of tests and suites";
  if (args.on("run")) return { misuse: "no test ran", hint };
  if (args.on("fail-on-empty") || io.ci === true)
    return { misuse: "no test ran", hint: "no suite has any test" };
  io.err("no test ran\n");
  return undefined;
}

function hasErrors(findings: readonly Finding[], results: readonly SuiteResult[]): boolean {
  return [...findings, ...findingsOf(results)].some(({ severity }) => severity === "error");
}

function withoutExpectation(results: readonly SuiteResult[]): readonly Finding[] {
  return results
    .flatMap(({ cases }) => cases)
    .filter(({ verdict, expect, snapshot }) => verdict && expect === undefined && !snapshot)
    .map(({ at, test: name }) =>
      diagnose(
        "suite/no-expectation",
        `\`${name}\` expects nothing`,
        at,
        "expect: allow, or authz check",
      ),
    );
}

function errorCode({ severity }: Finding): ExitCode {
  return severity === "error" ? 2 : 0;
}
