import { setFlagsFromString } from "node:v8";
import { nodeDisk, readerOf } from "@meshproof/testkit/files";
import { formatFinding } from "../format/finding.ts";
import type { ExitCode, Io } from "../io.ts";
import { followCredentials, readCredentials } from "./certificates.ts";
import { gateFor } from "./gate.ts";
import { readGuards } from "./guards.ts";
import { close, listen, portOf } from "./https-server.ts";
import { startJudge } from "./judge.ts";
import { logTo, reasonOf } from "./log.ts";
import { metricsOf } from "./metrics.ts";
import { startReviewer } from "./reviewer.ts";
import type { JudgeSettings, ServerSettings } from "./settings.ts";

/** Serves until the process is told to end. */
export async function serveWebhook(
  judge: JudgeSettings,
  settings: ServerSettings,
  io: Io,
): Promise<ExitCode> {
  const log = logTo(io.err, { from: settings.logFrom, now: io.now });
  const access = { io: nodeDisk, reader: readerOf(nodeDisk) };
  const { guards, findings, missing } = await readGuards(judge, access);
  for (const finding of findings) io.err(formatFinding(finding, access.reader));
  for (const path of missing) io.err(`authz: guards: nothing at \`${path}\`\n`);
  if (missing.length > 0 || findings.some(({ severity }) => severity === "error")) return 2;
  collectAlone();
  const gate = gateFor(settings.mostReviews, settings.mostWaiting);
  const reviewer =
    judge.mesh.kind === "none" && guards.every(({ guard }) => guard.objectOnly)
      ? startReviewer(judge, { guards, log, now: io.now })
      : startJudge(judge, { log, now: io.now, restarted: () => metrics.restarted() });
  const metrics = metricsOf(gate, reviewer.readiness);
  const credentials = await readCredentials(settings).catch(reasonOf);
  if (typeof credentials === "string")
    return refuse(`certificate: ${credentials}`, io, reviewer.close);
  let draining = false;
  const world = { settings, reviewer, gate, metrics, log, clock: () => performance.now() };
  const server = await listen(credentials, { ...world, draining: () => draining }).catch(reasonOf);
  if (typeof server === "string") return refuse(server, io, reviewer.close);
  const unfollow = followCredentials(server, credentials, world);
  log({ level: "info", message: "listening", host: settings.host, port: portOf(server) });
  const signal = await ended();
  draining = true;
  log({ level: "info", message: "shutting down", signal });
  if (signal === "SIGTERM") await sleep(settings.drain);
  unfollow();
  await close(server, settings.timeout);
  await reviewer.close();
  log({ level: "info", message: "done" });
  return 0;
}

/**
 * Nearly nothing of what a review makes outlives it, so a collection takes a quarter of a millisecond; to wake threads that help with it, and wait
 * for them, takes a whole one, and every caller waits as well. V8 asks for this flag at each collection.
 */
function collectAlone(): void {
  setFlagsFromString("--no-parallel-scavenge");
}

async function refuse(what: string, io: Io, stop: () => Promise<void>): Promise<ExitCode> {
  io.err(`authz: ${what}\n`);
  await stop();
  return 2;
}

function ended(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
