import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { nativeJson } from "@meshproof/engine";
import { type Log, reasonOf } from "../log.ts";
import type { Ask } from "./api-server.ts";

/** An object as it is listed: what all of a list share is not in it. */
export type Item = Readonly<Record<string, unknown>>;

/** Whoever wants to know what there is of a kind. */
export interface Follower {
  readonly listed: (items: readonly Item[]) => void; // all there are
  readonly changed: (item: Item) => void;
  readonly gone: (item: Item) => void;
  readonly heard: () => void; // the API server is there
  readonly lost: () => void; // it is not
}

export interface Reflecting {
  readonly ask: Ask;
  readonly path: string; // with a query, where only some are wanted
  readonly log: Log;
  readonly signal: AbortSignal;
}

const first = 200;
const most = 10_000;
const notServed = 30_000;

/**
 * Lists and then watches objects until the signal. A watch that ends goes on from where it was; where that is too long ago, all
 * is listed again. Failures are tried again after a while that doubles, up to ten seconds.
 */
export async function reflect(follower: Follower, reflecting: Reflecting): Promise<void> {
  const { signal, log, path } = reflecting;
  let version: string | undefined;
  let wait = first;
  while (!signal.aborted) {
    try {
      version ??= await list(follower, reflecting);
      if (version === undefined) await sleep(notServed, signal);
      else version = await watch(version, follower, reflecting);
      wait = first;
    } catch (error) {
      if (signal.aborted) return;
      follower.lost();
      log({ level: "warning", message: "lost the API server", path, because: reasonOf(error) });
      await sleep(wait * (0.5 + Math.random()), signal);
      wait = Math.min(wait * 2, most);
    }
  }
}

/** All objects, page by page. Undefined: the kind is not served. */
async function list(
  { listed, heard }: Follower,
  { ask, path, signal }: Reflecting,
): Promise<string | undefined> {
  const items: Item[] = [];
  let next = "";
  for (;;) {
    const page = await asked(ask, query(path, { limit: "500", continue: next }), signal);
    if (page.status === 404) {
      listed([]);
      heard();
      return undefined;
    }
    if (page.status === 410 && next !== "") {
      items.length = 0; // the pages are too old: from the start
      next = "";
      continue;
    }
    const { metadata, items: some } = nativeJson(expected(page)) as {
      readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
      readonly items: readonly Item[];
    };
    items.push(...some);
    next = metadata.continue ?? "";
    if (next !== "") continue;
    listed(items);
    heard();
    return metadata.resourceVersion;
  }
}

interface Page {
  readonly status: number;
  readonly text: string;
}

async function asked(ask: Ask, path: string, signal: AbortSignal): Promise<Page> {
  const answer = await ask(path, signal);
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk));
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") };
}

function expected({ status, text }: Page): string {
  if (status !== 200) throw new Error(`the API server answers ${status}`);
  return text;
}

/** Follows what happens. The version to go on from; undefined: it is too long ago. */
async function watch(
  version: string,
  follower: Follower,
  { ask, path, signal }: Reflecting,
): Promise<string | undefined> {
  const wanted = { watch: "true", allowWatchBookmarks: "true", timeoutSeconds: "300" };
  const answer = await ask(query(path, { ...wanted, resourceVersion: version }), signal);
  if (answer.statusCode === 410) return drop(answer);
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new Error(`the API server answers ${answer.statusCode}`);
  }
  follower.heard();
  let last = version;
  for await (const line of createInterface({ input: answer })) {
    const event = nativeJson(line) as Event;
    if (event.type === "ERROR") {
      answer.destroy();
      if (event.object.code === 410) return undefined;
      throw new Error(`the API server ends the watch: ${event.object.code}`);
    }
    follower.heard();
    tell(event, follower);
    last = event.object.metadata?.resourceVersion ?? last;
  }
  if (!answer.complete) throw new Error("the watch broke off");
  return last;
}

interface Event {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: Item & {
    readonly code?: number;
    readonly metadata?: { readonly resourceVersion?: string };
  };
}

function tell({ type, object }: Event, { changed, gone }: Follower): void {
  if (type === "ADDED" || type === "MODIFIED") changed(object);
  if (type === "DELETED") gone(object);
}

function drop(answer: IncomingMessage): undefined {
  answer.destroy();
  return undefined;
}

function query(path: string, parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== "");
  const text = new URLSearchParams(pairs).toString();
  return `${path}${path.includes("?") ? "&" : "?"}${text}`;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
