import type { Text } from "../../model/rule.ts";
import { type AffixTrie, affixTrie, longestAffix } from "./affix-trie.ts";
import { type ExactTable, exactTable, indexOfText } from "./exact-table.ts";
import { missing, ordinary } from "./ranks.ts";

/** Patterns that are a text, its beginning or its end. */
export type Plain = Extract<Text, { kind: "exact" | "prefix" | "suffix" }>;

/**
 * The values of one attribute, numbered so that every pattern is a range: texts and beginnings in the order in which a trie
 * is walked, ends likewise from the back.
 */
export interface TextRanks {
  readonly starts: AffixTrie | undefined; // and whole texts; absent: there are only whole texts
  readonly exact: ExactTable; // those, then
  readonly exactRanks: Int32Array;
  readonly ends: AffixTrie | undefined;
  readonly sizes: { readonly forward: number; readonly backward: number };
  readonly range: (pattern: Plain) => readonly [low: number, high: number] | undefined;
}

/** The number of a value among texts and beginnings. */
export function forwardRank(
  { exact, exactRanks, starts }: TextRanks,
  value: string | undefined,
): number {
  if (value === undefined) return missing;
  if (starts !== undefined) return longestAffix(starts, value) || ordinary;
  const index = indexOfText(exact, value);
  return index < 0 ? ordinary : (exactRanks[index] ?? ordinary);
}

/** The number of a value among ends. */
export function backwardRank({ ends }: TextRanks, value: string | undefined): number {
  if (value === undefined) return missing;
  return ends === undefined ? ordinary : longestAffix(ends, value) || ordinary;
}

/** Numbers the values that these patterns tell apart. */
export function textRanks(patterns: Iterable<Plain>): TextRanks {
  const texts: Record<Plain["kind"], Set<string>> = {
    exact: new Set(),
    prefix: new Set(),
    suffix: new Set(),
  };
  for (const { kind, text } of patterns) if (!texts[kind].has(text)) texts[kind].add(copied(text));
  const ahead = numbered(texts.prefix, texts.exact);
  const back = numbered(new Set([...texts.suffix].map(reversed)), new Set());
  const alone = ahead.open.size === 0 ? ahead.exact : new Map<string, number>();
  return {
    starts: ahead.open.size === 0 ? undefined : affixTrie(lows(ahead.open), ahead.exact),
    exact: exactTable([...alone.keys()]),
    exactRanks: Int32Array.from(alone.values()),
    ends: back.open.size === 0 ? undefined : affixTrie(lows(back.open), new Map(), -1),
    sizes: { forward: ahead.size, backward: back.size },
    range: ({ kind, text }) => {
      if (kind === "prefix") return ahead.open.get(text);
      if (kind === "suffix") return back.open.get(reversed(text));
      const rank = ahead.exact.get(text);
      return rank === undefined ? undefined : [rank, rank + 1];
    },
  };
}

/** The same text for itself: as a part of a file it would keep the whole of that in memory. */
export function copied(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

/** What a value gets that goes on from a beginning in a way that nothing tells apart. */
function lows(
  open: ReadonlyMap<string, readonly [low: number, high: number]>,
): ReadonlyMap<string, number> {
  return new Map([...open].map(([text, [low]]) => [text, low]));
}

interface Numbered {
  readonly open: ReadonlyMap<string, readonly [low: number, high: number]>; // beginnings
  readonly exact: ReadonlyMap<string, number>;
  readonly size: number;
}

/** A beginning gets the range of everything that goes on from it. */
function numbered(starts: ReadonlySet<string>, exacts: ReadonlySet<string>): Numbered {
  const items = [
    ...[...starts].map((text) => ({ text, open: true })),
    ...[...exacts].map((text) => ({ text, open: false })),
  ].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : Number(b.open) - Number(a.open)));
  const open = new Map<string, readonly [number, number]>();
  const exact = new Map<string, number>();
  const stack: { readonly text: string; readonly low: number }[] = [];
  let next = ordinary + 1;
  const close = (upTo: string | undefined): void => {
    for (let top = stack.at(-1); top && !upTo?.startsWith(top.text); top = stack.at(-1)) {
      open.set(top.text, [top.low, next]);
      stack.pop();
    }
  };
  for (const item of items) {
    close(item.text);
    if (item.open) stack.push({ text: item.text, low: next });
    else exact.set(item.text, next);
    next += 1;
  }
  close(undefined);
  return { open, exact, size: next };
}

/** By UTF-16 units, as the trie is walked. */
function reversed(text: string): string {
  return text.split("").reverse().join("");
}
