import type { IncomingMessage } from "node:http";

/** The body of a request as text, or why there is none. */
export type Sent =
  | { readonly kind: "whole"; readonly body: string }
  | { readonly kind: "large" } // more than may be
  | { readonly kind: "broken" }; // its caller went away

/** Reads the body of a request, as long as it is no larger than it may be. */
export function readBody(incoming: IncomingMessage, most: number): Promise<Sent> {
  if (Number(incoming.headers["content-length"] ?? 0) > most)
    return Promise.resolve({ kind: "large" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else resolve({ kind: "large" });
    });
    incoming.on("end", () => {
      const [first = Buffer.alloc(0), ...others] = chunks; // mostly there is one
      const whole = others.length === 0 ? first : Buffer.concat(chunks);
      resolve({ kind: "whole", body: whole.toString("utf8") });
    });
    incoming.on("error", () => resolve({ kind: "broken" }));
    incoming.on("close", () => resolve({ kind: "broken" }));
  });
}
