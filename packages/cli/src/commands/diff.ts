import type { DataPlane, Fact, Finding, Loaded, LoadOptions } from "@meshproof/engine";
import { diffMeshes, diffPlanes, type MeshDiff } from "@meshproof/engine/analyse";
import { readerOf } from "@meshproof/testkit/files";
import { askAgain, meshWords } from "../analysis/ask-again.ts";
import { findingsOfChange } from "../analysis/findings-of-change.ts";
import { planeFlag, planeOf, type Taken } from "../analysis/plane-flag.ts";
import { loadSide, type Side, sideOnDisk } from "../analysis/side.ts";
import { sidesOf } from "../analysis/sides.ts";
import { type Command, isMisuse } from "../command.ts";
import type { Args, Flags, Misuse } from "../flags.ts";
import { diffJson } from "../format/analysis/diff-json.ts";
import { diffMarkdown } from "../format/analysis/diff-markdown.ts";
import { aloneIn, diffText } from "../format/analysis/diff-text.ts";
import type { Again } from "../format/analysis/places.ts";
import { tellNamespaces } from "../format/assumed-namespaces.ts";
import { formatFinding, sortFindings } from "../format/finding.ts";
import type { Access, ExitCode } from "../io.ts";
import { releaseFlag } from "../release-flag.ts";
import { type World, worldFlags, worldOf } from "../world-flags.ts";

const { now: _now, keys: _keys, assume: _assume, ...meshFlags } = worldFlags;

const flags: Flags = {
  ...meshFlags,
  ...planeFlag,
  filename: {
    short: "f",
    value: "FILE",
    multiple: true,
    help: "of a git revision: which files; a file, a folder, a glob; repeatable (default all)",
  },
  "from-istio": releaseFlag("the same files under this release, and under --to-istio"),
  "to-istio": releaseFlag("the other release"),
  between: {
    value: "PLANE,PLANE",
    help: "the same files under two data planes: sidecar,ambient",
  },
  "fail-on": {
    value: "WHAT",
    oneOf: ["widen", "narrow", "any", "none"],
    help: "what makes the exit code 1: access that widens (default), narrows, any difference, nothing",
  },
  output: {
    short: "o",
    value: "FORMAT",
    oneOf: ["text", "markdown", "json"],
    help: "text (default), markdown (for a pull request), json",
  },
  verbose: { short: "v", help: "with the command that asks each request again" },
};

/** What becomes allowed or denied, of all requests there can be. */
export const diff: Command = {
  summary: "what becomes allowed or denied between two states of a mesh? with a request for each",
  usage: [
    "OLD NEW                              files, folders or - for stdin, or git revisions with -f MESH",
    "REVISION.. | REVISION..OTHER -f MESH git revisions; REVISION alone: against the files as they are",
    "REVISION... | REVISION...OTHER -f MESH from where the two parted",
    "MESH... --from-istio 1.29 --to-istio 1.31",
    "MESH... --between sidecar,ambient",
  ],
  about: `All requests are compared, not samples: a difference is shown with one request that was evaluated on both
sides, and no difference means there is none. Without workloads in the files, one workload stands for each
combination of the policies' selectors.`,
  flags,
  async run(args, io) {
    const access: Access = { io, reader: readerOf(io) };
    const world = await worldOf(args, io);
    if (isMisuse(world)) return world;
    const compared = await compare(args, world, access);
    if (isMisuse(compared)) return compared;
    const { sides, findings, result } = compared;
    const texts = { texts: new Map(sides.flatMap(({ files }) => files.map(fileEntry))) };
    for (const finding of sortFindings(findings)) io.err(formatFinding(finding, texts));
    if (result === undefined) return 2;
    tellNamespaces(compared.assumptions, io);
    const { meshes, diff: found } = result;
    const output = args.one("output") ?? "text";
    const print = { text: diffText, markdown: diffMarkdown, json: diffJson }[output] ?? diffText;
    const again = args.on("verbose") ? againOf(compared, meshes, args) : undefined;
    io.out(
      print(found, {
        names: compared.names,
        meshes,
        texts,
        ...(again === undefined ? {} : { again }),
      }),
    );
    return exitCode(found, args.one("fail-on") ?? "widen");
  },
};

