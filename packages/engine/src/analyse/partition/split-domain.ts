import { niceCodes } from "./alphabet.ts";
import { run, step } from "./automaton.ts";
import type { Kind, Shape } from "./domain.ts";
import { codesOf, jointClasses } from "./joint.ts";
import { type TextDomain, textDomain } from "./text-domain.ts";

/**
 * An attribute in two coordinates: what its values begin with, and what they end with. Together prefixes and suffixes would
 * multiply. `impossible`: pairs that no value has.
 */
export interface Split {
  readonly head: TextDomain;
  readonly tail: TextDomain;
  readonly impossible: readonly Impossible[];
  readonly valueOf: (head: number, tail: number) => string | undefined; // undefined: absent, or no such value
  readonly isPossible: (head: number, tail: number) => boolean;
}

export interface Impossible {
  readonly heads: readonly number[];
  readonly tails: readonly number[];
}

/** Whether a shape goes to the second coordinate. */
export function isTail({ suffix, fold }: Shape): boolean {
  return suffix !== undefined && !fold;
}

/** The two coordinates of an attribute. */
export function splitDomain(
  name: string,
  shapes: readonly Shape[],
  kind: Kind,
  states: number,
): Split {
  const heads = shapes.filter((shape) => !isTail(shape));
  const tails = shapes.filter(isTail);
  const head = textDomain(name, heads, kind, states, false);
  const tail = textDomain(`${name}~`, tails, { ...kind, seeds: [] }, states, true);
  const pairs = pairing({ head, tail, states });
  return {
    head,
    tail,
    ...pairs,
    impossible: impossibleOf({ head, tail, states }, pairs.isPossible),
  };
}

interface Halves {
  readonly head: TextDomain;
  readonly tail: TextDomain;
  readonly states: number;
}

/** A value of both classes, remembered. `null`: there is none. */
function pairing(halves: Halves): Pick<Split, "valueOf" | "isPossible"> {
  const { head, tail, states } = halves;
  const known = new Map<number, string | null>();
  let joint: ReadonlyMap<string, string> | undefined;
  const exact = (h: number, t: number): string | null => {
    const free = (origin: number): boolean => head.literal[head.ranks[origin] ?? -1] === undefined;
    joint ??= jointClasses(head.automaton, tail.automaton, free, states * 4);
    return joint.get(`${head.origins[h]},${tail.origins[t]}`) ?? null;
  };
  const both = (h: number, t: number): string | null => {
    const key = h * tail.size + t;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = guess(halves, h, t) ?? (head.literal[h] === undefined ? exact(h, t) : null);
    known.set(key, made);
    return made;
  };
  const bothAbsent = (h: number, t: number): boolean =>
    head.values[h] === undefined && tail.values[t] === undefined;
  const oneAbsent = (h: number, t: number): boolean =>
    head.values[h] === undefined || tail.values[t] === undefined;
  return {
    isPossible: (h, t) => bothAbsent(h, t) || (!oneAbsent(h, t) && both(h, t) !== null),
    valueOf: (h, t) => (oneAbsent(h, t) ? undefined : (both(h, t) ?? undefined)),
  };
}

const fillers = ["", "x", "/x", "x/x"];

/** A text of both classes, made of a text of each. */
function guess({ head, tail }: Halves, h: number, t: number): string | undefined {
  const suits = (text: string): boolean => head.classify(text) === h && tail.classify(text) === t;
  const only = head.literal[h];
  if (only !== undefined) return suits(only) ? only : undefined;
  const start = head.values[h] ?? "";
  const shortest = head.automaton.classes[head.origins[h] ?? -1]?.value ?? "";
  const end = suffixOf(tail, t);
  const tails = tail.automaton.classes[tail.origins[t] ?? -1]?.value ?? "";
  const candidates = [
    start,
    ...fillers.flatMap((filler) => [start + filler + end, shortest + filler + end]),
    tail.values[t] ?? "",
    ...freshCodes(tail).map((code) => shortest + String.fromCharCode(code) + tails),
  ];
  return candidates.find(suits);
}

/** The longest suffix that the values of a class have. */
function suffixOf(tail: TextDomain, t: number): string {
  const held = tail.shapes.filter(({ key }) => tail.classes.get(key)?.includes(t));
  return held.reduce(
    (longest, { suffix = "" }) => (suffix.length > longest.length ? suffix : longest),
    "",
  );
}

const fresh = new WeakMap<TextDomain, readonly number[]>();

/** Some characters that no suffix holds: behind one of them a suffix begins anew. */
function freshCodes(tail: TextDomain): readonly number[] {
  const known = fresh.get(tail);
  if (known) return known;
  const used = new Set(tail.shapes.flatMap(({ suffix = "" }) => [...suffix]));
  const made = niceCodes
    .filter((code) => !used.has(String.fromCharCode(code)))
    .filter((code, index) => index < 2 || run(tail.automaton, String.fromCharCode(code)) >= 0)
    .slice(0, 3);
  fresh.set(tail, made);
  return made;
}

/** Classes of heads that go with the same tails are put together. */
function impossibleOf(halves: Halves, isPossible: Split["isPossible"]): readonly Impossible[] {
  const { head, tail } = halves;
  const all = Array.from({ length: tail.size }, (_, index) => index);
  const present = all.filter((t) => tail.values[t] !== undefined);
  const groups = new Map<string, { readonly heads: number[]; readonly fit: readonly number[] }>();
  for (let h = 0; h < head.size; h += 1) {
    const fit = fitting(halves, h, all, present, isPossible);
    if (fit.length === tail.size) continue;
    const key = fit.join();
    const group = groups.get(key) ?? { heads: [], fit };
    group.heads.push(h);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ heads, fit }) => {
    const kept = new Set(fit);
    return { heads, tails: all.filter((t) => !kept.has(t)) };
  });
}

function fitting(
  halves: Halves,
  h: number,
  all: readonly number[],
  present: readonly number[],
  isPossible: Split["isPossible"],
): readonly number[] {
  const { head, tail } = halves;
  const only = head.literal[h];
  if (only !== undefined) return [tail.classify(only)];
  if (head.values[h] !== undefined && absorbs(halves, h)) return present;
  return all.filter((t) => isPossible(h, t));
}

/**
 * Whether a head class takes every tail: it stays in itself on every character that tails are made of, and on one that begins a
 * tail anew.
 */
function absorbs({ head, tail }: Halves, h: number): boolean {
  const origin = head.automaton.classes[head.origins[h] ?? -1];
  if (!origin || head.automaton.rows[origin.state]?.literal) return false;
  const stays = (code: number): boolean =>
    step(head.automaton, origin.state, code) === origin.state;
  if (![...tailCodes(tail)].every(stays)) return false;
  const used = new Set(tail.shapes.flatMap(({ suffix = "" }) => [...suffix]));
  return [...codesOf(head.automaton), ...niceCodes].some(
    (code) => !used.has(String.fromCharCode(code)) && stays(code),
  );
}

const codes = new WeakMap<TextDomain, ReadonlySet<number>>();

function tailCodes(tail: TextDomain): ReadonlySet<number> {
  const known = codes.get(tail);
  if (known) return known;
  const made = new Set<number>();
  for (const { value } of tail.automaton.classes)
    for (let at = 0; at < value.length; at += 1) made.add(value.charCodeAt(at));
  codes.set(tail, made);
  return made;
}
