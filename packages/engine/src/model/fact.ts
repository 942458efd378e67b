import type { Place } from "./place.ts";

/** `allow`: the addressed workload receives it. `deny`: a proxy answered or closed. `undetermined`: it depends on unknown facts. `invalid`: the data plane does not take this configuration. */
export type Decision = "allow" | "deny" | "undetermined" | "invalid";

/** Everything that is neither policy nor stated by the request. */
export interface Fact {
  readonly id: string; // "source.ip", "ext-authz:oauth2-proxy", "signature:alice", "data-plane:deploy/shop/orders"
  readonly state: "given" | "derived" | "assumed" | "unknown";
  readonly value?: string; // what it is taken to be
  readonly from?: Place;
  readonly then?: readonly { readonly value: string; readonly decision: Decision }[]; // unknown: a value of each class
}

/** A question of the core. `candidates`: one value of each class that can make a difference, the most ordinary first. */
export interface Question {
  readonly id: string;
  readonly candidates: readonly string[];
  readonly partial?: true; // there may be classes without a candidate
  readonly signature?: SignatureQuestion; // does this token verify: "valid" or "invalid"
}

/** What `verifySignature` needs to answer for sure. Without `jwks`, only someone who knows the token can answer. */
export interface SignatureQuestion {
  readonly token: string;
  readonly jwks?: string;
  readonly anySaltLength?: true; // of a PS256 signature
}

/** Answers a question with one of its candidates, or with a value that is known. The driver tries every candidate of an unknown one. */
export type Ask = (question: Question) => string;

/** What a proxy needs besides bytes: a clock and answers. `now` in milliseconds since 1970. */
export interface Facts {
  readonly now: number;
  readonly ask: Ask;
  /** What the caller stated of a fact, which is not asked by that. */
  readonly known?: (id: string) => string | undefined;
}
