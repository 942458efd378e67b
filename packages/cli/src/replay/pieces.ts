import { Buffer } from "node:buffer";
import { closeSync, openSync } from "node:fs";
import { eachLine, type Stretch } from "./lines.ts";
import type { Replayer } from "./replayer.ts";

/** A part of a log that one thread replays in one go. */
export interface Piece extends Stretch {
  readonly path: string;
}

const pieceBytes = 1 << 22;

/** Cuts files into pieces of about equal size. */
export function piecesOf(
  files: readonly { readonly path: string; readonly size: number }[],
): readonly Piece[] {
  return files.flatMap(({ path, size }) => {
    const count = Math.ceil(size / pieceBytes);
    return Array.from({ length: count }, (_, index) => ({
      path,
      from: Math.floor((size * index) / count),
      to: Math.floor((size * (index + 1)) / count),
    }));
  });
}

/** Pieces that several threads take from, the first one first. */
export interface Queue {
  readonly pieces: readonly Piece[];
  readonly shared: Int32Array; // memory of all threads: how many pieces were taken; for each thread whether it came
}

export function queueOf(pieces: readonly Piece[], threads: number): Queue {
  const bytes = (1 + threads) * Int32Array.BYTES_PER_ELEMENT;
  return { pieces, shared: new Int32Array(new SharedArrayBuffer(bytes)) };
}

/** Whether a thread took nothing, and never will. Asked when no piece is left. */
export function cameTooLate({ shared }: Queue, thread: number): boolean {
  return Atomics.load(shared, 1 + thread) === 0;
}

/** Replays piece after piece for as long as there are any. `taken` learns of bytes as they are taken, by whichever thread. */
export async function replayPieces(
  own: Replayer,
  { queue, thread }: { readonly queue: Queue; readonly thread: number },
  taken: (bytes: number) => void = () => {},
): Promise<void> {
  const { pieces, shared } = queue;
  const chunk = Buffer.allocUnsafe(1 << 20);
  Atomics.store(shared, 1 + thread, 1); // before anything is taken
  let told = 0;
  for (;;) {
    const index = Atomics.add(shared, 0, 1);
    for (; told < Math.min(index, pieces.length); told += 1) taken(bytesOf(pieces[told]));
    const piece = pieces[index];
    if (piece === undefined) return;
    own.enter(index);
    const file = openSync(piece.path, "r");
    eachLine(file, piece, own, chunk);
    closeSync(file);
    await own.settle();
  }
}

function bytesOf(piece: Piece | undefined): number {
  return piece === undefined ? 0 : piece.to - piece.from;
}
