import { TLSSocket } from "node:tls";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
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

interface Bindings {
  readonly Bindings: HttpBindings;
}

/** What the server answers on which path. */
export function appOf(world: AppWorld): Hono<Bindings> {
  const { settings, reviewer, metrics, draining } = world;
  const app = new Hono<Bindings>();
  const known = (context: Context<Bindings>): boolean =>
    settings.clientCa === undefined || isKnown(context);
  app.use("*", async (context, next) => {
    await next();
    if (draining()) context.header("connection", "close");
  });
  app.get("/livez", (context) => context.text("ok"));
  app.get("/readyz", (context) => {
    const { ready, why } = reviewer.readiness();
    const text = draining() ? "shutting down" : why;
    const isReady = ready && !draining();
    return context.text(
      known(context) ? text : isReady ? "ready" : "not ready",
      isReady ? 200 : 503,
    );
  });
  app.use("*", async (context, next) =>
    known(context) ? next() : context.text("a client certificate is needed", 401),
  );
  app.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  app.post("/validate", (context) => validate(context, world));
  app.notFound((context) => context.text("not found", 404));
  app.onError((error, context) => {
    world.log({ level: "error", message: "fault", because: reasonOf(error) });
    return context.text("internal error", 500);
  });
  return app;
}

/** Whether the caller showed a certificate of the authority that was named. */
function isKnown({ env }: Context<Bindings>): boolean {
  const { socket } = env.incoming;
  return socket instanceof TLSSocket && socket.authorized;
}

const reasons = { large: "the body is too large", broken: "the body broke off" };

/** The rest of it is not read: the connection is of no use any more. */
function unreadable(context: Context<Bindings>, kind: keyof typeof reasons, log: Log): Response {
  log({ level: "warning", message: reasons[kind] });
  context.header("connection", "close");
  return context.text(reasons[kind], kind === "large" ? 413 : 400);
}

async function validate(context: Context<Bindings>, world: AppWorld): Promise<Response> {
  const { metrics, log, clock } = world;
  const start = clock();
  const sent = await readBody(context.env.incoming, world.settings.mostBytes);
  if (sent.kind !== "whole") return unreadable(context, sent.kind, log);
  const { body } = sent;
  const reply = await replyTo(body, limitOf(context.req.query("timeout"), world.settings), world);
  const ms = clock() - start;
  metrics.reviewed(reply, ms);
  const { outcome, uid, about, found, because } = reply;
  const level = outcome === "fault" ? "error" : unjudged.has(outcome) ? "warning" : "info";
  log({
    level,
    message: "review",
    uid,
    outcome,
    ...about,
    found,
    because,
    ms: Math.round(ms * 10) / 10,
  });
  return context.body(reply.body, reply.status === 400 ? 400 : 200, json);
}

const json = { "content-type": "application/json" };
const unjudged: ReadonlySet<string> = new Set(["timeout", "not-ready", "overloaded", "malformed"]);

/** So much before the API server gives up the answer must be on its way. */
const margin = 0.1;
const leastMargin = 50;

function limitOf(stated: string | undefined, { timeout }: ServerSettings): number {
  const theirs = millisecondsOf(stated ?? "");
  if (theirs === undefined) return timeout;
  return Math.max(1, Math.min(timeout, theirs - Math.max(leastMargin, theirs * margin)));
}

/** An answer by the deadline, whatever becomes of the review. */
async function replyTo(body: string, limit: number, world: AppWorld): Promise<Reply> {
  const { settings, reviewer, gate } = world;
  const { onFault, onTimeout } = settings;
  if (!reviewer.readiness().ready) return fallbackReply(body, "not-ready", { fallback: onFault });
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("late", "TimeoutError")), limit);
  try {
    const { signal } = deadline;
    const review = gate.enter(() => reviewer.review(body, signal), signal);
    if (review === undefined) return fallbackReply(body, "overloaded", { fallback: onFault });
    return await Promise.race([review, whenAborted(signal)]);
  } catch (error) {
    if (deadline.signal.aborted) return fallbackReply(body, "timeout", { fallback: onTimeout });
    return fallbackReply(body, "fault", { fallback: onFault, because: reasonOf(error) });
  } finally {
    clearTimeout(timer);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
