import type { CoveredPiece } from "@meshproof/testkit";
import { positionOf, type Texts } from "../format/position.ts";

/** The pieces that begin on one line; it counts as covered when all of them are. */
export interface Line {
  readonly line: number;
  readonly pieces: readonly CoveredPiece[];
  readonly covered: boolean;
}

/** The lines of each file on which pieces begin, in order. */
export function linesOf(
  pieces: readonly CoveredPiece[],
  texts: Texts,
): ReadonlyMap<string, readonly Line[]> {
  const files = new Map<string, Map<number, CoveredPiece[]>>();
  for (const piece of pieces) {
    const { file, line } = positionOf(piece.at, texts);
    const lines = files.get(file) ?? new Map<number, CoveredPiece[]>();
    files.set(file, lines.set(line, [...(lines.get(line) ?? []), piece]));
  }
  return new Map([...files].map(([file, lines]) => [file, [...lines].map(lineOf)]));
}

function lineOf([line, pieces]: readonly [number, readonly CoveredPiece[]]): Line {
  return { line, pieces, covered: pieces.every(isCovered) };
}

/** Whether some test fails without it. */
export function isCovered({ state }: CoveredPiece): boolean {
  return state === "needed";
}
