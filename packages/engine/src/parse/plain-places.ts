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

/** Where the members of each mapping and list are. */
export type Places = Map<unknown, Map<string | number, Member>>;

/** What a reader knows of where it is. */
export interface Noted {
  readonly text: string;
  readonly places?: Places | undefined; // kept where somebody asks for them
  start: number; // of the value that was read last
  end: number;
}

/** A value on one line; what is empty begins where it ends. */
export function noteValue(noted: Noted, start: number, end: number): void {
  noted.start = start;
  noted.end = end;
}

/** A mapping or list over several lines: its first line stands for it. Its last member was noted last. */
export function noteBlock(noted: Noted, start: number): void {
  if (noted.places === undefined) return;
  const { text } = noted;
  const line = text.indexOf("\n", start);
  const first = text.slice(start, line < 0 ? text.length : line);
  noteValue(noted, start, start + first.trimEnd().length);
}

/** That the value which was read last is a member. `key`: where its key begins and ends. */
export function noteMember(
  { places, start, end }: Noted,
  of: object,
  name: string | number,
  key?: Stretch,
): void {
  if (places === undefined) return;
  const members = places.get(of) ?? new Map<string | number, Member>();
  places.set(of, members.set(name, { ...(key ? { key } : {}), value: { start, end } }));
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
