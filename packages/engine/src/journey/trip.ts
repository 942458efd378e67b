import type { Trace } from "../envoy/rbac.ts";
import type { EvaluateOptions } from "../model/access-request.ts";
import type { Facts } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import type { HttpRequest, OpenedTls } from "../model/request.ts";
import type { Original } from "./addressed.ts";
import type { Client } from "./client.ts";
import { readClock } from "./clock.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Understood } from "./request.ts";
import type { ServeOptions } from "./serve.ts";
import { statedFact } from "./stated-fact.ts";

/** One request on one way through a mesh. */
export interface Trip {
  readonly mesh: Mesh;
  readonly understood: Understood;
  readonly options: EvaluateOptions;
  readonly inquiry: Inquiry;
  readonly trace?: Trace;
}

/** The proxy that sends a request on, and what it was sent. */
export interface Sender {
  readonly client: Client;
  readonly original?: Original; // of a sidecar's outbound side
  readonly http?: HttpRequest; // absent: bytes
  readonly tls?: OpenedTls; // what it passes on: TLS that it did not end
}

/** What a proxy on the way may ask. */
export function factsOf(
  { understood, options, inquiry }: Trip,
  http: HttpRequest | undefined,
): Facts {
  return {
    get now() {
      return readClock(understood.now, http, inquiry);
    },
    ask: inquiry.ask,
    known: (id) => statedFact(options, id),
  };
}

/** What a proxy on the way is told besides facts. */
export function serveOptions({ understood, trace }: Trip): ServeOptions {
  const { providers } = understood.stated;
  return {
    ...(trace === undefined ? {} : { trace }),
    ...(providers === undefined ? {} : { providers }),
  };
}
