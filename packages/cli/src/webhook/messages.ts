import type { Entry } from "./log.ts";
import type { Reply } from "./reply.ts";
import type { Readiness } from "./reviewer.ts";

/** What the server says to the thread that judges. */
export type Asked =
  | { readonly kind: "review"; readonly id: number; readonly body: string }
  | { readonly kind: "give-up"; readonly id: number }
  | { readonly kind: "close" };

/** What that thread says. */
export type Told =
  | { readonly kind: "reply"; readonly id: number; readonly reply: Reply }
  | { readonly kind: "fault"; readonly id: number; readonly because: string }
  | { readonly kind: "readiness"; readonly readiness: Readiness }
  | { readonly kind: "log"; readonly entry: Entry };
