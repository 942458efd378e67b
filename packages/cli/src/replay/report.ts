import { countOf } from "@meshproof/testkit";
import { printable } from "../format/finding.ts";
import { table } from "../format/table.ts";
import type { FirstLine } from "./first-lines.ts";
import type { Group, Tally } from "./tally.ts";

/** What is told of a replay. */
export interface ReplayReport {
  readonly tally: Tally;
  readonly candidate: boolean; // candidate policies were tried
  readonly calibrate: boolean;
  readonly top: number; // groups that are shown
  readonly skipped: readonly FirstLine[]; // by reason
}

/** A replay as text: what requests meet, what would change, what differs from what was observed. */
export function replayText({ tally, candidate, calibrate, top, skipped }: ReplayReport): string {
  const { weight, decisions, rules } = tally;
  const counted = Object.entries(decisions).map(([decision, count]) => `${count} ${decision}`);
  const parts = [
    `${countOf(weight, "request", "requests")}${weight === 0 ? "" : ": "}${counted.join(", ")}\n`,
    rulesTable(rules, top),
    ...(candidate ? [changesText(tally, top)] : []),
    ...(calibrate ? [calibrationText(tally, top)] : []),
    skippedText(skipped),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function rulesTable(rules: Tally["rules"], top: number): string {
  const all = Object.keys(rules).length;
  if (all === 0) return "";
  const rows = sorted(rules, top).map(([name, count]) => [`${count}`, name]);
  const more = all > top ? `and ${all - top} more\n` : "";
  return table([["WEIGHT", "DECIDED BY"], ...rows]) + more;
}

function changesText({ changed, changes }: Tally, top: number): string {
  if (changed === 0) return "would change: nothing\n";
  return `would change: ${changed}\n${groupsTable(changes, ["NOW", "THEN"], top)}`;
}

function calibrationText({ agreeing, differing, differences }: Tally, top: number): string {
  const head = `observed: ${agreeing} as said, ${differing} otherwise\n`;
  return differing === 0 ? head : head + groupsTable(differences, ["OBSERVED", "SAID"], top);
}

function groupsTable(
  groups: Readonly<Record<string, Group>>,
  [before, after]: readonly [string, string],
  top: number,
): string {
  const all = Object.entries(groups).toSorted(([, a], [, b]) => b.weight - a.weight);
  const rows = all.slice(0, top).map(([name, { weight }]) => [`${weight}`, ...name.split("\t")]);
  const more =
    all.length > top ? `and ${countOf(all.length - top, "more group", "more groups")}\n` : "";
  return table([["WEIGHT", "FROM", "TO", "METHOD", before, after], ...rows]) + more;
}

/** The most first, each with the first line of it. */
function skippedText(skipped: readonly FirstLine[]): string {
  const rows = skipped.slice(0, 20).map((first) => {
    const { reason, lines } = first;
    return `  ${countOf(lines, "line", "lines")}: ${reason}\n    ${firstText(first)}\n`;
  });
  return rows.length === 0 ? "" : `skipped:\n${rows.join("")}`;
}

function firstText({ file = "-", line, text, lines }: FirstLine): string {
  const where = line === undefined ? file : `${file}:${line}`;
  const shown = text.length > shownText ? `${text.slice(0, shownText)}...` : text;
  return `${lines === 1 ? "" : "first "}${where}${shown === "" ? "" : `: ${printable(shown)}`}`;
}

const shownText = 100;

function sorted(
  counts: Readonly<Record<string, number>>,
  top: number,
): readonly [string, number][] {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, top);
}

/** The same for programs; groups with an example line each. */
export function replayJson({ tally, candidate, calibrate, skipped }: ReplayReport): string {
  const { changed, changes, agreeing, differing, differences, ...always } = tally;
  const shown = {
    apiVersion: "meshproof.dev/v1alpha1",
    kind: "ReplayResult",
    ...always,
    skipped: Object.fromEntries(skipped.map(({ reason, lines }) => [reason, lines])),
    firstSkipped: skipped,
    ...(candidate ? { changed, changes: listed(changes, "now", "then") } : {}),
    ...(calibrate
      ? { agreeing, differing, differences: listed(differences, "observed", "said") }
      : {}),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function listed(
  groups: Readonly<Record<string, Group>>,
  before: string,
  after: string,
): readonly unknown[] {
  return Object.entries(groups)
    .toSorted(([, a], [, b]) => b.weight - a.weight)
    .map(([name, { weight, example }]) => {
      const [from, to, method, was, is] = name.split("\t");
      return { weight, from, to, method, [before]: was, [after]: is, example };
    });
}
