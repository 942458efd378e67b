import type { AccessRequest, Finding, Mesh, Verdict } from "@meshproof/engine";
import type { Texts } from "../place.ts";
import type { CaseResult } from "../result.ts";
import type { OpenSuite } from "../run.ts";
import type { RequestPart, SuiteToken, TokenUse } from "../suite.ts";

/** A mesh that is loaded, and whom its requests come from. */
export interface MeshUnderTest<Actor extends string = string> {
  readonly mesh: Mesh;
  readonly findings: readonly Finding[]; // warnings: with an error there would be no mesh
  readonly actors: readonly Actor[]; // those that the options name
  /** A caller, as `from` of a request says it: `sa/shop/web`, `external/203.0.113.9`, an actor's name. */
  readonly from: (caller: string) => Caller;
  /** A request that is written as a suite writes it, such as one of fast-check's. */
  readonly request: (part: RequestPart) => RequestUnderTest;
  /** A caller of whom nothing is said. */
  readonly anyone: Caller;
  readonly opened: OpenSuite;
  readonly texts: Texts; // of the files that were loaded
}

/** Where a request comes from, with a verb for each method: `web.get("/api")`, `web.get("shop.example/api")`. */
export interface Caller {
  readonly get: Send;
  readonly head: Send;
  readonly post: Send;
  readonly put: Send;
  readonly patch: Send;
  readonly delete: Send;
  readonly options: Send;
  /** Any other method. */
  readonly send: (method: string, target: string) => RequestUnderTest;
  /** A gRPC method, `package.Service/Method`. */
  readonly call: (method: string) => RequestUnderTest;
  /** A connection of which no request is known, such as that of a database. */
  readonly connect: () => RequestUnderTest;
}

/** Begins a request of one method: the target is a path, or a host and a path. */
export type Send = (target: string) => RequestUnderTest;

/** A request that is being put together. Nothing changes it: every step gives another. */
export interface RequestUnderTest {
  readonly mesh: MeshUnderTest;
  readonly request: RequestPart;
  /** What is addressed: `svc/shop/orders:80`, a workload's name with a port, a URL, a described workload. */
  readonly to: (destination: AccessRequest["to"]) => RequestUnderTest;
  /** Sends a token: a name of the options' `tokens`, one of `mint`, a text, `none`. Twice: two tokens. */
  readonly with: (token: SuiteToken, how?: Omit<TokenUse, "use" | "raw">) => RequestUnderTest;
  /** Sends a header; a list is sent as several lines. */
  readonly header: (name: string, value: string | readonly string[]) => RequestUnderTest;
  /** The Host header, or :authority. */
  readonly host: (name: string) => RequestUnderTest;
  /** Lays any other part of a request over this one, in the words of a suite: `{ transport: "plaintext" }`. */
  readonly given: (part: RequestPart) => RequestUnderTest;
  /** Asks. Throws a TypeError for what is no request. */
  readonly ask: () => Promise<Answer>;
  /** The request in one line. */
  readonly toString: () => string;
}

/** A request and what became of it. */
export interface Answer {
  readonly mesh: MeshUnderTest;
  readonly verdict: Verdict;
  readonly line: string; // the request: "sa/shop/web -> svc/shop/orders:80 GET /api"
  readonly answer: string; // "deny 403 at allow"
  readonly asked: CaseResult;
}
