import { diagnose, type Finding } from "@meshproof/engine";
import type { SuiteResult } from "@meshproof/testkit";
import { type Command, isMisuse } from "../command.ts";
import { type CoverageWanted, cover, coverageFlags, coverageWanted } from "../coverage/cover.ts";
import { exitCodeOf } from "../exit.ts";
import { readerOf } from "../files.ts";
import { type Access, findSuites } from "../find-suites.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import { checkJson } from "../format/json.ts";
import { findingsOf } from "../format/report.ts";
import { type ExitCode, type Io, worst } from "../io.ts";
import { meshesFlag, meshesWanted, type StatedMesh } from "../meshes.ts";
import { github } from "../reporters/github.ts";
import { junit } from "../reporters/junit.ts";
import { markdown } from "../reporters/markdown.ts";
import { outcomesOf, type Reporter } from "../reporters/outcome.ts";
import { pretty } from "../reporters/pretty.ts";
import { tap } from "../reporters/tap.ts";
import { missingFiles, runSuites } from "../run-suites.ts";
import { type Selection, selectFlags, selectionOf } from "../select-tests.ts";
import { writeSnapshots } from "../snapshots.ts";
import { type World, worldFlags, worldOf } from "../world-flags.ts";

const reporters: Readonly<Record<string, Reporter>> = {
  pretty: (report) => pretty(report, false),
  junit,
  tap,
  markdown,
  github,
};
const formats = [...Object.keys(reporters), "json"];

const flags: Flags = {
  ...worldFlags,
  ...meshesFlag,
  ...selectFlags,
  "update-snapshots": { help: "take the answers of snapshot tests for right, and record them" },
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
    const access: Access = { io, reader: readerOf(io) };
    const asked = await askedBy(args, io);
    if (isMisuse(asked)) return asked;
    const { outputs, selection, coverage } = asked;
    const job = {
      mesh: args.many("filename"),
      meshes: asked.meshes,
      world: coverage === undefined ? asked.world : { ...asked.world, trace: true },
      access,
      bail: args.on("bail"),
      updateSnapshots: args.on("update-snapshots"),
      wanted: selection.wanted,
    };
    const wrong = await missingFiles(job);
    if (wrong !== undefined) return wrong;
    const paths = args.positionals.length === 0 ? ["."] : args.positionals;
    const { suites, findings, missing } = await findSuites(paths, access);
    const [path] = missing;
    if (path !== undefined) return { misuse: `no suite at \`${path}\`` };
    const results = await runSuites(suites, job);
    const empty = hasErrors(findings, results) ? undefined : emptyRun(results, selection, args, io);
    if (empty !== undefined) return empty;
    const all = sortFindings([...findings, ...findingsOf(results), ...withoutExpectation(results)]);
    await report(results, { all, outputs, args, access });
    if (job.updateSnapshots)
      for (const file of await writeSnapshots(results, access, !isPart(args)))
        io.err(`wrote ${file}\n`);
    const tell = outputs.every(isForPeople) ? io.out : io.err;
    const covered = coverage === undefined ? 0 : await cover(results, coverage, { access, tell });
    return worst([exitCodeOf(results), covered, ...all.map(errorCode)]);
  },
};

interface Asked {
  readonly world: World;
  readonly meshes: readonly StatedMesh[];
  readonly outputs: readonly Output[];
  readonly selection: Selection;
  readonly coverage?: CoverageWanted;
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

interface Output {
  readonly format: string;
  readonly file?: string;
}

function outputsOf(args: Args): readonly Output[] | Misuse {
  const outputs = args.many("output").map((text) => {
    const [format = "", ...rest] = text.split("=");
    return rest.length === 0 ? { format } : { format, file: rest.join("=") };
  });
  const unknown = outputs.find(({ format }) => !formats.includes(format));
  if (unknown !== undefined)
    return { misuse: `unknown output \`${unknown.format}\``, hint: `one of ${formats.join(", ")}` };
  return outputs.length === 0 ? [{ format: "pretty" }] : outputs;
}

/** A format for machines has stdout to itself. */
function isForPeople({ format, file }: Output): boolean {
  return format === "pretty" || file !== undefined;
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

interface Reporting {
  readonly all: readonly Finding[];
  readonly outputs: readonly Output[];
  readonly args: Args;
  readonly access: Access;
}

async function report(results: readonly SuiteResult[], reporting: Reporting): Promise<void> {
  const { all, outputs, args, access } = reporting;
  const { io, reader } = access;
  const texts = all.map((finding) => formatFinding(finding, reader));
  for (const text of texts) io.err(text);
  const errors = texts.filter((_, index) => all[index]?.severity === "error");
  const told = { outcomes: outcomesOf(results, reader), errors };
  for (const { format, file } of outputs) {
    const verbose = format === "pretty" && args.on("verbose");
    const text =
      format === "json"
        ? checkJson(results, all, reader)
        : verbose
          ? pretty(told, true)
          : (reporters[format]?.(told) ?? "");
    if (file === undefined) io.out(text);
    else await io.write(file, text);
  }
}

function errorCode({ severity }: Finding): ExitCode {
  return severity === "error" ? 2 : 0;
}
