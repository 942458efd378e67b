import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { prepare, type ReplayJob } from "./job.ts";
import { cameTooLate, type Queue, replayPieces } from "./pieces.ts";
import type { Tally } from "./tally.ts";

interface ThreadWork {
  readonly replay: { readonly job: ReplayJob; readonly queue: Queue; readonly thread: number };
}

/** Threads that help with a queue. */
export interface Helpers {
  /** What they came to, when nothing is left to be taken. */
  readonly tallies: () => Promise<readonly Tally[]>;
  readonly stop: () => void;
}

/**
 * Starts threads that take from a queue as soon as they have loaded the mesh: this program again, which finds its work there
 * (`threadWork`). Nothing but counts crosses between threads. This thread is the first, and one of so many.
 */
export function startHelpers(
  program: string,
  job: ReplayJob,
  { queue, threads }: { readonly queue: Queue; readonly threads: number },
): Helpers {
  const variables = Object.entries(process.env).filter(([name]) => !name.startsWith("AUTHZ_"));
  const others = Object.fromEntries(variables); // flags are the first thread's business
  const helpers = Array.from({ length: threads - 1 }, (_, index) => {
    const thread = index + 1;
    const worker = new Worker(program, {
      argv: ["replay"],
      workerData: { replay: { job, queue, thread } },
      env: others,
    });
    const tally = tallyOf(worker);
    tally.catch(() => undefined); // whoever waits for it hears of it
    return { thread, worker, tally };
  });
  const stop = (): void => {
    for (const { worker } of helpers) void worker.terminate();
  };
  return {
    tallies: async () => {
      const working = helpers.filter(({ thread }) => !cameTooLate(queue, thread));
      const tallies = await Promise.all(working.map(({ tally }) => tally));
      stop();
      return tallies;
    },
    stop,
  };
}

function tallyOf(worker: Worker): Promise<Tally> {
  return new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("a thread ended without a result")));
  });
}

/** In a thread of `startHelpers`: does its work. False: this is no such thread. */
export async function threadWork(): Promise<boolean> {
  if (isMainThread || !isThreadWork(workerData)) return false;
  const { job, queue, thread } = workerData.replay;
  const { replayer } = prepare(job);
  await replayPieces(replayer, { queue, thread });
  parentPort?.postMessage(replayer.tally());
  return true;
}

function isThreadWork(data: unknown): data is ThreadWork {
  return typeof data === "object" && data !== null && "replay" in data;
}