/** Of the new side, or of the old one where the new one is in no files; not of data planes, which no command states. */
function againOf(
  { sides }: Compared,
  meshes: readonly [Loaded["mesh"], Loaded["mesh"]],
  args: Args,
): Again | undefined {
  if (args.on("between") || args.on("data-plane")) return undefined;
  const releases = [args.one("from-istio"), args.one("to-istio")];
  for (const index of [1, 0]) {
    const [patterns = [], istio] = [sides[index]?.patterns, releases[index]];
    const words = meshWords(patterns, args, { istio });
    const mesh = meshes[index];
    if (words === undefined || mesh === undefined) continue;
    const taken = planeOf(args);
    return (witness, point) =>
      askAgain(witness, { mesh, point, isWay: false, ...taken }, { words, side: index });
  }
  return undefined;
}

function fileEntry({ path, text }: Side["files"][number]): readonly [string, string] {
  return [path, text];
}

type Differences = (before: Loaded["mesh"], after: Loaded["mesh"]) => MeshDiff;

interface Compared {
  readonly names: readonly [string, string];
  readonly sides: readonly [Side, Side];
  readonly findings: readonly Finding[];
  readonly assumptions: readonly Fact[];
  readonly result?: {
    readonly meshes: readonly [Loaded["mesh"], Loaded["mesh"]];
    readonly diff: MeshDiff;
  };
}

async function compare(args: Args, world: World, access: Access): Promise<Compared | Misuse> {
  const between = args.one("between");
  const [from, to] = [args.one("from-istio"), args.one("to-istio")];
  if (
    between !== undefined &&
    [from, to, args.one("data-plane")].some((each) => each !== undefined)
  )
    return {
      misuse: "`--between` compares data planes: not with `--from-istio` or `--data-plane`",
    };
  const differences: Differences = (...meshes) => diffMeshes(...meshes, planeOf(args));
  if (between === undefined && from === undefined && to === undefined) {
    const sides = await sidesOf(args, access);
    if (isMisuse(sides)) return sides;
    const { before, after } = sides;
    const loaded = [loadSide(before, world), loadSide(after, world)] as const;
    return compared([before.name, after.name], [before, after], loaded, differences);
  }
  const patterns = [...args.positionals, ...args.many("filename")];
  if (patterns.length === 0) return { misuse: "which mesh?", hint: "authz diff policies/ ..." };
  const side = await sideOnDisk("the mesh", patterns, access);
  if (isMisuse(side)) return side;
  if (between !== undefined) return comparePlanes(between, side, world, planeOf(args));
  if (from === undefined || to === undefined)
    return { misuse: "two releases are compared: --from-istio and --to-istio" };
  const under = (istio: string): Partial<LoadOptions> => ({ istio });
  const loaded = [loadSide(side, world, under(from)), loadSide(side, world, under(to))] as const;
  return compared([`Istio ${from}`, `Istio ${to}`], [side, side], loaded, differences);
}

const planes: readonly DataPlane[] = ["sidecar", "ambient"];

function comparePlanes(
  between: string,
  side: Side,
  world: World,
  assumed: Taken,
): Compared | Misuse {
  const [one, other, ...more] = between
    .split(",")
    .map((each) => planes.find((plane) => plane === each));
  if (one === undefined || other === undefined || one === other || more.length > 0)
    return {
      misuse: `\`--between ${between}\`: two of ${planes.join(", ")}`,
      hint: "--between sidecar,ambient",
    };
  const loaded = loadSide(side, world);
  const planesOf: Differences = (mesh) => diffPlanes(mesh, [one, other], assumed);
  return compared([one, other], [side, side], [loaded, loaded], planesOf);
}

function compared(
  names: readonly [string, string],
  sides: readonly [Side, Side],
  [before, after]: readonly [Loaded, Loaded],
  differences: Differences,
): Compared {
  const [old, young] = sides;
  const findings = findingsOfChange(
    { side: old, findings: before.findings },
    { side: young, findings: after.findings },
  );
  const assumptions = [...before.assumptions, ...after.assumptions];
  const base = { names, sides, findings, assumptions };
  if (findings.some(({ severity }) => severity === "error")) return base;
  const meshes = [before.mesh, after.mesh] as const;
  return { ...base, result: { meshes, diff: differences(...meshes) } };
}

/** Whoever asks for a failure gets one only for what was proved; what is not known is told apart. */
function exitCode(found: MeshDiff, failOn: string): ExitCode {
  const { result, diffs, points } = found;
  const wider = result === "wider" || result === "both";
  const narrower = result === "narrower" || result === "both";
  const fails =
    (failOn === "widen" && wider) ||
    (failOn === "narrow" && narrower) ||
    (failOn === "any" && (wider || narrower || result === "status"));
  if (fails) return 1;
  const isNothing = points > 0 && aloneIn(found) === points;
  const open =
    isNothing || result === "undecided" || diffs.some(({ undecided }) => undecided.length > 0);
  return open && failOn !== "none" ? 3 : 0;
}
