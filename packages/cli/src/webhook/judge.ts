import { Worker } from "node:worker_threads";
import type { Log } from "./log.ts";
import type { Asked, Told } from "./messages.ts";
import type { Reply } from "./reply.ts";
import type { Readiness, Reviewer } from "./reviewer.ts";
import type { JudgeSettings } from "./settings.ts";

export interface JudgeWorld {
  readonly log: Log;
  readonly now: () => number;
  readonly restarted: () => void;
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  readiness: Readiness;
  heardAt: number;
  closing: boolean;
  readonly waiting: Map<number, Waiting>;
}

const starting: Readiness = { ready: false, why: "starting" };
const restartAfter = 500;

/** A thread that is silent for so long after someone gave up on it does something endless. */
const mostSilence = 20_000;

/** Judges in a thread of its own, which is started again when it ends or answers no more. */
export function startJudge(settings: JudgeSettings, world: JudgeWorld): Reviewer {
  let next = 0;
  const thread: Thread = {
    worker: workerOf(settings),
    readiness: starting,
    heardAt: world.now(),
    closing: false,
    waiting: new Map(),
  };
  follow(thread, settings, world);
  return {
    readiness: () => thread.readiness,
    review: (body, signal) => {
      const id = next++;
      return reviewed(thread, { id, body, signal, world });
    },
    close: async () => {
      thread.closing = true;
      send(thread, { kind: "close" });
      await Promise.race([ended(thread.worker), sleep(restartAfter)]);
      await thread.worker.terminate();
    },
  };
}

/** As compiled, also where the bundle runs: a file of that cannot run alone, and its `import()` of a package once failed in a thread. */
function workerOf(settings: JudgeSettings): Worker {
  const here = import.meta.url;
  const name = here.endsWith(".cjs") ? "../webhook/judge-thread.js" : "./judge-thread.js";
  return new Worker(new URL(name, here), { workerData: settings });
}

function follow(thread: Thread, settings: JudgeSettings, world: JudgeWorld): void {
  const { worker } = thread;
  const { log, now } = world;
  worker.on("message", (told: Told) => {
    thread.heardAt = now();
    hear(thread, told, log);
  });
  worker.on("error", (error) => log({ level: "error", message: "fault", because: error.message }));
  worker.on("exit", (code) => {
    if (thread.closing) return;
    log({ level: "error", message: "the thread that judges ended", code });
    thread.readiness = starting;
    for (const { reject } of thread.waiting.values()) reject(new Error("the thread ended"));
    thread.waiting.clear();
    setTimeout(() => {
      if (thread.closing) return;
      world.restarted();
      thread.worker = workerOf(settings);
      thread.heardAt = now();
      follow(thread, settings, world);
    }, restartAfter);
  });
}

function hear(thread: Thread, told: Told, log: Log): void {
  switch (told.kind) {
    case "readiness":
      thread.readiness = told.readiness;
      return;
    case "log":
      log(told.entry);
      return;
    case "reply":
      thread.waiting.get(told.id)?.resolve(told.reply);
      break;
    case "fault":
      thread.waiting.get(told.id)?.reject(new Error(told.because));
      break;
  }
  thread.waiting.delete(told.id);
}

interface Reviewing {
  readonly id: number;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly world: JudgeWorld;
}

function reviewed(thread: Thread, { id, body, signal, world }: Reviewing): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      if (!thread.waiting.delete(id)) return;
      send(thread, { kind: "give-up", id });
      watchOver(thread, world);
      reject(signal.reason);
    };
    const settle =
      <Value>(how: (value: Value) => void) =>
      (value: Value): void => {
        signal.removeEventListener("abort", giveUp);
        how(value);
      };
    thread.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
    signal.addEventListener("abort", giveUp, { once: true });
    send(thread, { kind: "review", id, body });
  });
}

function watchOver(thread: Thread, { now, log }: JudgeWorld): void {
  const { worker } = thread;
  const since = now();
  setTimeout(() => {
    if (thread.worker !== worker || thread.heardAt > since || thread.closing) return;
    log({ level: "error", message: "the thread that judges is silent: it is ended" });
    void worker.terminate();
  }, mostSilence).unref();
}

function send({ worker }: Thread, asked: Asked): void {
  worker.postMessage(asked);
}

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
