import { createReadStream, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { readerOf } from "@meshproof/testkit/files";
import { sideOnDisk } from "../analysis/side.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import type { Access, ExitCode } from "../io.ts";
import { firstLines } from "../replay/first-lines.ts";
import { chunksOf, loadOf, optionsOf } from "../replay/inputs.ts";
import { prepare, type ReplayJob } from "../replay/job.ts";
import { lineCutter } from "../replay/lines.ts";
import { type Piece, piecesOf, queueOf, replayPieces } from "../replay/pieces.ts";
import { progressOf } from "../replay/progress.ts";
import type { Replayer } from "../replay/replayer.ts";
import { type ReplayReport, replayJson, replayText } from "../replay/report.ts";
import { sumOf, type Tally } from "../replay/tally.ts";
import { startHelpers, threadWork } from "../replay/threads.ts";
import { worldFlags, worldOf } from "../world-flags.ts";

const flags: Flags = {
  ...worldFlags,
  candidate: {
    value: "FILE",
    multiple: true,
    help: "policies that would take the place of those of -f: a file, a folder, a glob; repeatable",
  },
  calibrate: {
    help: "compare what was observed (status, response code details) with what is said",
  },
  to: { value: "WHAT", help: "where every line went, such as ns/shop,app=orders:8080" },
  threads: {
    value: "N",
    help: "threads; each loads the mesh (default: as many as there are cores, for large logs)",
  },
  top: { value: "N", help: "how many groups are shown (default 20)" },
  "fail-on": {
    value: "WHAT",
    oneOf: ["change", "none"],
    help: "what makes the exit code 1: a change or difference (default), nothing",
  },
  output: { short: "o", value: "FORMAT", oneOf: ["text", "json"], help: "text (default), json" },
};

/** Threads only pay from some size on: each loads the mesh first. */
const worthThreads = 32e6;

/** What logged requests meet, and what would change under other policies. */
export const replay: Command = {
  summary: "what would these logged requests meet? what would other policies change?",
  usage: [
    "LOG... -f MESH                       what they meet",
    "LOG... -f MESH --candidate POLICIES  what would change",
    "LOG... -f MESH --calibrate           what was observed against what is said",
  ],
  about: `A log has one request a line: as JSON in the words of a suite ({"from": ..., "to": ..., "http": ...}, with
"weight" and "observed": {"status", "details"} if need be), Envoy's access log in Istio's default text or JSON form, or
ztunnel's log. "-" is stdin. Files and pipes are streamed: memory stays flat, whatever their size (docs/scale.md).`,
  flags,
  async run(args, io) {
    if (await threadWork()) return 0;
    const access: Access = { io, reader: readerOf(io) };
    const top = Number(args.one("top") ?? 20);
    if (!Number.isInteger(top) || top < 0)
      return { misuse: `\`--top ${args.one("top")}\`: a number from 0 on` };
    const log = logOf(args);
    if (isMisuse(log)) return log;
    const job = await jobOf(args, access);
    if (isMisuse(job)) return job;
    const tally = await tallyOf(log, job, access);
    if (tally === "unusable") return 2;
    const report: ReplayReport = {
      tally,
      candidate: job.candidate !== undefined,
      calibrate: job.calibrate,
      top,
      skipped: firstLines(tally, [...log.pieces, ...log.pipes.map(unmeasured)]),
    };
    io.out(args.one("output") === "json" ? replayJson(report) : replayText(report));
    return exitCode(tally, args);
  },
};

function exitCode({ weight, changed, differing }: Tally, args: Args): ExitCode {
  if (weight === 0) return 2; // nothing was read: nothing is known
  return args.one("fail-on") !== "none" && changed + differing > 0 ? 1 : 0;
}

/** What is to be done. */
async function jobOf(args: Args, access: Access): Promise<ReplayJob | Misuse> {
  const world = await worldOf(args, access.io);
  if (isMisuse(world)) return world;
  const [patterns, others] = [args.many("filename"), args.many("candidate")];
  if (patterns.length === 0) return { misuse: "which mesh? `-f` is missing", hint: "-f policies/" };
  const side = await sideOnDisk("the mesh", patterns, access);
  if (isMisuse(side)) return side;
  const candidate =
    others.length === 0 ? undefined : await sideOnDisk("the candidate", others, access);
  if (isMisuse(candidate)) return candidate;
  const to = args.one("to");
  return {
    load: loadOf(side, world),
    ...(candidate ? { candidate: loadOf(candidate, world) } : {}),
    options: optionsOf(world),
    ...(to === undefined ? {} : { to }),
    calibrate: args.on("calibrate"),
  };
}

/** What is to be read. */
interface Log {
  readonly pieces: readonly Piece[];
  readonly threads: number;
  readonly pipes: readonly string[]; // after the files, by this thread
  readonly stdin: boolean; // after those
}

function logOf(args: Args): Log | Misuse {
  const { positionals } = args;
  if (positionals.length === 0)
    return {
      misuse: "which log? a file, or - for stdin",
      hint: "authz replay access.log -f policies/",
    };
  const paths = positionals.filter((path) => path !== "-");
  const folder = paths.find((path) => statSync(path).isDirectory());
  if (folder !== undefined) return { misuse: `\`${folder}\` is a folder, not a log` };
  const pieces = piecesOf(paths.map((path) => ({ path, size: statSync(path).size })));
  const pipes = [...new Set(paths)].filter(isPipe);
  const many = availableParallelism();
  const threads = Number(args.one("threads") ?? (bytesOf(pieces) < worthThreads ? 1 : many));
  if (!Number.isInteger(threads) || threads < 1)
    return { misuse: `\`--threads ${args.one("threads")}\`: a number from 1 on` };
  return { pieces, threads, pipes, stdin: positionals.includes("-") };
}

/** Whether nobody knows how long something is before it was read: a pipe, a file that the system makes up. */
function isPipe(path: string): boolean {
  const found = statSync(path);
  return !found.isFile() || found.size === 0;
}

function bytesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** A pipe is not read a second time, to number its lines. */
function unmeasured(path: string): Piece {
  return { path, from: 0, to: 0 };
}

/** What the log came to: in this thread, and in others that load the mesh at the same time. */
async function tallyOf(
  { pieces, threads, pipes, stdin }: Log,
  job: ReplayJob,
  { io, reader }: Access,
): Promise<Tally | "unusable"> {
  const [program = ""] = process.argv.slice(1);
  const queue = queueOf(pieces, threads);
  const helpers = startHelpers(program, job, { queue, threads });
  const { replayer, findings, assumptions } = prepare(job);
  for (const finding of sortFindings(findings)) io.err(formatFinding(finding, reader));
  tellNamespaces(assumptions, io);
  if (findings.some(({ severity }) => severity === "error")) {
    helpers.stop();
    return "unusable";
  }
  const tell = io.terminal === true ? io.err : () => {};
  const progress = progressOf(bytesOf(pieces), { clock: io.clock ?? (() => 0), tell });
  await replayPieces(replayer, { queue, thread: 0 }, progress.read);
  for (const [index, path] of pipes.entries()) {
    replayer.enter(pieces.length + index);
    await replayStream(replayer, createReadStream(path));
  }
  replayer.enter(pieces.length + pipes.length);
  if (stdin) await replayStream(replayer, chunksOf(io));
  const others = await helpers.tallies();
  progress.done();
  return sumOf([replayer.tally(), ...others]);
}

async function replayStream(replayer: Replayer, chunks: AsyncIterable<Buffer>): Promise<void> {
  const cut = lineCutter(replayer);
  for await (const chunk of chunks) {
    cut.add(chunk);
    await replayer.settle();
  }
  cut.end();
  await replayer.settle();
}
