import { Buffer, isAscii } from "node:buffer";
import { readSync } from "node:fs";

const chunkBytes = 1 << 20;
const newline = 10;
/** Longer lines are not read: something else than a log is being read. */
const longestLine = 16 * chunkBytes;

/** A part of a file: the lines that begin in it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Every line that begins in a stretch of a file. Holds one chunk, whatever the size of the file. `read` learns how many bytes are
 * behind it now and then.
 */
export function eachLine(
  file: number,
  { from, to }: Stretch,
  use: (line: string) => void,
  read: (bytes: number) => void = () => {},
): void {
  if (from >= to) return;
  const cut = lineCutter(use);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let at = from;
  let ahead = from > 0 && !beginsLine(file, from); // in a line of the stretch before
  for (let got = fill(file, chunk, at); got > 0; got = fill(file, chunk, at)) {
    const bytes = chunk.subarray(0, got);
    const start = ahead ? bytes.indexOf(newline) + 1 : 0;
    ahead &&= start === 0;
    const end = lastEnd(bytes, to - at);
    if (!ahead && (start === 0 || at + start < to)) cut.add(bytes.subarray(start, end));
    at += got;
    read(at - from);
    if (end !== undefined) break;
  }
  cut.end();
}

function fill(file: number, chunk: Buffer, at: number): number {
  return readSync(file, chunk, 0, chunk.length, at);
}

/** Where the last line ends that begins within so many bytes; undefined: not in this chunk. */
function lastEnd(bytes: Buffer, left: number): number | undefined {
  if (left > bytes.length) return undefined;
  const end = bytes.indexOf(newline, Math.max(0, left - 1));
  return end < 0 ? undefined : end + 1;
}

function beginsLine(file: number, at: number): boolean {
  const before = Buffer.alloc(1);
  return readSync(file, before, 0, 1, at - 1) === 1 && before[0] === newline;
}

/** Cuts bytes that come in pieces into lines. */
export interface LineCutter {
  readonly add: (bytes: Buffer) => void;
  readonly end: () => void;
}

/** Lines end with a line feed; a carriage return before it is not part of the line. */
export function lineCutter(use: (line: string) => void): LineCutter {
  let rest: Buffer[] = [];
  let held = 0;
  const finish = (last: Buffer): void => {
    const whole = held === 0 ? last : Buffer.concat([...rest, last]);
    rest = [];
    held = 0;
    const text = isAscii(whole) ? whole.toString("latin1") : whole.toString("utf8");
    use(text.endsWith("\r") ? text.slice(0, -1) : text);
  };
  return {
    add: (bytes) => {
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        finish(bytes.subarray(start, end));
        start = end + 1;
      }
      if (start === bytes.length) return;
      if (held + bytes.length - start > longestLine)
        throw new RangeError("a line of more than 16 MiB");
      rest.push(Buffer.from(bytes.subarray(start))); // a copy: the chunk is filled again
      held += bytes.length - start;
    },
    end: () => {
      if (held > 0) finish(Buffer.alloc(0));
    },
  };
}
