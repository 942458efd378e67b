import {
  type Explanation,
  explain as explainVerdict,
  type Fact,
  type Mesh,
} from "@meshproof/engine";
import type { CaseResult, SuiteResult } from "@meshproof/testkit";
import { matchesGlob, readerOf } from "@meshproof/testkit/files";
import { type Answers, answer, errorCode } from "../answers.ts";
import { type Command, isMisuse } from "../command.ts";
import { exitCodeOf } from "../exit.ts";
import type { Args, Flags } from "../flags.ts";
import { assumedLine } from "../format/assumed.ts";
import { explainLines, type Telling } from "../format/explain.ts";
import { explanationJson } from "../format/explain-json.ts";
import { explainMarkdown } from "../format/explain-markdown.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import { findingsOf } from "../format/report.ts";
import { inColumns, width, wrapped } from "../format/trace-lines.ts";
import { paint } from "../format/trace-paint.ts";
import { type Access, columnsOf, worst } from "../io.ts";
import { requestFlags } from "../request-flags.ts";
import type { Job } from "../run-suites.ts";
import { unusedFlags } from "../unused-flags.ts";
import { suiteWorldFlags, worldOf } from "../world-flags.ts";

const flags: Flags = {
  ...suiteWorldFlags,
  ...requestFlags,
  run: { value: "GLOB", multiple: true, help: "only tests whose name, or suite's name, matches" },
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: ["text", "json", "markdown"],
    help: "text (default), json, markdown",
  },
  verbose: { short: "v", help: "all policies that do not apply, and all that was assumed" },
};

/** Why: layer by layer, what came close, what would change it. */
export const explain: Command = {
  summary: "why, layer by layer; what came close; what would change it",
  usage: [
    "SUITE...                                      requests of suites",
    "-f MESH... --from WHO --to WHAT [--http ...]   one request",
  ],
  about: `The same requests as authz check. Each proxy on the way: what it saw, which filter chain and why, its
layers in their order, every policy that applies and every condition of it, with its place.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const job: Job = { mesh: args.many("filename"), world, access, wanted: wantedBy(args) };
    if (args.on("run") && args.positionals.length === 0)
      return { misuse: "`--run` picks tests of suites, and none is given" };
    const answers = await answer(args, job);
    if (isMisuse(answers)) return answers;
    if (args.on("run") && answers.results.every(({ cases }) => cases.length === 0))
      return {
        misuse: "no test has such a name",
        hint: "every --run GLOB is compared with names of tests and suites",
      };
    for (const line of unusedFlags(args, answers.results)) io.err(line);
    print(answers, args, access);
    return worst([exitCodeOf(answers.results), ...answers.findings.map(errorCode)]);
  },
};

function wantedBy(args: Args): NonNullable<Job["wanted"]> {
  const globs = args.many("run");
  return (suite, name) =>
    globs.length === 0 || globs.some((glob) => matchesGlob(name, glob) || matchesGlob(suite, glob));
}

function print({ results, findings }: Answers, args: Args, { io, reader }: Access): void {
  const all = sortFindings([...findings, ...findingsOf(results)]);
  for (const finding of all) io.err(formatFinding(finding, reader));
  const explained = results.flatMap(explainedCases);
  if (args.one("output") === "json") {
    const found = explained.map(({ each, explanation, mesh }) =>
      explanationJson(each, explanation, mesh, reader),
    );
    const document = {
      apiVersion: "meshproof.dev/v1alpha1",
      kind: "ExplainResult",
      results: found,
    };
    io.out(`${JSON.stringify(document, undefined, 2)}\n`);
    return;
  }
  const verbose = args.on("verbose");
  const isMarkdown = args.one("output") === "markdown";
  const columns = isMarkdown ? width : columnsOf(io);
  const titleColumns = isMarkdown ? Number.POSITIVE_INFINITY : columns; // a heading is one line
  const style = { texts: reader, verbose, columns, titleColumns };
  const parts = explained.map((one) => textOf(one, style));
  io.out(isMarkdown ? parts.map(explainMarkdown).join("\n") : paint(parts.join("\n"), io.colour));
}

interface Explained {
  readonly each: CaseResult;
  readonly explanation: Explanation;
  readonly mesh: Mesh;
  readonly facts: readonly Fact[];
}

/** Each request of a suite that has an answer. */
function explainedCases({ loaded, cases }: SuiteResult): readonly Explained[] {
  if (loaded === undefined) return [];
  const { mesh, assumptions } = loaded;
  return cases.flatMap((each) => {
    const { verdict, asked } = each;
    if (verdict === undefined || asked === undefined) return [];
    const explanation = explainVerdict({ mesh, ...asked, verdict });
    return [{ each, explanation, mesh, facts: [...assumptions, ...verdict.facts] }];
  });
}

function textOf(
  { each, explanation, mesh, facts }: Explained,
  style: Omit<Telling, "mesh"> & { readonly columns: number; readonly titleColumns: number },
): string {
  const { columns, titleColumns, ...telling } = style;
  const assumed = assumedLine(facts, style.verbose);
  const lines = [
    ...explainLines(each, explanation, { mesh, ...telling }),
    ...(assumed === undefined ? [] : ["", ...wrapped("", assumed)]),
  ];
  const title = inColumns(lines.slice(0, 1), titleColumns);
  return `${[...title, ...inColumns(lines.slice(1), columns)].join("\n")}\n`;
}
