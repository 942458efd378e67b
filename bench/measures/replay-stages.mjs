// One stage of a replay in so many threads, timed from the moment when all of them are ready, which is when meshes are loaded; or, with
// the log FIRST, when each thread has replayed that besides: of a line to each workload, whose rules are then compiled.
//   replay-stages.mjs parse|replay LOG MESH THREADS [FIRST]     prints milliseconds
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const cli = join(import.meta.dirname, "../../packages/cli/dist/replay");
const { piecesOf, queueOf, replayPieces } = await import(join(cli, "pieces.js"));

/** What a thread does with its part of the log once it is told to. */
async function stageOf({ stage, mesh, queue, thread, first }) {
  if (stage === "parse") {
    let parsed = 0;
    const line = (text) => {
      if (JSON.parse(text)) parsed += 1;
    };
    const own = { line, enter: () => {}, settle: async () => {} };
    return async () => {
      await replayPieces(own, { queue, thread });
      if (parsed === 0 && queue.pieces.length > 0) throw new Error("no line was read");
    };
  }
  const { prepare } = await import(join(cli, "job.js"));
  const files = [{ path: mesh, text: readFileSync(mesh, "utf8") }];
  const { replayer } = prepare({ load: { files }, options: {}, calibrate: false });
  if (first) await replayPieces(replayer, { queue: queueOf(piecesIn(first), 1), thread: 0 });
  return () => replayPieces(replayer, { queue, thread });
}

function piecesIn(path) {
  return piecesOf([{ path, size: statSync(path).size }]);
}

if (isMainThread) {
  const [stage, log, mesh, threads, first] = process.argv.slice(2);
  const queue = queueOf(piecesIn(log), Number(threads));
  const workers = Array.from({ length: Number(threads) }, (_, thread) => {
    const work = { stage, mesh, queue, thread, first };
    const worker = new Worker(import.meta.filename, { workerData: work });
    worker.on("error", (error) => {
      throw error;
    });
    return worker;
  });
  const next = (worker) => new Promise((resolve) => worker.once("message", resolve));
  await Promise.all(workers.map(next));
  const start = performance.now();
  const done = workers.map(next);
  for (const worker of workers) worker.postMessage("go");
  await Promise.all(done);
  process.stdout.write(`${performance.now() - start}\n`);
} else {
  const run = await stageOf(workerData);
  parentPort.once("message", async () => {
    await run();
    parentPort.postMessage("done");
  });
  parentPort.postMessage("ready");
}
