import type { Stretch } from "./known-request.ts";
import { copied, type Plain, type TextRanks } from "./text-ranks.ts";

/**
 * The patterns of one attribute, each under the first rank of its range: where a single pattern is asked for, comparing it with a value
 * takes less than numbering the value among all.
 */
export interface PatternTexts {
  readonly wholes: readonly (string | undefined)[]; // by rank: the text that a value has to be
  readonly forward: Affixes; // and whole texts
  readonly backward: Affixes;
}

/** Beginnings, or ends from the back, by rank. */
interface Affixes {
  readonly places: Int32Array; // by rank: where its codes begin; they end where those of the next rank begin
  readonly codes: Uint16Array;
  readonly highs: Int32Array; // by rank: the end of the range; 0: there is no such pattern
}

/** The patterns, which have these ranks. */
export function patternTexts(
  patterns: readonly Plain[],
  { range, sizes }: TextRanks,
): PatternTexts {
  const wholes = new Array<string | undefined>(sizes.forward).fill(undefined);
  const starts = new Map<number, Affix>();
  const ends = new Map<number, Affix>();
  for (const pattern of patterns) {
    const [low = 0, high = 0] = range(pattern) ?? [];
    const affixes = pattern.kind === "suffix" ? ends : starts;
    if (pattern.kind === "exact") wholes[low] = copied(pattern.text);
    affixes.set(low, { text: pattern.text, high });
  }
  return {
    wholes,
    forward: affixes(starts, sizes.forward),
    backward: affixes(ends, sizes.backward),
  };
}

interface Affix {
  readonly text: string;
  readonly high: number;
}

function affixes(known: ReadonlyMap<number, Affix>, size: number): Affixes {
  const places = new Int32Array(size + 1);
  const highs = new Int32Array(size);
  const codes: number[] = [];
  for (let rank = 0; rank < size; rank += 1) {
    const { text, high } = known.get(rank) ?? { text: "", high: 0 };
    for (let at = 0; at < text.length; at += 1) codes.push(text.charCodeAt(at));
    places[rank + 1] = codes.length;
    highs[rank] = high;
  }
  return { places, codes: Uint16Array.from(codes), highs };
}

/** Whether a range is that of one pattern. */
export function isPattern({ highs }: Affixes, low: number, high: number): boolean {
  return highs[low] === high;
}

/** Whether a value is the text, or begins as the pattern says that has a rank. */
export function matchesForward(
  { wholes, forward }: PatternTexts,
  rank: number,
  value: string,
): boolean {
  const whole = wholes[rank];
  if (whole !== undefined) return value === whole;
  return holdsCodes(forward, rank, value, 0);
}

/** Whether what stands among bytes is as the pattern says that has a rank. */
export function matchesIn(
  { wholes, forward, backward }: PatternTexts,
  rank: number,
  isEnd: boolean,
  { bytes, from, to }: Stretch,
): boolean {
  const { places, codes } = isEnd ? backward : forward;
  const first = places[rank] ?? 0;
  const past = places[rank + 1] ?? 0;
  const left = to - from - (past - first); // of the value, beyond the pattern
  if (left < 0 || (left > 0 && !isEnd && wholes[rank] !== undefined)) return false;
  const ahead = from - first + (isEnd ? left : 0);
  for (let at = past - 1; at >= first; at -= 1) if (codes[at] !== bytes[at + ahead]) return false;
  return true;
}

/** Whether a value ends as the pattern says that has a rank. */
export function matchesBackward({ backward }: PatternTexts, rank: number, value: string): boolean {
  const { places } = backward;
  const length = (places[rank + 1] ?? 0) - (places[rank] ?? 0);
  return holdsCodes(backward, rank, value, value.length - length);
}

/** The last first: there texts differ most. */
function holdsCodes(
  { places, codes }: Affixes,
  rank: number,
  value: string,
  offset: number,
): boolean {
  const first = places[rank] ?? 0;
  const past = places[rank + 1] ?? 0;
  if (offset < 0 || offset + past - first > value.length) return false;
  for (let at = past - 1; at >= first; at -= 1)
    if (codes[at] !== value.charCodeAt(offset + at - first)) return false;
  return true;
}
