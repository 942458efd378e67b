import type { Header } from "../model/request.ts";

/** A request inside Envoy, as one filter leaves it for the next. Byte strings; header names in lower case, pseudo-headers apart. */
export interface ProxyRequest {
  readonly version: "1.0" | "1.1" | "2";
  readonly method: string;
  readonly path?: string; // `:path` after normalisation, with its query; absent for a classic CONNECT
  readonly authority?: string; // absent only when a filter took it away
  readonly scheme: "http" | "https";
  readonly headers: readonly Header[]; // in order; what Envoy joins at parse time is joined
  readonly body?: string;
}

/** The verified claims that the JWT filter leaves as dynamic metadata (`payload`), space-delimited claims split. */
export type Payload = Readonly<Record<string, unknown>>;

/** What Envoy answers by itself. `envoy/local-reply.ts` turns it into an outcome (gRPC and HEAD have their own form). */
export interface LocalReply {
  readonly status: number;
  readonly body: string;
  readonly details: string;
  readonly grpcStatus?: number; // of an answer to gRPC; else what the status stands for
  readonly headers?: readonly Header[];
}

/** What a filter that may change a request comes to. */
export type FilterResult =
  | {
      readonly kind: "continue";
      readonly request: ProxyRequest;
      readonly payload?: Payload;
      readonly removed?: readonly string[]; // headers that are gone, also those that nobody stated
      readonly text?: string;
    }
  | { readonly kind: "reply"; readonly reply: LocalReply; readonly text?: string };
