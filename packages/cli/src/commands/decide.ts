import { decider, loadMesh } from "@meshproof/engine";
import { readerOf } from "@meshproof/testkit/files";
import { sideOnDisk } from "../analysis/side.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Flags } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import type { ExitCode, Io } from "../io.ts";
import { type AnswerLines, answerLines } from "../replay/answer-lines.ts";
import { chunksOf, loadOf, optionsOf } from "../replay/inputs.ts";
import { later } from "../replay/later.ts";
import { lineCutter } from "../replay/lines.ts";
import { worldFlags, worldOf } from "../world-flags.ts";

const flags: Flags = {
  ...worldFlags,
  to: { value: "WHAT", help: "where every line went, such as ns/shop,app=orders:8080" },
};

/** A filter of lines: a request each, an answer each, in the same order. */
export const decide: Command = {
  summary: "a line filter: one request a line in, one answer a line out, in the same order",
  usage: ["-f MESH < requests.ndjson > answers.ndjson"],
  about: `Lines are those of authz replay. Answers are JSON: decision, and status, layer, by (the rule), details and dependsOn
(of an undetermined one: the facts that nobody knows) where there are any; the "id" of a request comes back with its answer; a
line that is no request gets {"error": ...}. For whatever cuts a log into pieces: xargs, parallel, Spark (docs/scale.md). Exit
code 2: some line was no request.`,
  flagsOnly: true,
  flags,
  async run(args, io) {
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const patterns = args.many("filename");
    if (patterns.length === 0)
      return { misuse: "which mesh? `-f` is missing", hint: "-f policies/" };
    const reader = readerOf(io);
    const side = await sideOnDisk("the mesh", patterns, { io, reader });
    if (isMisuse(side)) return side;
    const { mesh, findings, assumptions } = loadMesh(loadOf(side, world));
    for (const finding of sortFindings(findings)) io.err(formatFinding(finding, reader));
    tellNamespaces(assumptions, io);
    if (findings.some(({ severity }) => severity === "error")) return 2;
    const options = optionsOf(world);
    const own = decider(mesh, options);
    return filter(answerLines(own, args.one("to"), later(mesh, options, own)), io);
  },
};

/** Answers piece by piece: what comes in goes out before more is taken. */
async function filter(answers: AnswerLines, io: Io): Promise<ExitCode> {
  const cut = lineCutter(answers);
  for await (const chunk of chunksOf(io)) {
    cut.add(chunk);
    await write(await answers.take(), io);
  }
  cut.end();
  await write(await answers.take(), io);
  return answers.failed() ? 2 : 0;
}

async function write(text: string, io: Io): Promise<void> {
  if (text === "") return;
  io.out(text);
  await io.drained?.();
}
