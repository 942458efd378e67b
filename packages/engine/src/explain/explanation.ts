import type { AccessRequest } from "../model/access-request.ts";
import type { Decision, Fact } from "../model/fact.ts";
import type { Note } from "../model/note.ts";
import type { Place, ResourceKey } from "../model/place.ts";
import type { Action } from "../model/policy.ts";
import type { FilterChain, JwtProvider, ProxyPort } from "../model/program.ts";
import type { Clause, Group } from "../model/rule.ts";
import type { Hop, Layer, Outcome, RuleRef, Verdict } from "../model/verdict.ts";

/** Why a verdict is what it is, what came close, and what would change it. Data: nothing here is text for a terminal. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly branches: readonly ExplainedBranch[]; // one for each decision that the branches of the verdict come to
}

/** One way it can go, layer by layer. */
export interface ExplainedBranch {
  readonly when: readonly Fact[];
  readonly decision: Decision;
  readonly outcome: Outcome;
  readonly hops: readonly ExplainedHop[];
  readonly near: readonly NearMiss[]; // the nearest first
  readonly edits: readonly Edit[]; // each was evaluated: it turns the decision
  readonly traps: readonly Trap[];
}

/** One proxy on the way. What nobody knows and does not matter is not among what it saw: `unknown` names it, by the ids of facts. */
export interface ExplainedHop {
  readonly hop: Hop;
  readonly unknown: ReadonlySet<string>;
  readonly chain?: ChainReason;
  readonly layers: readonly ExplainedLayer[]; // in the proxy's order, also those that were not reached
  readonly unbound: readonly Note[]; // policies that one might expect to bind here
}

/** Why a connection met this chain. Without a chain: none takes it. */
export interface ChainReason {
  readonly chain?: FilterChain;
  readonly port?: ProxyPort; // absent: nobody declares it
  readonly mode?: PortMode; // of a sidecar
}

/** How a port takes connections, and which PeerAuthentication says so. */
export interface PortMode {
  readonly mode: "DISABLE" | "PERMISSIVE" | "STRICT";
  readonly by?: Place; // absent: Istio's default
}

/** One layer of a proxy with everything it looked at. */
export interface ExplainedLayer {
  readonly layer: Layer;
  readonly result: "pass" | "refuse" | "skip" | "not-reached" | "no-policy";
  readonly text?: string;
  readonly by: readonly RuleRef[];
  readonly policies: readonly ExplainedPolicy[];
  readonly provider?: string; // of a CUSTOM policy
  readonly jwt?: ExplainedJwt;
}

/** A policy of a layer, with its rules. */
export interface ExplainedPolicy {
  readonly key: ResourceKey;
  readonly action: Action;
  readonly dryRun?: true;
  readonly rules: readonly ExplainedRule[];
  readonly notes: readonly Note[]; // what istiod left out or changed
}

/** A rule with everything it asks for. Without parts it asks for nothing; `never`: it cannot hold. */
export interface ExplainedRule {
  readonly ref: RuleRef;
  readonly holds: boolean;
  readonly never?: true;
  readonly parts: readonly ExplainedPart[]; // all must hold
}

/** The `from`, `to` or `when` of a rule: some alternative must hold. */
export interface ExplainedPart {
  readonly of: Group["of"];
  readonly holds: boolean;
  readonly alternatives: readonly ExplainedAlternative[]; // one must hold
}

/** One entry of `from` or `to`, or all of `when`: every condition of it must hold. */
export interface ExplainedAlternative {
  readonly index: number;
  readonly holds: boolean;
  readonly conditions: readonly ExplainedCondition[]; // all must hold
}

/** One list of values of a rule, against what the proxy saw. */
export interface ExplainedCondition {
  readonly at: Place; // of the list
  readonly field: string; // as it is written: paths, notPaths; the key of a `when`
  readonly negated: boolean;
  readonly clause: Clause; // of this list alone
  readonly expected: readonly string[]; // as written
  readonly actual: readonly string[]; // in Istio's words; none: the request has no such thing
  readonly seen: readonly string[]; // the same, as the proxy compares it
  readonly known: boolean; // false: the request does not say, and it does not matter
  readonly holds: boolean;
}

/** What a JWT filter looked for, and what it found. */
export interface ExplainedJwt {
  readonly providers: readonly JwtProvider[];
  readonly tokens: readonly FoundToken[];
}

/** A token that a JWT filter came upon, and what became of it. */
export interface FoundToken {
  readonly provider: string;
  readonly issuer?: string; // absent: it cannot be read
  readonly subject?: string;
  readonly audiences: readonly string[];
  readonly expires?: number; // seconds since 1970
}

/** A rule that would decide otherwise, and what keeps it from holding. */
export interface NearMiss {
  readonly rule: RuleRef;
  readonly action: Action;
  readonly failing: readonly ExplainedCondition[];
}

/** A change after which the decision is another. */
export type Edit = RequestEdit | PolicyEdit | NewPolicy | NewSetting;

/** Another request that meets the other decision. */
export interface RequestEdit {
  readonly kind: "request";
  readonly changes: readonly RequestChange[];
  readonly request: AccessRequest;
  readonly verdict: Verdict;
}

/** One part of a request: "http.method", "from", "token"; its value before and after. */
export interface RequestChange {
  readonly part: string;
  readonly was?: string;
  readonly becomes: string;
}

/** A change of policies that are there. */
export interface PolicyEdit {
  readonly kind: "policy";
  readonly changes: readonly PolicyChange[];
  readonly verdict: Verdict;
  readonly rest?: readonly ExplainedCondition[]; // what the changed rule still asks for: whoever fulfils it is let in
}

/**
 * What happens at a place. `add`, `remove`: values of a list; `left`: what stands there afterwards, absent: the field goes. `set`: one
 * value. `remove` of a whole object deletes it. `rename`: the key. `append`: one rule more, `left`. `join`: a rule becomes part of the one before it.
 */
export interface PolicyChange {
  readonly at: Place;
  readonly do: "add" | "remove" | "set" | "rename" | "append" | "join";
  readonly values: readonly string[];
  readonly left?: unknown;
}

/** An object that is not there yet, and that turns the decision. */
export interface NewPolicy {
  readonly kind: "create";
  readonly resource: ResourceKey;
  readonly spec: unknown;
  readonly changes: readonly [];
  readonly verdict: Verdict;
}

/** Something outside the policies that would turn the decision: a field of the mesh config, keys that can be had. */
export interface NewSetting {
  readonly kind: "setting";
  readonly name: string;
  readonly value: string;
  readonly changes: readonly [];
  readonly verdict: Verdict;
}

/** A well-known trap that this request fell into. `id`: a heading of docs/traps.md. */
export interface Trap {
  readonly id: string;
  readonly text: string;
  readonly at?: Place;
}
