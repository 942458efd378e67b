import type { Facts } from "../model/fact.ts";
import type { FilterChain, Program } from "../model/program.ts";
import type { Connection } from "../model/request.ts";
import type { Onward } from "../model/route.ts";
import type { Outcome, Seen, Step } from "../model/verdict.ts";
import type { Sight } from "./attributes.ts";
import type { Questions } from "./questions.ts";
import type { ServeOptions } from "./serve.ts";
import type { Handshake } from "./tls.ts";

/** One connection on the chain that serves it. */
export interface Visit {
  readonly program: Program;
  readonly chain: FilterChain;
  readonly proxied: boolean; // a PROXY header comes first, which states both ends
  readonly looked: boolean; // for TLS, whichever chain was chosen then
  readonly connection: Connection;
  readonly handshake: Exclude<Handshake, { kind: "failed" }>;
  readonly sight: Sight;
  readonly questions: Questions;
  readonly facts: Facts;
  readonly options: ServeOptions;
}

/** What came of it. */
export interface Visited {
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  readonly saw?: Partial<Seen>; // what is known of the request; the connection is known anyway
  readonly onward?: Onward; // where it sends what it lets through, if it routes
}
