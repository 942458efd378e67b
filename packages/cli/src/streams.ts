import { fstatSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";

/** Where a command writes to. */
export interface Output {
  readonly write: (text: string) => void;
  /** When what was written has gone on. */
  readonly drained: () => Promise<void>;
  /** Whether nothing of what was written may still be on its way. */
  readonly isGone: () => boolean;
}

/** As much as any pipe holds for a reader that is not looking, half of it: stdout and stderr may be one pipe. */
const held = 32 * 1024;

/**
 * Writes to a descriptor that a stream of the process stands for. The stream costs more to set up than most answers cost to find, so
 * the first bytes are written without it; what does not fit, or cannot be taken at once, goes through it, and so does all that follows.
 */
export function outputTo(
  descriptor: number,
  streamOf: () => Writable,
  { isAnswer = true }: { readonly isAnswer?: boolean } = {},
): Output {
  let room = held;
  let stream: Writable | undefined;
  let gone = false; // the reader
  const write = (text: string): void => {
    if (gone) return;
    if (stream !== undefined) {
      stream.write(text);
      return;
    }
    const bytes = Buffer.from(text);
    room -= bytes.length;
    const written = room < 0 ? 0 : writeAtOnce(descriptor, bytes);
    if (written === undefined) gone = true;
    else if (written < bytes.length) {
      stream = outliveReader(streamOf(), isAnswer);
      stream.write(bytes.subarray(written));
    }
  };
  return { write, drained: () => drain(stream), isGone: () => stream === undefined };
}

/** How many bytes went; undefined: nobody reads them. */
function writeAtOnce(descriptor: number, bytes: Buffer): number | undefined {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    if (codeOf(error) === "EPIPE") return undefined;
  }
  return written; // whatever else was wrong, the stream meets it again
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/**
 * A reader that goes away has seen enough (`authz test | head`); the exit code is still the answer. Where nothing can be written (a full
 * disk), there is none; what is said beside it may be lost.
 */
function outliveReader(stream: Writable, isAnswer: boolean): Writable {
  return stream.on("error", (error) => {
    if (codeOf(error) === "EPIPE" || !isAnswer) return;
    writeAtOnce(2, Buffer.from(`authz: the answer could not be written: ${error.message}\n`));
    process.exit(2);
  });
}

function drain(stream: Writable | undefined): Promise<void> {
  if (stream?.writableNeedDrain !== true) return Promise.resolve();
  return new Promise((resolve) => stream.once("drain", resolve));
}

/** The terminal that a descriptor is. Only what may be one is asked: asking sets up the stream. */
export function terminalOf(
  descriptor: number,
  streamOf: () => NodeJS.WriteStream,
): NodeJS.WriteStream | undefined {
  if (!isDevice(descriptor)) return undefined;
  const stream = streamOf();
  return stream.isTTY ? stream : undefined;
}

/**
 * Asked in whole numbers: after any other question about a pipe, `realpathSync` of node stops at the first folder it knows, and what a package that is
 * linked (as pnpm does) depends on is not found by `import`.
 */
function isDevice(descriptor: number): boolean {
  return fstatSync(descriptor, { bigint: true }).isCharacterDevice();
}
