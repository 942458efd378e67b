import { kindAt, valueEnd } from "./json-values.ts";
import type { Members } from "./members.ts";
import { differsAt } from "./words.ts";

/** A line that was scanned: from where to its line feed, and what it is made of. */
export interface Line {
  bytes: Uint8Array;
  from: number;
  to: number;
}

/**
 * Where the line feed is that ends the line which begins here, if it has the members of another line of the same bytes and only values
 * differ: what is the same is compared, and not scanned. -1: it is a line of another form, or has to be read; then `members` are those of
 * neither.
 */
export function scanAlike(
  members: Members,
  { bytes, from, to }: Line,
  words: DataView,
  at: number,
): number {
  const count = members.count();
  let ahead = at - from; // of the same place in the other line
  let differs = differsAt(words, from, to + 1, ahead);
  for (let member = 0; member < count; member += 1) {
    const [value, past] = [members.values[member] ?? 0, members.pasts[member] ?? 0] as const;
    if (past < differs) members.move(member, ahead);
    else {
      if (differs < value) return -1;
      const start = value + ahead;
      const end = valueEnd(bytes, words, start, Math.min(differs, past - 1) + ahead); // its quote may be the same
      const next = putValue(members, member, bytes, start, end);
      if (next < 0) return -1;
      ahead = next - past;
      differs = differsAt(words, past, to + 1, ahead);
    }
  }
  return differs > to ? to + ahead : -1;
}

/** Where what follows the new value of a member begins. -1: it cannot have that value. */
function putValue(
  { put }: Members,
  member: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  return end < 0 ? -1 : put(member, start, kindAt(bytes, start), end);
}
