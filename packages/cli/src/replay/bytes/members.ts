import { kinds } from "./json-values.ts";
import { stranger, word } from "./names.ts";
import { type NotedNames, notedNames } from "./noted-names.ts";

/** What a scan found, by the place of a name in the list. Written anew by each. */
export interface Found {
  readonly kinds: Uint8Array;
  readonly starts: Int32Array; // of a text without its quotes
  readonly ends: Int32Array;
  readonly changed: Uint8Array; // in a line like the one before: 0 if the value is what it was there
  /** How many members there are with names that are not looked for. */
  readonly strangers: () => number;
  /** The names of texts under any names: lines that are alike share them. */
  readonly noted: NotedNames;
}

/** The members of one line, in their order too. */
export interface Members {
  readonly found: Found;
  readonly values: Int32Array; // by order: where a value begins, with its quote
  readonly pasts: Int32Array; // by order: where it is over
  readonly count: () => number;
  readonly clear: () => void;
  /** Adds one; a negative name is none of the list. False: its name was there before, there are too many, or it is no text but has to be one. */
  readonly add: (name: number, value: number, kind: number, end: number) => boolean;
  /** One has another value; gives where that is over. -1: it is no text, but has to be one. */
  readonly put: (at: number, value: number, kind: number, end: number) => number;
  /** One has the same value, so much further on. */
  readonly move: (at: number, ahead: number) => void;
}

const most = 128;

/** The members of no line. `size`: of the list of names. */
export function noMembers(size: number): Members {
  const [own, changed] = [new Uint8Array(size), new Uint8Array(size)] as const;
  const [starts, ends] = [new Int32Array(size), new Int32Array(size)] as const;
  const [names, values, pasts] = [ordered(), ordered(), ordered()] as const;
  const noted = notedNames();
  let [count, strangers] = [0, 0];

  const put: Members["put"] = (at, value, kind, end) => {
    const isText = kind === kinds.text;
    const past = isText ? end + 1 : end;
    const name = names[at] ?? stranger;
    values[at] = value;
    pasts[at] = past;
    if (name < 0) return name === word && !isText ? -1 : past;
    own[name] = kind;
    changed[name] = 1;
    starts[name] = isText ? value + 1 : value;
    ends[name] = end;
    return past;
  };
  return {
    found: { kinds: own, starts, ends, changed, noted, strangers: () => strangers },
    ...{ values, pasts, put, count: () => count },
    clear: () => {
      own.fill(kinds.absent);
      changed.fill(0);
      noted.clear();
      [count, strangers] = [0, 0];
    },
    add: (name, value, kind, end) => {
      if (count === most || (name >= 0 && own[name] !== kinds.absent)) return false;
      names[count] = name;
      count += 1;
      if (name === stranger) strangers += 1;
      return put(count - 1, value, kind, end) >= 0;
    },
    move: (at, ahead) => {
      values[at] = (values[at] ?? 0) + ahead;
      pasts[at] = (pasts[at] ?? 0) + ahead;
      const name = names[at] ?? stranger;
      if (name < 0) return;
      changed[name] = 0;
      starts[name] = (starts[name] ?? 0) + ahead;
      ends[name] = (ends[name] ?? 0) + ahead;
    },
  };
}

function ordered(): Int32Array {
  return new Int32Array(most);
}
