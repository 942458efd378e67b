import type { Change, MeshDiff, PointDiff, Region } from "@meshproof/engine/analyse";
import { inColumns, type Line, placed, wrapped } from "../trace-lines.ts";
import { againLines, type Compared, counted, pointsText } from "./places.ts";
import { decidedText, statusText, witnessText } from "./witness.ts";

/** A comparison as a person reads it: what changes where, each with one request, and the sum of it. */
export function diffText(found: MeshDiff, compared: Compared, columns?: number): string {
  const lines: readonly Line[] = [
    ...found.diffs.flatMap((diff) => [...pointLines(diff, compared), ""]),
    ...wrapped("", summaryOf(found)),
    ...(found.assumptions.length > 0 ? wrapped("assumed: ", found.assumptions.join("; ")) : []),
  ];
  return `${inColumns(lines, columns).join("\n")}\n`;
}

function pointLines(diff: PointDiff, compared: Compared): readonly Line[] {
  return [
    ...wrapped("", pointsText(diff.points)),
    ...(diff.only === undefined ? [] : wrapped("  ", onlyText(diff.only, compared))),
    ...diff.changes.flatMap((change) => changeLines(change, diff, compared)),
    ...diff.undecided.flatMap(({ text }) => wrapped("  ? undecided: ", text)),
  ];
}

/** Which side has the workload. */
export function onlyText(only: "before" | "after", { names }: Pick<Compared, "names">): string {
  return `there only in ${only === "before" ? names[0] : names[1]}`;
}

function changeLines(change: Change, diff: PointDiff, compared: Compared): readonly Line[] {
  return [
    `  ${changeTitle(change)}`,
    ...change.regions.flatMap((region) => [
      ...regionLines(region, compared),
      ...againLines("        ", compared.again, region.witness, diff.points),
    ]),
    ...(change.complete ? [] : ["    and more like these"]),
  ];
}

/** "newly allowed (HTTP)" */
export function changeTitle({ kind, protocol }: Change): string {
  const words = {
    "newly-allowed": "newly allowed",
    "newly-denied": "newly denied",
    "changed-status": "refused with another answer",
  };
  return `${words[kind]} (${protocol === "http" ? "HTTP" : "bytes"})`;
}

function regionLines({ text, witness }: Region, { meshes, texts }: Compared): readonly Line[] {
  const by = decidedText(witness, meshes[1], texts);
  return [
    ...wrapped("    - ", text === "" ? "every request" : text),
    ...placed("      such as ", `${witnessText(witness)}: ${statusText(witness)}`, by || undefined),
  ];
}

/** The result in one sentence. */
export function summaryOf(found: MeshDiff): string {
  const { result, diffs, points, made, cut } = found;
  const alone = aloneIn(found);
  if (result === "same" && alone === points && alone > 0)
    return `nothing was compared: no workload is on both sides (${counted(points, "workload")})`;
  const stands = made ? ", each for all with its labels: no file holds a workload" : "";
  const rest = cut
    ? "; more combinations of selectors than 64 in a namespace: the others were not looked at"
    : "";
  const looked = `${counted(points, "workload")}${stands}${rest}`;
  const differing = diffs.flatMap((diff) => (diff.changes.length > 0 ? diff.points : [])).length;
  const words: Readonly<Record<MeshDiff["result"], string>> = {
    same: "no difference: every request meets the same on both sides",
    wider: "access widens",
    narrower: "access narrows",
    both: "access widens and narrows",
    status: "the same requests get through; some are refused with another answer",
    undecided: "undecided: see above",
  };
  const more = alone > 0 ? `, ${alone} of them on one side only` : "";
  const where = differing === 0 ? `(${looked}${more})` : `at ${differing} of ${looked}${more}`;
  return `${words[result]} ${where}`;
}

/** How many workloads only one side has: nothing is compared there. */
export function aloneIn({ diffs }: MeshDiff): number {
  return diffs.flatMap(({ only, points }) => (only === undefined ? [] : points)).length;
}
