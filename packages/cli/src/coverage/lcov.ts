import type { Coverage } from "@meshproof/testkit";
import type { Texts } from "../format/position.ts";
import { isCovered, type Line, linesOf } from "./lines.ts";

/** LCOV's tracefile: a line of YAML is hit when every piece that begins on it is covered; each piece is a branch. */
export function lcov({ pieces }: Coverage, texts: Texts): string {
  return [...linesOf(pieces, texts)].map(([file, lines]) => record(file, lines)).join("");
}

function record(file: string, lines: readonly Line[]): string {
  const branches = lines.flatMap(({ line, pieces }) =>
    pieces.map((piece, index) => `BRDA:${line},0,${index},${isCovered(piece) ? 1 : 0}`),
  );
  const pieces = lines.flatMap((line) => line.pieces);
  const text = [
    "TN:",
    `SF:${file}`,
    ...branches,
    `BRF:${pieces.length}`,
    `BRH:${pieces.filter(isCovered).length}`,
    ...lines.map(({ line, covered }) => `DA:${line},${covered ? 1 : 0}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(({ covered }) => covered).length}`,
    "end_of_record",
  ];
  return `${text.join("\n")}\n`;
}
