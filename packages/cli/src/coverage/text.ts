import type { Coverage, CoveredPiece } from "@meshproof/testkit";
import { positionText, type Texts } from "../format/position.ts";
import { table } from "../format/table.ts";
import { percentOf } from "./percent.ts";

/** The numbers for a person, and every piece that no test hangs on, with its place. */
export function coverageText({ pieces, layers, outcomes }: Coverage, texts: Texts): string {
  const uncovered = pieces.filter(({ state }) => state !== "needed");
  const counts = kinds
    .map(([kind, many]) => [many, pieces.filter((piece) => piece.kind === kind)] as const)
    .filter(([, some]) => some.length > 0)
    .map(([many, some]) => `${many} ${coveredIn(some)}/${some.length}`);
  const rows = uncovered.map((piece) => [
    `  ${positionText(piece.at, texts)}`,
    piece.text,
    whys[piece.state],
  ]);
  const list = rows.length === 0 ? "" : `not covered:\n${table(rows)}`;
  return `coverage ${percentOf(pieces)}%: ${counts.join(", ")}
layers: ${countsText(layers)}; outcomes: ${countsText(outcomes)}
${list}`;
}

const kinds: readonly (readonly [kind: CoveredPiece["kind"], many: string])[] = [
  ["policy", "policies"],
  ["rule", "rules"],
  ["entry", "entries"],
  ["value", "values"],
];

const whys: Readonly<Record<CoveredPiece["state"], string>> = {
  needed: "",
  seen: "no test fails without it",
  unseen: "no test comes to it",
};

function coveredIn(pieces: readonly CoveredPiece[]): number {
  return pieces.filter(({ state }) => state === "needed").length;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const words = Object.entries(counts).map(([word, count]) => `${word} ${count}`);
  return words.length === 0 ? "none" : words.join(", ");
}
