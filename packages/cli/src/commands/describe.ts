import {
  configDump,
  type Description,
  describe as describeWorkload,
  type Mesh,
} from "@meshproof/engine";
import type { SuiteResult } from "@meshproof/testkit";
import { findSuites, readerOf } from "@meshproof/testkit/files";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { describeLines } from "../format/describe.ts";
import { describeJson } from "../format/describe-json.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import { inColumns } from "../format/trace-lines.ts";
import { paint } from "../format/trace-paint.ts";
import { type Access, columnsOf } from "../io.ts";
import { type Job, missingFiles, runNothing, runSuites } from "../run-suites.ts";
import { suiteWorldFlags, worldOf } from "../world-flags.ts";

const flags: Flags = {
  ...suiteWorldFlags,
  "config-dump": { help: "what its proxy is told, as an Envoy config dump has it (JSON)" },
  output: { short: "o", value: "FORMAT", oneOf: ["text", "json"], help: "text (default), json" },
  verbose: { short: "v", help: "every policy that does not apply" },
};

/** What applies to a workload, what does not and why, and what its proxy is told. */
export const describe: Command = {
  summary:
    "which policies apply to a workload, which do not and why; mTLS mode and chains of each port",
  usage: [
    "WORKLOAD -f MESH...     deploy/NS/NAME, svc/NS/NAME, ns/NS,label=value, a name",
    "WORKLOAD SUITE          in the mesh of a suite, with the workloads that it states",
  ],
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const [workload, ...suites] = args.positionals;
    if (workload === undefined)
      return { misuse: "which workload?", hint: "deploy/NS/NAME, ns/NS,label=value" };
    const job: Job = { mesh: args.many("filename"), world, access, wanted: () => false };
    const result = await load(suites, job);
    if (isMisuse(result)) return result;
    for (const finding of sortFindings(result.findings))
      io.err(formatFinding(finding, access.reader));
    const broken = result.findings.some(({ severity }) => severity === "error");
    if (broken || result.loaded === undefined) return 2;
    const { mesh, assumptions } = result.loaded;
    tellNamespaces(assumptions, io);
    const namespace = args.one("namespace") ?? result.namespace;
    const description = describeWorkload(
      mesh,
      workload,
      namespace === undefined ? {} : { namespace },
    );
    if ("message" in description) return { misuse: description.message, hint: description.hint };
    io.out(paint(text(description, mesh, args, access), io.colour));
    return description.refused === undefined ? 0 : 2;
  },
};

interface LoadedMesh extends SuiteResult {
  readonly namespace?: string;
}

async function load(paths: readonly string[], job: Job): Promise<LoadedMesh | Misuse> {
  const wrong = await missingFiles(job);
  if (wrong !== undefined) return wrong;
  if (paths.length === 0)
    return job.mesh.length === 0
      ? { misuse: "which mesh? `-f` is missing", hint: "-f policies/" }
      : runNothing(job);
  const { suites, findings, missing } = await findSuites(paths, job.access);
  const [path] = missing;
  if (path !== undefined) return { misuse: `no suite at \`${path}\`` };
  const [first, second] = suites;
  if (second !== undefined) return { misuse: "one suite, please: each has a mesh of its own" };
  const [result, other] = await runSuites(first === undefined ? [] : [first], job);
  if (other !== undefined) return { misuse: "the suite has several meshes", hint: "-f MESH" };
  if (result === undefined) return { name: "", file: "", findings, cases: [] };
  const namespace = first?.suite.spec.namespace;
  return {
    ...result,
    findings: [...findings, ...result.findings],
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function text(description: Description, mesh: Mesh, args: Args, { reader, io }: Access): string {
  if (args.on("config-dump")) {
    const dump = description.program === undefined ? [] : configDump(description.program);
    return `${JSON.stringify(dump, undefined, 2)}\n`;
  }
  if (args.one("output") === "json") return describeJson(description, mesh, reader);
  const lines = describeLines(description, { mesh, texts: reader, verbose: args.on("verbose") });
  return `${inColumns(lines, columnsOf(io)).join("\n")}\n`;
}
