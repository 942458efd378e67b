import type { Expectation } from "@meshproof/testkit";
import { readerOf } from "@meshproof/testkit/files";
import { type Answers, answer, errorCode } from "../answers.ts";
import { type Command, isMisuse } from "../command.ts";
import { exitCodeOf } from "../exit.ts";
import type { Args, Flags } from "../flags.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import { checkJson } from "../format/json.ts";
import { findingsOf, formatCheck } from "../format/report.ts";
import { type Access, columnsOf, worst } from "../io.ts";
import { requestFlags } from "../request-flags.ts";
import type { Job } from "../run-suites.ts";
import { unusedFlags } from "../unused-flags.ts";
import { suiteWorldFlags, worldOf } from "../world-flags.ts";

const decisions = ["allow", "deny", "undetermined", "invalid"] as const;

const flags: Flags = {
  ...suiteWorldFlags,
  ...requestFlags,
  expect: { value: "DECISION", oneOf: decisions, help: "exit 1 if the request meets another" },
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: ["table", "wide", "json"],
    help: "table (default), wide (layer, proxy, chain, identity seen), json",
  },
  verbose: { short: "v", help: "each layer at each proxy, and every policy that does not apply" },
  quiet: { short: "q", help: "say nothing: the exit code is the answer" },
};

/** What happens to these requests: those of suites, or the one that flags describe. */
export const check: Command = {
  summary: "what happens to these requests?",
  usage: [
    "SUITE...                                      files or folders that hold suites",
    "-f MESH... --from WHO --to WHAT [--http ...]   one request",
  ],
  about: `A suite is a YAML document of kind Suite (docs/suites.md); folders are searched for them.
What a request does not say is asked or assumed, and printed: authz help assumptions.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const job: Job = { mesh: args.many("filename"), world, access };
    const answers = await answer(args, job, expectOf(args));
    if (isMisuse(answers)) return answers;
    if (!args.on("quiet")) for (const line of unusedFlags(args, answers.results)) io.err(line);
    print(answers, args, access);
    return worst([exitCodeOf(answers.results), ...answers.findings.map(errorCode)]);
  },
};

function expectOf(args: Args): Expectation | undefined {
  return decisions.find((word) => word === args.one("expect"));
}

function print({ results, findings }: Answers, args: Args, { io, reader }: Access): void {
  const all = sortFindings([...findings, ...findingsOf(results)]);
  const output = args.one("output") ?? "table";
  if (args.on("quiet")) return;
  if (output === "json") {
    io.out(checkJson(results, all, { texts: reader.texts, verbose: args.on("verbose") }));
    return;
  }
  const told = all.map((finding) => formatFinding(finding, reader)).join("");
  if (told !== "") io.err(told);
  const style = {
    texts: reader,
    wide: output === "wide",
    verbose: args.on("verbose"),
    ...(io.columns === undefined ? {} : { columns: columnsOf(io) }),
  };
  io.out(formatCheck(results, style));
}
