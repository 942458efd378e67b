import { utf8Bytes } from "./bytes.ts";
import { codesOf, compile, type Instruction, passes } from "./re2.ts";
import { isError } from "./re2-parse.ts";
import { takes } from "./re2-set.ts";
import type { Alphabet } from "./sequence.ts";

/** Where a match and its groups begin and end: two slots each, in characters. */
type Slots = readonly (number | undefined)[];

interface Thread {
  readonly place: number;
  readonly slots: Slots;
}

/**
 * Every match in a value replaced, `\1` standing for the text of a group. An expression that does not compile matches nothing, and where
 * one has no such group, nothing is replaced.
 * Follows google/re2:re2/re2.cc GlobalReplace: the left-most match, of several there the one that is tried first.
 */
export function replaceAll(
  source: string,
  value: string,
  substitution: string,
  alphabet: Alphabet = "bytes",
): string {
  const machine = compile(source, true, alphabet);
  if (isError(machine)) return value;
  const codes = codesOf(value, alphabet);
  const text = (from: number, to: number): string => bytesOf(codes.slice(from, to), alphabet);
  if (alphabet !== "latin1" && codes.some(isBroken)) return value;
  if (highestGroup(substitution) > groupsOf(machine)) return value;
  let result = "";
  let at = 0;
  let ended: number | undefined;
  while (at <= codes.length) {
    const slots = search(machine, codes, at);
    const [start, end] = slots ?? [];
    if (slots === undefined || start === undefined || end === undefined) break;
    result += text(at, start);
    if (start === ended && end === start) {
      result += text(start, start + 1);
      at = start + 1;
      continue;
    }
    result += filledIn(substitution, (group) => groupText(slots, group, text));
    at = end;
    ended = end;
  }
  return ended === undefined ? value : result + text(at, codes.length);
}

/** Characters that were decoded from several bytes are bytes again. */
function bytesOf(codes: readonly number[], alphabet: Alphabet): string {
  if (alphabet === "latin1") return String.fromCharCode(...codes);
  return utf8Bytes(String.fromCodePoint(...codes));
}

/** A character that was read as RE2 reads UTF-8, and that no text can hold. */
function isBroken(code: number): boolean {
  return Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
}

/** How many groups an expression has. */
function groupsOf(machine: readonly Instruction[]): number {
  const slots = machine.map((each) => (each.kind === "save" ? each.slot : 0));
  return slots.reduce((most, slot) => Math.max(most, Math.floor(slot / 2)), 0);
}

function groupText(
  slots: Slots,
  group: number,
  text: (from: number, to: number) => string,
): string {
  const [from, to] = [slots[2 * group], slots[2 * group + 1]];
  return from === undefined || to === undefined ? "" : text(from, to);
}

/** Each `\\` with a digit, or a second one, behind it. At any other one RE2 gives up, and what it has so far counts. */
function filledIn(substitution: string, group: (index: number) => string): string {
  const [fine = ""] = /^(?:[^\\]|\\[0-9\\])*/.exec(substitution) ?? [];
  return fine.replace(/\\([0-9\\])/g, (_, escaped: string) =>
    escaped === "\\" ? "\\" : group(Number(escaped)),
  );
}

/** The highest group that a substitution names. */
function highestGroup(substitution: string): number {
  const named = [...substitution.matchAll(/\\([\s\S])/g)].map(([, character = ""]) => character);
  return named.reduce((most, each) => (/\d/.test(each) ? Math.max(most, Number(each)) : most), 0);
}

/** The left-most match that begins at a character or after it. */
function search(
  machine: readonly Instruction[],
  codes: readonly number[],
  from: number,
): Slots | undefined {
  let threads: readonly Thread[] = [];
  let found: Slots | undefined;
  for (let at = from; at <= codes.length; at += 1) {
    const starting = found === undefined ? [{ place: 0, slots: [at] }] : [];
    const here = spread(machine, [...threads, ...starting], codes, at);
    const next: Thread[] = [];
    for (const { place, slots } of here) {
      const instruction = machine[place];
      if (instruction?.kind === "match") {
        found = withSlot(slots, 1, at);
        break;
      }
      const code = codes[at];
      if (
        instruction?.kind === "take" &&
        code !== undefined &&
        takes(instruction.expression.set, code)
      )
        next.push({ place: place + 1, slots });
    }
    if (next.length === 0 && found !== undefined) return found;
    threads = next;
  }
  return found;
}

/** The threads that take a character or are done, in the order in which they are preferred; of those at one place the first. */
function spread(
  machine: readonly Instruction[],
  threads: readonly Thread[],
  codes: readonly number[],
  at: number,
): readonly Thread[] {
  const seen = new Set<number>();
  const here: Thread[] = [];
  const open = threads.toReversed();
  for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
    if (seen.has(thread.place)) continue;
    seen.add(thread.place);
    const instruction = machine[thread.place];
    if (instruction?.kind === "take" || instruction?.kind === "match") here.push(thread);
    else if (instruction) open.push(...follow(instruction, thread, codes, at).toReversed());
  }
  return here;
}

/** Where an instruction leads without a character, the preferred way first. */
function follow(
  instruction: Instruction,
  { place, slots }: Thread,
  codes: readonly number[],
  at: number,
): readonly Thread[] {
  switch (instruction.kind) {
    case "jump":
      return [{ place: instruction.to, slots }];
    case "fork":
      return instruction.to.map((to) => ({ place: to, slots }));
    case "save":
      return [{ place: place + 1, slots: withSlot(slots, instruction.slot, at) }];
    default:
      return passes(instruction, codes, at) ? [{ place: place + 1, slots }] : [];
  }
}

function withSlot(slots: Slots, slot: number, at: number): Slots {
  const copy = [...slots];
  copy[slot] = at;
  return copy;
}
