import { closeSync, openSync } from "node:fs";
import { eachLine } from "./lines.ts";
import type { Piece } from "./pieces.ts";
import type { Group, Tally } from "./tally.ts";

/** The first line that was skipped for a reason, and where it is. */
export interface FirstLine {
  readonly reason: string;
  readonly lines: number; // skipped for it
  readonly text: string; // its beginning; empty: too long to be held
  readonly file?: string; // absent: stdin
  readonly line?: number; // absent: too far from the beginning to be counted again
}

/** So far from the beginning of a file lines are counted. */
const nearBytes = 1 << 26;
const longestText = 200;

/** Where each reason to skip a line was met first. Lines are counted here, once more: threads that read a log in pieces count none. */
export function firstLines(
  { skipped }: Pick<Tally, "skipped">,
  pieces: readonly Piece[],
): readonly FirstLine[] {
  const numbers = new Map<string, ReadonlyMap<string, number>>();
  for (const path of new Set(pieces.map((piece) => piece.path)))
    numbers.set(path, linesIn(path, pieces, Object.values(skipped)));
  return Object.entries(skipped).map(([reason, { weight, example, piece }]) => {
    const file = pieces[piece]?.path;
    const line = file === undefined ? undefined : numbers.get(file)?.get(example);
    return {
      ...{ reason, lines: weight, text: example.slice(0, longestText) },
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
    };
  });
}

/** Which lines of a file the examples of it are: the first with that text, since all of them were skipped. */
function linesIn(
  path: string,
  pieces: readonly Piece[],
  groups: readonly Group[],
): ReadonlyMap<string, number> {
  const own = groups.filter(({ piece }) => pieces[piece]?.path === path);
  const to = Math.max(0, ...own.map(({ piece }) => pieces[piece]?.to ?? 0));
  const wanted = new Set(own.map(({ example }) => example));
  const found = new Map<string, number>();
  if (to === 0 || to > nearBytes) return found;
  let number = 0;
  const line = (text: string): void => {
    number += 1;
    if (wanted.delete(text)) found.set(text, number);
  };
  const file = openSync(path, "r");
  eachLine(file, { from: 0, to }, { line, tooLong: () => line("") });
  closeSync(file);
  return found;
}
