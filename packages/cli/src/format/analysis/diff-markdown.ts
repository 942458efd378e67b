import type { Change, MeshDiff, PointDiff, Region } from "@meshproof/engine/analyse";
import { markdownCell } from "../markdown.ts";
import { changeTitle, onlyText, summaryOf } from "./diff-text.ts";
import { type Compared, pointsText } from "./places.ts";
import { decidedText, statusText, witnessText } from "./witness.ts";

/** A comparison as a comment on a pull request. */
export function diffMarkdown(found: MeshDiff, compared: Compared): string {
  const { names } = compared;
  const lines = [
    `### Access: ${markdownCell(names[0])} → ${markdownCell(names[1])}`,
    "",
    `**${markdownCell(summaryOf(found))}**`,
    ...found.diffs.flatMap((diff) => pointLines(diff, compared)),
    ...(found.assumptions.length === 0
      ? []
      : ["", `<sub>assumed: ${markdownCell(found.assumptions.join("; "))}</sub>`]),
  ];
  return `${lines.join("\n")}\n`;
}

function pointLines(diff: PointDiff, compared: Compared): readonly string[] {
  return [
    "",
    `#### ${markdownCell(pointsText(diff.points))}`,
    ...(diff.only === undefined ? [] : ["", markdownCell(onlyText(diff.only, compared))]),
    ...diff.changes.flatMap((change) => changeLines(change, compared)),
    ...diff.undecided.map(({ text }) => `\n- undecided: ${markdownCell(text)}`),
  ];
}

function changeLines(change: Change, compared: Compared): readonly string[] {
  return [
    "",
    `${changeTitle(change)}:`,
    "",
    "| requests | such as | before → after | decided by |",
    "| --- | --- | --- | --- |",
    ...change.regions.map((region) => row(region, compared)),
    ...(change.complete ? [] : ["", "and more like these"]),
  ];
}

function row({ text, witness }: Region, { meshes, texts }: Compared): string {
  const cells = [
    text === "" ? "every request" : text,
    witnessText(witness),
    statusText(witness).replace("->", "→"),
    decidedText(witness, meshes[1], texts),
  ];
  return `| ${cells.map(markdownCell).join(" | ")} |`;
}
