import type { Path } from "../model/place.ts";

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where a value is, and the key that it has in its mapping. */
export interface Member {
  readonly key?: Stretch;
  readonly value: Stretch;
}

/** Where the members of a mapping or list are. */
export type Members = Map<string | number, Member>;

/** The same of each mapping and list of a document. */
export type Places = Map<unknown, Members>;

/** What a reader knows of where it is. */
export interface Noted {
  readonly text: string;
  readonly places?: Places | undefined; // kept where somebody asks for them
  readonly at: number;
  readonly key: number; // where the key begins that was read last
  start: number; // of the value that was read last
  end: number;
}

/** A value on one line; what is empty begins where it ends. */
export function noteValue(noted: Noted, start: number, end: number): void {
  noted.start = start;
  noted.end = end;
}

/** Where the key is that was read last, up to its colon; nothing if nobody asks. */
export function keyPlace({ places, key, at }: Noted): Stretch | undefined {
  return places === undefined ? undefined : { start: key, end: at - 1 };
}

/** For the members of a mapping or list that begins; nothing if nobody asks. */
export function noMembers({ places }: Noted): Members | undefined {
  return places === undefined ? undefined : new Map();
}

/** That the value which was read last is a member. */
export function noteMember(
  { start, end }: Noted,
  members: Members | undefined,
  name: string | number,
  key?: Stretch,
): void {
  if (members === undefined) return;
  const value = { start, end };
  members.set(name, key ? { key, value } : { value });
}

/** A mapping or list over several lines: its first line stands for it. */
export function noteBlock(noted: Noted, start: number, value: unknown, members?: Members): void {
  if (members === undefined) return;
  const { text, places } = noted;
  const line = text.indexOf("\n", start);
  const first = text.slice(start, line < 0 ? text.length : line);
  noteValue(noted, start, start + first.trimEnd().length);
  places?.set(value, members);
}

/** Follows a path as far as it leads. */
export function memberAt(places: Places, root: unknown, whole: Stretch, path: Path): Member {
  let found: Member = { value: whole };
  let value: unknown = root;
  for (const step of path) {
    const name = Array.isArray(value) ? Number(step) : String(step);
    const next = places.get(value)?.get(name);
    if (next === undefined) return found;
    found = next;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return found;
}

/** With places counted from an offset that lies so far before. */
export function movedBy({ key, value }: Member, by: number): Member {
  const moved = ({ start, end }: Stretch): Stretch => ({ start: start + by, end: end + by });
  return { ...(key ? { key: moved(key) } : {}), value: moved(value) };
}
