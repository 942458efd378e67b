import type { Coverage, CoveredPiece } from "./coverage.ts";

/** What several runs hold fast together: what one of them needs is needed. */
export function mergeCoverage(runs: readonly Coverage[]): Coverage {
  const pieces = new Map<string, CoveredPiece>();
  for (const piece of runs.flatMap((run) => run.pieces)) {
    const key = `${piece.at.file}\n${piece.at.start}\n${piece.kind}`;
    pieces.set(key, better(pieces.get(key), piece));
  }
  return {
    pieces: [...pieces.values()].toSorted(inFiles),
    layers: summed(runs.map(({ layers }) => layers)),
    outcomes: summed(runs.map(({ outcomes }) => outcomes)),
  };
}

function inFiles({ at: a }: CoveredPiece, { at: b }: CoveredPiece): number {
  return a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1;
}

const states: readonly CoveredPiece["state"][] = ["unseen", "seen", "needed"];

function better(known: CoveredPiece | undefined, piece: CoveredPiece): CoveredPiece {
  if (known === undefined) return piece;
  return states.indexOf(piece.state) > states.indexOf(known.state) ? piece : known;
}

function summed(
  all: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  const words = all.flatMap((counts) => Object.keys(counts)).toSorted();
  for (const word of words) sums[word] = all.reduce((sum, counts) => sum + (counts[word] ?? 0), 0);
  return sums;
}
