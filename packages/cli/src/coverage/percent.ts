import type { CoveredPiece } from "@meshproof/testkit";

/** How many of some pieces are covered, in percent; of none, all. Never rounded up to 100. */
export function percentOf(pieces: readonly CoveredPiece[]): number {
  if (pieces.length === 0) return 100;
  const covered = pieces.filter(({ state }) => state === "needed").length;
  return Math.floor((covered * 1000) / pieces.length) / 10;
}
