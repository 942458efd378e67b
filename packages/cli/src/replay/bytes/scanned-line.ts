import type { Buffer } from "node:buffer";

/** A stretch of bytes. Written anew by each scan. */
export interface Part {
  from: number;
  to: number;
}

export function noPart(): Part {
  return { from: 0, to: 0 };
}

export function setPart(part: Part, from: number, to: number): void {
  part.from = from;
  part.to = to;
}

/**
 * Scans lines of one form, and finds what decides in them: who (`caller`), how and where to (`rest`), method, and target. Lines that
 * agree in the first two differ in the other two alone, and in what nobody asks for.
 */
export interface LineScanner {
  /** Whether the caller alone says who calls, and the rest how and where to, whatever the other is. */
  readonly apart: boolean;
  readonly caller: Part; // of its key
  readonly rest: Part; // of its key
  readonly method: Part; // of the line
  readonly target: Part; // of the line
  /** Where the line feed is that ends the line which begins here; -1: it has to be read in another way. One has to follow. */
  readonly scan: (bytes: Buffer, at: number) => number;
  /** The bytes that hold the caller, and those that hold the rest, of the line that was scanned last in these. */
  readonly callerKey: (bytes: Buffer) => Buffer;
  readonly restKey: (bytes: Buffer) => Buffer;
}
