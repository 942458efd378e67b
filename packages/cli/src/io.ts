import type { Disk, Reader } from "@meshproof/testkit/files";
import type { Git } from "./analysis/revision-disk.ts";

/** Everything a command may touch. Tests pass their own. */
export interface Io extends Disk {
  /** What a command answers. */
  readonly out: (text: string) => void;
  /** What is said beside the answer. */
  readonly err: (text: string) => void;
  /** What `-` stands for. */
  readonly stdin: () => Promise<string>;
  /** Stdin as it comes. */
  readonly chunks?: () => AsyncIterable<Buffer>;
  /** When what was given to `out` has gone on. */
  readonly drained?: () => Promise<void>;
  /** Puts a text into a file. */
  readonly write: (path: string, text: string) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of some clock that only goes forward. */
  readonly clock?: () => number; // milliseconds from anywhere on, finer; absent: nothing is timed
  readonly colour: boolean;
  readonly columns?: number; // of the terminal that `out` goes to; absent: it goes elsewhere
  readonly terminal?: boolean; // a person sees what goes to `err` as it comes
  /**
   * Waits until something in one of these folders changes, or for nothing any more. False: nothing will. `counts`: whether it matters what is
   * written to a file. Absent: there is no way to know.
   */
  readonly changed?: (
    folders: readonly string[],
    signal?: AbortSignal,
    counts?: (path: string) => boolean,
  ) => Promise<boolean>;
  readonly git?: Git; // absent: revisions cannot be read
  /** A variable of the environment. */
  readonly env?: (name: string) => string | undefined;
  /** The names of all of them. */
  readonly variables?: () => readonly string[];
  readonly ci?: boolean; // nobody watches: `CI` is set
}

/** How wide what is printed may be: as the terminal is, within reason. */
export function columnsOf({ columns = 100 }: Io): number {
  return Math.min(Math.max(columns, 60), 100);
}

/** The process, and the texts that were read so far. */
export interface Access {
  readonly io: Io;
  readonly reader: Reader;
}

/** 0: fine. 1: a negative answer. 2: unusable input or command line. 3: undetermined where it mattered. 4: our bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Of several the one that counts. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [4, 2, 1, 3];
  return order.find((code) => codes.includes(code)) ?? 0;
}
