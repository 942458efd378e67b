import { Buffer } from "node:buffer";

/** Names of the members that one line has under any names, one behind the other, with a character behind each that no text has. */
export interface NotedNames {
  readonly bytes: Buffer;
  readonly length: () => number;
  /** Adds one. False: there are too many. */
  readonly note: (bytes: Uint8Array, from: number, to: number) => boolean;
  readonly clear: () => void;
}

const longest = 1024;
const behind = 4;

export function notedNames(): NotedNames {
  const names = Buffer.alloc(longest);
  let length = 0;
  return {
    bytes: names,
    length: () => length,
    note: (bytes, from, to) => {
      if (length + to - from >= longest) return false;
      names.set(bytes.subarray(from, to), length);
      length += to - from + 1;
      names[length - 1] = behind;
      return true;
    },
    clear: () => {
      length = 0;
    },
  };
}
