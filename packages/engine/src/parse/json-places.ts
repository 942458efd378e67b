import type { Path } from "../model/place.ts";
import type { Member } from "./plain-places.ts";

/** A value of a JSON text, with the key it has in its object. */
interface Named extends Member {
  readonly name: string | number;
}

/** Finds keys and values of a JSON text that `JSON.parse` took. A part of it is only looked through when something in it is wanted. */
export function jsonPlaces(text: string): (path: Path) => Member {
  const members = new Map<number, readonly Named[]>();
  const membersOf = (start: number): readonly Named[] => {
    const known = members.get(start) ?? readMembers(text, start);
    members.set(start, known);
    return known;
  };
  const start = skipSpace(text, 0);
  const root: Member = { value: { start, end: valueEnd(text, start) } };
  return (path) => {
    let found = root;
    for (const step of path) {
      const inside = membersOf(found.value.start);
      const next = inside[typeof step === "number" ? step : -1] ?? named(inside, String(step));
      if (!next) return found;
      found = next;
    }
    return found;
  };
}

function named(members: readonly Named[], step: string): Named | undefined {
  return members.find(({ name, key }) => key !== undefined && name === step);
}

/** What an object or a list holds; nothing, for any other value. */
function readMembers(text: string, start: number): readonly Named[] {
  const open = text.charAt(start);
  if (open !== "{" && open !== "[") return [];
  const members: Named[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charAt(at) !== "}" && text.charAt(at) !== "]") {
    const member = open === "{" ? readPair(text, at) : readItem(text, at, members.length);
    members.push(member);
    at = skipSpace(text, member.value.end);
    if (text.charAt(at) === ",") at = skipSpace(text, at + 1);
  }
  return members;
}

function readItem(text: string, start: number, name: number): Named {
  return { name, value: { start, end: valueEnd(text, start) } };
}

function readPair(text: string, start: number): Named {
  const key = { start, end: textEnd(text, start) };
  const value = skipSpace(text, skipSpace(text, key.end) + 1);
  const name: unknown = JSON.parse(text.slice(key.start, key.end));
  return { name: String(name), key, value: { start: value, end: valueEnd(text, value) } };
}

function skipSpace(text: string, from: number): number {
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}
const space = /[\t\n\r ]*/y;

/** Where a value ends: a number or a word at what follows it, a collection at the bracket that closes it. */
function valueEnd(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '"') return textEnd(text, start);
  if (first !== "{" && first !== "[") {
    plain.lastIndex = start;
    plain.test(text);
    return plain.lastIndex;
  }
  let depth = 0;
  bracket.lastIndex = start;
  for (let found = bracket.exec(text); found; found = bracket.exec(text)) {
    const [token] = found;
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth === 0) return bracket.lastIndex;
  }
  return text.length;
}
const plain = /[^\t\n\r ,}\]]*/y;
const bracket = /[{}[\]]|"[^"\\]*(?:\\.[^"\\]*)*"/g;

function textEnd(text: string, start: number): number {
  quoted.lastIndex = start;
  quoted.test(text);
  return quoted.lastIndex;
}
const quoted = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
