import type { Decision, Fact } from "./fact.ts";
import type { Note } from "./note.ts";
import type { Place, ResourceKey } from "./place.ts";
import type { Program, Proxy } from "./program.ts";
import type { Connection, Header, HttpRequest } from "./request.ts";
import type { Onward } from "./route.ts";
import type { Clause } from "./rule.ts";

/** The answer to one request. */
export interface Verdict {
  readonly decision: Decision; // "undetermined": some branches differ
  readonly outcome?: Outcome; // absent: the branches agree on the decision and not on what the caller sees
  readonly layer?: Layer; // what decided
  readonly by: readonly RuleRef[];
  readonly branches: readonly [Branch, ...Branch[]]; // one, unless a fact is unknown or routing picks among several
  readonly facts: readonly Fact[]; // those consulted: assumptions are the assumed ones, questions the unknown ones
}

/** One way it can go, under what is said of the unknown facts. */
export interface Branch {
  readonly when: readonly Fact[];
  readonly decision: Decision;
  readonly outcome: Outcome;
  readonly hops: readonly Hop[];
}

/** One enforcement point on the way, with what it saw and did. */
export interface Hop {
  readonly point: Proxy["kind"] | "none";
  readonly proxy: string; // "shop/orders-7d9"
  readonly enforced: boolean;
  readonly why?: string; // not enforced: why not
  readonly chain?: string;
  readonly saw?: Seen;
  readonly steps: readonly Step[];
  readonly outcome: Outcome;
  readonly notes: readonly Note[];
  readonly onward?: Onward; // where it sent what it let through, if it routes
  readonly side?: "outbound"; // the caller's own sidecar, on the way out: it enforces nothing
  readonly leaves?: Leaving; // how it went on
  readonly told?: Told; // only when everything is traced
}

/** How a proxy sends on what it let through. */
export interface Leaving {
  readonly cluster?: string; // "outbound|80|v1|shop.s.svc.cluster.local", "PassthroughCluster"
  readonly to?: string; // "s/shop-1", or a name outside; absent: there is nothing to send it to
  readonly at?: string; // its address, if it is known
  readonly port?: number;
  readonly transport?: Connection["transport"];
  readonly sni?: string;
  readonly failed?: string; // why it refuses the server's certificate
}

/** What a proxy was told, and what came to it. */
export interface Told {
  readonly program: Program;
  readonly connection: Connection;
  readonly http?: HttpRequest;
}

/** What the proxy made of the connection and the request before any policy. */
export interface Seen {
  readonly identities: readonly string[]; // "spiffe://...", in the order they are tried
  readonly sourceIp?: string;
  readonly remoteIp?: string;
  readonly destinationIp?: string;
  readonly destinationPort: number;
  readonly sni?: string;
  readonly method?: string;
  readonly host?: string;
  readonly path?: string; // normalised, with its query
}

/** What the caller observes. */
export interface Outcome {
  readonly kind:
    | "forwarded"
    | "reply"
    | "closed"
    | "tls-failed"
    | "protocol-error"
    | "no-chain"
    | "silent"
    | "not-served"
    | "unknown"; // of a hop that is not evaluated: see `why`
  readonly status?: number;
  readonly body?: string;
  readonly grpcStatus?: number;
  readonly details?: string; // Envoy's response code details, or the termination details of a connection
  readonly responseHeaders?: readonly Header[]; // of a reply: www-authenticate, location
  readonly received?: Received; // what the workload received; absent for bytes
  readonly opaque?: true; // forwarded bytes are TLS that the proxy did not terminate
}

/** The request as the workload gets it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
}

/** What decides, in the order of a proxy. */
export type Layer =
  | "capture"
  | "config"
  | "mtls"
  | "http"
  | "custom"
  | "jwt"
  | "audit"
  | "deny"
  | "allow"
  | "route";

/** A rule of a policy, and where it is written; -1: the policy as a whole. */
export interface RuleRef {
  readonly policy: ResourceKey;
  readonly rule: number;
  readonly at: Place;
}

/** One layer of one hop. `trace` only when asked for. */
export interface Step {
  readonly layer: Layer;
  readonly result: "pass" | "refuse" | "skip";
  readonly by: readonly RuleRef[]; // ztunnel: a set
  readonly rules?: number; // how many were looked at: "no ALLOW rule matched (3 rules)"
  readonly policies?: number;
  readonly dryRun?: {
    readonly action: "ALLOW" | "DENY";
    readonly by: readonly RuleRef[];
    readonly wouldDeny: boolean;
  };
  readonly text?: string;
  readonly trace?: readonly ClauseTrace[];
}

/** A condition, what it was compared with, and whether it held. */
export interface ClauseTrace {
  readonly at: Place;
  readonly rule: RuleRef;
  readonly clause: Clause;
  readonly actual: readonly string[];
  readonly holds: boolean;
}
