import { Buffer, isAscii } from "node:buffer";
import { readSync } from "node:fs";

const chunkBytes = 1 << 20;
const newline = 10;
/** Longer lines are not read, nor held: something else than a log is being read. */
const longestLine = 16 * chunkBytes;

/** A part of a file: the lines that begin in it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What lines are given to. */
export interface LineTaker {
  readonly line: (line: string) => void;
  /** One of more than 16 MiB is there, and was passed over. */
  readonly tooLong: () => void;
  /**
   * Takes the line that begins at a place, if it can as it stands, and says where the line feed is that ends it; -1: it did not, `line`
   * has to. A line feed follows somewhere.
   */
  readonly bytes?: (bytes: Buffer, at: number) => number;
}

/**
 * Every line that begins in a stretch of a file. Holds one chunk, whatever the size of the file.
 */
export function eachLine(
  file: number,
  { from, to }: Stretch,
  taker: LineTaker,
  chunk: Buffer = Buffer.allocUnsafe(chunkBytes),
): void {
  if (from >= to) return;
  const cut = lineCutter(taker);
  let at = from;
  let ahead = from > 0 && !beginsLine(file, from); // in a line of the stretch before
  for (let got = fill(file, chunk, at); got > 0; got = fill(file, chunk, at)) {
    const bytes = chunk.subarray(0, got);
    const start = ahead ? bytes.indexOf(newline) + 1 : 0;
    ahead &&= start === 0;
    const end = lastEnd(bytes, to - at);
    if (!ahead && (start === 0 || at + start < to)) cut.add(bytes.subarray(start, end));
    at += got;
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
export function lineCutter({ line, tooLong, bytes: take = () => -1 }: LineTaker): LineCutter {
  let rest: Buffer[] = [];
  let held = 0;
  const finish = (last: Buffer): void => {
    const isLong = held + last.length > longestLine;
    const whole = held === 0 || isLong ? last : Buffer.concat([...rest, last]);
    rest = [];
    held = 0;
    if (isLong) tooLong();
    else line(lineText(whole));
  };
  /** Gives on the lines that end in a piece; where what is left of it begins. */
  const giveOn = (bytes: Buffer): number => {
    const last = bytes.lastIndexOf(newline);
    let start = 0;
    while (start <= last) {
      const taken = held === 0 ? take(bytes, start) : -1;
      const end = taken < 0 ? bytes.indexOf(newline, start) : taken;
      if (taken < 0) finish(bytes.subarray(start, end));
      start = end + 1;
    }
    return start;
  };
  return {
    add: (bytes) => {
      const start = giveOn(bytes);
      if (start === bytes.length) return;
      held += bytes.length - start;
      if (held > longestLine) rest = [];
      else rest.push(Buffer.from(bytes.subarray(start))); // a copy: the chunk is filled again
    },
    end: () => {
      if (held > 0) finish(Buffer.alloc(0));
    },
  };
}

/** Why a line was passed over. */
export const lineTooLong = "a line of more than 16 MiB";

/** A line as text, without the carriage return that ends it, and without the byte order mark that some programs begin files with. */
export function lineText(bytes: Buffer): string {
  const text = isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
  const start = text.startsWith("\ufeff") ? 1 : 0;
  return text.slice(start, text.endsWith("\r") ? -1 : undefined);
}
