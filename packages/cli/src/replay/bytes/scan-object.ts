import { kindAt, kinds, textEnd, valueEnd } from "./json-values.ts";
import type { Members } from "./members.ts";
import { type Names, word } from "./names.ts";

/** Where an object ends that begins at a place; its members of some names are added to others. -1: `JSON.parse` has to say what it is. */
export type ScanObject = (names: Names, bytes: Uint8Array, words: DataView, at: number) => number;

/** Scans objects of which all members are added to these. */
export function objectScanner(members: Members): ScanObject {
  const { kinds: found, noted } = members.found;

  /** Where an object ends that is looked into. */
  const scanInner = (
    name: number,
    inner: Names,
    bytes: Uint8Array,
    words: DataView,
    at: number,
  ): number => {
    if (found[name] !== kinds.absent) return -1;
    found[name] = kinds.object;
    return scanObject(inner, bytes, words, at);
  };
  /** Where a member ends whose name begins here. */
  const scanMember: ScanObject = (names, bytes, words, at) => {
    const nameEnd = textEnd(bytes, words, at);
    if (nameEnd < 0 || bytes[nameEnd + 1] !== colon) return -1;
    const name = names.find(bytes, at, nameEnd);
    const value = afterBlank(bytes, nameEnd + 2);
    const inner = bytes[value] === open ? names.within(name) : undefined;
    if (inner) return scanInner(name, inner, bytes, words, value);
    const end = valueEnd(bytes, words, value, value);
    const kind = kindAt(bytes, value);
    if (end < 0 || !members.add(name, value, kind, end)) return -1;
    if (name === word && !noted.note(bytes, at, nameEnd)) return -1;
    return kind === kinds.text ? end + 1 : end;
  };
  const scanObject: ScanObject = (names, bytes, words, at) => {
    let next = at + 1;
    if (bytes[next] === close) return next + 1;
    while (bytes[next] === quote) {
      const end = scanMember(names, bytes, words, next + 1);
      if (end < 0) return -1;
      if (bytes[end] === close) return end + 1;
      if (bytes[end] !== comma) return -1;
      next = afterBlank(bytes, end + 1);
    }
    return -1;
  };
  return scanObject;
}

const [quote, colon, comma, open, close, blank] = [34, 58, 44, 123, 125, 32] as const;

/** One blank may follow a colon or a comma. */
function afterBlank(bytes: Uint8Array, at: number): number {
  return bytes[at] === blank ? at + 1 : at;
}
