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
 * Every match in a value replaced, `\1` standing for the text of a group. An expression that does not compile matches nothing.
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
  const text = (from: number, to: number): string => String.fromCodePoint(...codes.slice(from, to));
  if (codes.some(Number.isNaN)) return value;
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
  if (ended === undefined) return value;
  const whole = result + text(at, codes.length);
  return alphabet === "latin1" ? whole : encoded(whole, value);
}

/** Characters that were decoded from several bytes are bytes again. */
function encoded(text: string, value: string): string {
  const isPlain = [...value].every((character) => character < "\x80");
  return isPlain
    ? text
    : [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("");
}

function groupText(
  slots: Slots,
  group: number,
  text: (from: number, to: number) => string,
): string {
  const [from, to] = [slots[2 * group], slots[2 * group + 1]];
  return from === undefined || to === undefined ? "" : text(from, to);
}

function filledIn(substitution: string, group: (index: number) => string): string {
  return substitution.replace(/\\([0-9\\])/g, (_, escaped: string) =>
    escaped === "\\" ? "\\" : group(Number(escaped)),
  );
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
