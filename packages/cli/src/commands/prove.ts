import { readerOf } from "@meshproof/testkit/files";
import { proofAgain } from "../analysis/ask-again.ts";
import { findInvariants } from "../analysis/find-invariants.ts";
import { planeFlag, planeOf } from "../analysis/plane-flag.ts";
import { type Proved, proveDocument } from "../analysis/prove-document.ts";
import { savedWitnesses } from "../analysis/save-witness.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { proveJson } from "../format/analysis/prove-json.ts";
import { isMet, proveText } from "../format/analysis/prove-text.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import type { Texts } from "../format/position.ts";
import { paint } from "../format/trace-paint.ts";
import { type Access, columnsOf, type ExitCode, type Io, worst } from "../io.ts";
import { worldFlags, worldOf } from "../world-flags.ts";

const { now: _now, keys: _keys, assume: _assume, ...meshFlags } = worldFlags;

const flags: Flags = {
  ...meshFlags,
  ...planeFlag,
  filename: {
    short: "f",
    value: "FILE",
    multiple: true,
    help: "mesh: a file, a folder, a glob, - for stdin; repeatable; replaces what the invariants' files say",
  },
  "save-witness": { value: "FILE", help: "write the requests that break an invariant as a suite" },
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: ["text", "json", "junit", "markdown", "github"],
    help: "text (default), json, junit, markdown, github",
  },
  verbose: {
    short: "v",
    help: "the command that asks each request again, and the workloads where an invariant holds",
  },
};

/** Whether invariants hold of every request there can be. */
export const prove: Command = {
  summary: "does this hold for every request? with a request where it does not",
  usage: [
    "PATH...            files or folders that hold invariants, and the mesh where those name none",
  ],
  about: `Invariants are YAML documents of kind Invariants (docs/analysis.md). An invariant holds, is violated (a request is
shown that was evaluated), or is undecided; one that holds because no such request comes as far as policies fails,
unless it says \`vacuous: ok\`. Exit codes: 0 all hold; 1 one is violated; 3 one is undecided.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const proved = await proveAll(args, access);
    if (isMisuse(proved)) return proved;
    const { results, findings } = proved;
    const files = results.flatMap((each) => each.files);
    const texts = {
      texts: new Map([
        ...access.reader.texts,
        ...files.map(({ path, text }) => [path, text] as const),
      ]),
    };
    for (const finding of sortFindings(findings)) io.err(formatFinding(finding, texts));
    tellNamespaces(
      results.flatMap(({ assumptions }) => assumptions),
      io,
    );
    io.out(await told(proved, texts, args, io));
    await saveWitnesses(results, args.one("save-witness"), io);
    const unusable = findings.some(({ severity }) => severity === "error");
    return worst([unusable ? 2 : 0, ...results.map(exitCode)]);
  },
};

async function told(proved: ProvedAll, texts: Texts, args: Args, io: Io): Promise<string> {
  const { results, findings } = proved;
  const format = args.one("output") ?? "text";
  if (format === "json") return proveJson(results, texts);
  if (format !== "text") {
    const { proveReport } = await import("../format/analysis/prove-outcomes.ts"); // most read the text
    const errors = findings.filter(({ severity }) => severity === "error");
    return proveReport(results, texts, { format, errors });
  }
  if (results.every(({ proofs }) => proofs.length === 0)) return "";
  const verbose = args.on("verbose");
  const again = proofAgain(args);
  const style = { columns: columnsOf(io), verbose, ...(verbose ? { again } : {}) };
  return paint(proveText(results, texts, style), io.colour);
}

interface ProvedAll {
  readonly results: readonly Proved[];
  readonly findings: Proved["findings"];
}

async function proveAll(args: Args, access: Access): Promise<ProvedAll | Misuse> {
  const world = await worldOf(args, access.io);
  if (isMisuse(world)) return world;
  if (args.positionals.length === 0)
    return { misuse: "which invariants?", hint: "authz prove policies/" };
  const found = await findInvariants(args.positionals, access);
  if (isMisuse(found)) return found;
  if (found.documents.length === 0 && found.findings.length === 0)
    return {
      misuse: `no invariants at \`${args.positionals.join(" ")}\``,
      hint: "docs/analysis.md",
    };
  const proving = {
    stated: args.many("filename"),
    fallback: args.positionals,
    world,
    access,
    plane: planeOf(args),
  };
  const results: Proved[] = [];
  for (const document of found.documents) {
    const proved = await proveDocument(document, proving);
    if (isMisuse(proved)) return proved;
    results.push(proved);
  }
  return { results, findings: [...found.findings, ...results.flatMap((each) => each.findings)] };
}

function exitCode({ proofs }: Proved): ExitCode {
  if (proofs.some((proof) => proof.result !== "undecided" && !isMet(proof))) return 1;
  return proofs.some(({ result }) => result === "undecided") ? 3 : 0;
}

/** The suites of all documents in one file. */
async function saveWitnesses(
  results: readonly Proved[],
  path: string | undefined,
  io: Io,
): Promise<void> {
  if (path === undefined) return;
  const saved = results.map((proved) => savedWitnesses(proved, path));
  const suites = saved.flatMap((each) => each.suites);
  const left = [...new Set(saved.flatMap((each) => each.left))];
  if (left.length > 0) io.err(`authz: ${leftText(left)}\n`);
  if (suites.length === 0) {
    const why = left.length > 0 ? "no test shows what was found" : "no invariant is violated";
    io.err(`authz: ${why}: ${path} was not written\n`);
    return;
  }
  await io.write(path, suites.join("---\n"));
  io.err(`wrote ${path}: authz test ${path}\n`);
}

/** What a gateway lets pass may be refused behind it; a waypoint itself is addressed by nobody; of a copy nobody is told. */
function leftText(names: readonly string[]): string {
  const list = names.map((name) => `\`${name}\``).join(", ");
  const why =
    "what a gateway lets pass is refused behind it, a waypoint itself is called, or a copy of a request comes there";
  return `not all counterexamples of ${list} are written: ${why}`;
}
