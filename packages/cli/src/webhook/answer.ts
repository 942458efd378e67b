import type { IncomingMessage, ServerResponse } from "node:http";

/** What is sent back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly type: string; // of the text
  readonly text: string;
  readonly isLast?: boolean; // the connection ends with it
}

/** An answer for people. */
export function plain(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", text };
}

/** So long someone may go on with a body that is not read before the connection ends: at once, he would not see why. */
const grace = 500;

/** Sends it. What is left of the body is thrown away. */
export function send(
  outgoing: ServerResponse,
  { status, type, text, isLast = false }: Answer,
  incoming: IncomingMessage,
): void {
  const head = { "content-type": type, "content-length": Buffer.byteLength(text) };
  outgoing.writeHead(status, isLast ? { ...head, connection: "close" } : head);
  if (!isLast || incoming.complete) {
    outgoing.end(text);
    return;
  }
  outgoing.write(text);
  const timer = setTimeout(() => outgoing.end(), grace);
  incoming.once("close", () => {
    clearTimeout(timer);
    outgoing.end();
  });
  incoming.resume();
}
