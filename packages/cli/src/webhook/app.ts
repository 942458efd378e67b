import type { IncomingMessage, RequestListener } from "node:http";
import { TLSSocket } from "node:tls";
import { type Answer, plain, send } from "./answer.ts";
import { readBody } from "./body.ts";
import { millisecondsOf } from "./duration.ts";
import type { Gate } from "./gate.ts";
import { type Log, reasonOf } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { fallbackReply, type Reply } from "./reply.ts";
import type { Reviewer } from "./reviewer.ts";
import type { ServerSettings } from "./settings.ts";

export interface AppWorld {
  readonly settings: ServerSettings;
  readonly reviewer: Reviewer;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: () => number; // milliseconds from anywhere on
  readonly draining: () => boolean;
}

/** Answers what comes, by its path. */
export function appOf(world: AppWorld): RequestListener {
  return (incoming, outgoing) => {
    void answered(incoming, world).then((answer) =>
      send(outgoing, world.draining() ? { ...answer, isLast: true } : answer, incoming),
    );
  };
}

/** Whatever goes wrong is an answer too. */
async function answered(incoming: IncomingMessage, world: AppWorld): Promise<Answer> {
  try {
    return await answerTo(incoming, world);
  } catch (error) {
    world.log({ level: "error", message: "fault", because: reasonOf(error) });
    return plain(500, "internal error");
  }
}

type Route = (incoming: IncomingMessage, world: AppWorld) => Answer | Promise<Answer>;

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["GET /livez", () => plain(200, "ok")],
  ["GET /readyz", readyz],
  ["GET /metrics", metricsText],
  ["POST /validate", validate],
]);

/** What is answered to whoever asks. */
const open: ReadonlySet<string> = new Set(["GET /livez", "GET /readyz"]);

function answerTo(incoming: IncomingMessage, world: AppWorld): Answer | Promise<Answer> {
  const { url = "", method = "" } = incoming;
  const route = `${method === "HEAD" ? "GET" : method} ${url.split("?", 1)[0]}`;
  if (!open.has(route) && !isKnown(incoming, world))
    return plain(401, "a client certificate is needed");
  return routes.get(route)?.(incoming, world) ?? plain(404, "not found");
}

/** Whether the caller showed a certificate of the authority that was named. */
function isKnown({ socket }: IncomingMessage, { settings }: AppWorld): boolean {
  return settings.clientCa === undefined || (socket instanceof TLSSocket && socket.authorized);
}

function readyz(incoming: IncomingMessage, world: AppWorld): Answer {
  const isDraining = world.draining();
  const { ready, why } = world.reviewer.readiness();
  const isReady = ready && !isDraining;
  const whole = isDraining ? "shutting down" : why;
  const short = isReady ? "ready" : "not ready";
  return plain(isReady ? 200 : 503, isKnown(incoming, world) ? whole : short);
}

async function metricsText(_: IncomingMessage, { metrics }: AppWorld): Promise<Answer> {
  return { status: 200, type: metrics.contentType, text: await metrics.text() };
}

const reasons = { large: "the body is too large", broken: "the body broke off" };

async function validate(incoming: IncomingMessage, world: AppWorld): Promise<Answer> {
  const { settings, metrics, log, clock } = world;
  const start = clock();
  const sent = await readBody(incoming, settings.mostBytes);
  if (sent.kind !== "whole") {
    const text = reasons[sent.kind];
    log({ level: "warning", message: text });
    return { ...plain(sent.kind === "large" ? 413 : 400, text), isLast: true };
  }
  const reply = await replyTo(sent.body, incoming, world);
  const ms = clock() - start;
  metrics.reviewed(reply, ms);
  note(reply, ms, log);
  return { status: reply.status, type: "application/json", text: reply.body };
}

const unjudged: ReadonlySet<string> = new Set(["timeout", "not-ready", "overloaded", "malformed"]);

function note({ outcome, uid, about, found, because }: Reply, ms: number, log: Log): void {
  const level = outcome === "fault" ? "error" : unjudged.has(outcome) ? "warning" : "info";
  const rounded = Math.round(ms * 10) / 10;
  log({ level, message: "review", uid, outcome, found, because, ms: rounded, ...about });
}

/** An answer by the deadline, whatever becomes of the review. */
async function replyTo(body: string, incoming: IncomingMessage, world: AppWorld): Promise<Reply> {
  const { settings, reviewer } = world;
  const fallback = settings.onFault;
  if (!reviewer.readiness().ready) return fallbackReply(body, "not-ready", { fallback });
  try {
    if (reviewer.isBrief) return await reviewer.review(body, nobodyGivesUp);
    return await replyWithin(limitOf(incoming, settings), body, world);
  } catch (error) {
    return fallbackReply(body, "fault", { fallback, because: reasonOf(error) });
  }
}

const { signal: nobodyGivesUp } = new AbortController();

async function replyWithin(limit: number, body: string, world: AppWorld): Promise<Reply> {
  const { onFault, onTimeout } = world.settings;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("late", "TimeoutError")), limit);
  try {
    const { signal } = deadline;
    const review = world.gate.enter(() => world.reviewer.review(body, signal), signal);
    if (review === undefined) return fallbackReply(body, "overloaded", { fallback: onFault });
    return await Promise.race([review, whenAborted(signal)]);
  } catch (error) {
    if (deadline.signal.aborted) return fallbackReply(body, "timeout", { fallback: onTimeout });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** So much before the API server gives up the answer must be on its way. */
const margin = 0.1;
const leastMargin = 50;

function limitOf({ url = "" }: IncomingMessage, { timeout }: ServerSettings): number {
  const stated = new URLSearchParams(url.split("?")[1]).get("timeout");
  const theirs = millisecondsOf(stated ?? "");
  if (theirs === undefined) return timeout;
  return Math.max(1, Math.min(timeout, theirs - Math.max(leastMargin, theirs * margin)));
}
