import { kinds } from "./json-values.ts";

/** What a scan found, by the place of a name in the list. Written anew by each. */
export interface Found {
  readonly kinds: Uint8Array;
  readonly starts: Int32Array; // of a text without its quotes
  readonly ends: Int32Array;
  readonly changed: Uint8Array; // in a line like the one before: 0 if the value is what it was there
  /** How many members there are, those with other names included. */
  readonly count: () => number;
}

/** The members of one line, in their order too. */
export interface Members {
  readonly found: Found;
  readonly values: Int32Array; // by order: where a value begins, with its quote
  readonly pasts: Int32Array; // by order: where it is over
  readonly clear: () => void;
  /** Adds one; a negative name is none of the list. False: its name was there before, or there are too many. */
  readonly add: (name: number, value: number, kind: number, end: number) => boolean;
  /** One has another value; gives where that is over. */
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
  let count = 0;

  const put: Members["put"] = (at, value, kind, end) => {
    const isText = kind === kinds.text;
    const past = isText ? end + 1 : end;
    values[at] = value;
    pasts[at] = past;
    const name = names[at] ?? -1;
    if (name < 0) return past;
    own[name] = kind;
    changed[name] = 1;
    starts[name] = isText ? value + 1 : value;
    ends[name] = end;
    return past;
  };
  return {
    found: { kinds: own, starts, ends, changed, count: () => count },
    ...{ values, pasts, put },
    clear: () => {
      own.fill(kinds.absent);
      changed.fill(0);
      count = 0;
    },
    add: (name, value, kind, end) => {
      if (count === most || (name >= 0 && own[name] !== kinds.absent)) return false;
      names[count] = name;
      put(count, value, kind, end);
      count += 1;
      return true;
    },
    move: (at, ahead) => {
      values[at] = (values[at] ?? 0) + ahead;
      pasts[at] = (pasts[at] ?? 0) + ahead;
      const name = names[at] ?? -1;
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
