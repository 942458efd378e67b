import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type Part, prepare, type ReplayJob, replayParts } from "./job.ts";
import type { Tally } from "./tally.ts";

interface ThreadWork {
  readonly replay: { readonly job: ReplayJob; readonly parts: readonly Part[] };
}
type Message = { readonly bytes: number } | { readonly tally: Tally };

/** Cuts files into parts of about equal size, so many threads get: nothing but counts crosses between them. */
export function partsFor(
  files: readonly { readonly path: string; readonly size: number }[],
  threads: number,
): readonly (readonly Part[])[] {
  return Array.from({ length: threads }, (_, index) =>
    files.map(({ path, size }) => ({
      path,
      from: Math.floor((size * index) / threads),
      to: Math.floor((size * (index + 1)) / threads),
    })),
  );
}

/** Runs a part of the work in a thread of its own: this program again, which finds its work there (`threadWork`). */
export function inThread(
  program: string,
  parts: readonly Part[],
  { job, told }: { readonly job: ReplayJob; readonly told: (bytes: number) => void },
): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      argv: ["replay"],
      workerData: { replay: { job, parts } },
    });
    worker.on("message", (message: Message) => {
      if ("tally" in message) resolve(message.tally);
      else told(message.bytes);
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("a thread ended without a result")));
  });
}

/** In a thread of `inThread`: does its work. False: this is no such thread. */
export function threadWork(): boolean {
  if (isMainThread || !isThreadWork(workerData)) return false;
  const { job, parts } = workerData.replay;
  const send = (message: Message): void => parentPort?.postMessage(message);
  const { replayer } = prepare(job);
  replayParts(replayer, parts, (bytes) => send({ bytes }));
  send({ tally: replayer.tally() });
  return true;
}

function isThreadWork(data: unknown): data is ThreadWork {
  return typeof data === "object" && data !== null && "replay" in data;
}
