import { parentPort, workerData } from "node:worker_threads";
import { nodeDisk, readerOf } from "@meshproof/testkit/files";
import { readGuards } from "./guards.ts";
import { reasonOf } from "./log.ts";
import type { Asked, Told } from "./messages.ts";
import { type Reviewer, startReviewer } from "./reviewer.ts";
import type { JudgeSettings } from "./settings.ts";

const often = 200;

/** Judges what the server sends, beside it: whatever a guard takes, the server still answers in time. */
async function judge(settings: JudgeSettings): Promise<void> {
  const tell = (told: Told): void => parentPort?.postMessage(told);
  const { guards } = await readGuards(settings, { io: nodeDisk, reader: readerOf(nodeDisk) });
  const reviewer = startReviewer(settings, {
    guards,
    now: Date.now,
    log: (entry) => tell({ kind: "log", entry }),
  });
  const given = new Map<number, AbortController>();
  parentPort?.on("message", (asked: Asked) => {
    if (asked.kind === "review") void answer(asked, { reviewer, given, tell });
    else if (asked.kind === "give-up") given.get(asked.id)?.abort(new Error("nobody waits"));
    else void reviewer.close().then(() => parentPort?.close());
  });
  const report = (): void => tell({ kind: "readiness", readiness: reviewer.readiness() });
  report();
  setInterval(report, often).unref();
}

interface Judging {
  readonly reviewer: Reviewer;
  readonly given: Map<number, AbortController>;
  readonly tell: (told: Told) => void;
}

async function answer(
  { id, body }: Extract<Asked, { readonly kind: "review" }>,
  { reviewer, given, tell }: Judging,
): Promise<void> {
  const controller = new AbortController();
  given.set(id, controller);
  try {
    tell({ kind: "reply", id, reply: await reviewer.review(body, controller.signal) });
  } catch (error) {
    tell({ kind: "fault", id, because: reasonOf(error) });
  } finally {
    given.delete(id);
  }
}

void judge(workerData); // a failure ends the thread: whoever started it sees that
