import type { AccessRequest } from "../model/access-request.ts";
import type { DataPlane } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { PolicyRule } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import type { RuleRef } from "../model/verdict.ts";

/** How much work a question may be. Whoever exceeds one of these gets `undecided`, never a guess. */
export interface Budget {
  readonly states?: number; // of one automaton; 500,000
  readonly nodes?: number; // of one decision diagram; 8,000,000
  readonly steps?: number; // of one covering query, before the SAT solver takes over; 1,000
  readonly conflicts?: number; // of the SAT solver, in all queries about the same rules; 250,000
}

/** How far an analysis goes, and what it takes for granted. */
export interface AnalyseOptions {
  readonly budget?: Budget;
  readonly regions?: number; // shown of one answer; 12
  readonly dataPlane?: DataPlane; // of workloads whose namespace says nothing; sidecar
  /** Which enforcement points are looked at; absent: all. */
  readonly only?: (point: Point) => boolean;
  readonly service?: string; // of access at waypoints: only what is sent to this Service, "orders.shop.svc.cluster.local" or with ":80"
  readonly assume?: "filters"; // EnvoyFilters, WasmPlugins and what ListenerSets and Ingresses add decide nothing; else what they act on is undecided
  readonly values?: false; // of policy effects: leave out what single values do
}

/** What a point enforces policies on: requests of HTTP, or connections with bytes of some other protocol. */
export type Protocol = "http" | "tcp";

/** One enforcement point: the proxy in front of a workload, a gateway or a waypoint; or a workload of the mesh where there is none. */
export interface Point {
  readonly name: string; // deploy/shop/orders; ns/shop,app=orders where nothing was loaded
  readonly proxy: Proxy;
  readonly made?: true; // stands for every workload with these labels: no file holds one
  readonly planeAssumed?: true; // nothing that is loaded says which data plane it is in
  readonly unenforced?: true; // no proxy is there: whatever is sent gets through
}

/** A part of a region: what one attribute must be. */
export interface Term {
  readonly attribute: string; // "peer", "path", "header x-env", "claim groups", "provider oauth"
  readonly text: string; // "path is /admin/*": in the words of the policies
}

/** Requests that have something in common: all terms hold. No terms: every request. */
export interface Region {
  readonly terms: readonly Term[];
  readonly text: string; // the terms in one line
  readonly witness: Witness;
}

/** One request, evaluated before it is shown. */
export interface Witness {
  readonly request: AccessRequest;
  readonly claims?: Readonly<Record<string, unknown>>; // of its token; `request.token` is a text that nobody signed
  readonly looked: readonly string[]; // the attributes that the region depends on; the others are only ordinary
  readonly statuses: readonly string[]; // what each side answers: "allowed", "403", "401", "closed"; over a way, "allowed as a copy", of which nobody is told
  readonly by: readonly RuleRef[]; // what decided, on the last side
}

/** Why there is no answer. */
export interface Undecided {
  readonly because: "budget" | "witness-refused" | "not-modelled";
  readonly text: string;
  readonly attribute?: string; // which one it hangs on
}

/** Requests, as a list of boxes. */
export interface Regions {
  readonly regions: readonly Region[];
  readonly complete: boolean; // false: there is more than what is shown
}

/** One difference between two sides of a point. Status: refused on both sides, with different answers. */
export interface Change extends Regions {
  readonly kind: "newly-allowed" | "newly-denied" | "changed-status";
  readonly protocol: Protocol;
}

/** What changes at some workloads that are told the same on each side. */
export interface PointDiff {
  readonly points: readonly [Point, ...Point[]];
  readonly only?: "before" | "after"; // the other side has no such workload
  readonly changes: readonly Change[];
  readonly undecided: readonly Undecided[];
}

/** What two meshes answer differently. */
export interface MeshDiff {
  readonly result: "same" | "wider" | "narrower" | "both" | "status" | "undecided";
  readonly diffs: readonly PointDiff[]; // only those with changes or without an answer
  readonly points: number; // looked at
  readonly made?: true; // there is no inventory: workloads stand for the selectors of the policies
  readonly cut?: true; // more than 64 combinations of selectors in some namespace
  readonly assumptions: readonly string[];
}

/** Requests in Istio's own rule grammar; parts that are missing ask for nothing. */
export interface Requests extends PolicyRule {
  readonly protocol?: Protocol; // absent: both
  readonly token?: "none" | "accepted"; // accepted: none, or one that the mesh takes there
  readonly not?: Requests;
  readonly anyOf?: readonly Requests[];
}

/** Whom an invariant speaks of. Nothing: every point. */
export interface InvariantTarget {
  /**
   * The gateway or waypoint that requests come to first: the invariant is about them as they come there, and about their whole way to the
   * workload, which is refused where any proxy refuses. `gateway/NS/NAME`, or the name of a point.
   */
  readonly through?: string;
  /** Of a workload with a sidecar, which `through` names: the URL of a host that it calls, `http://api.example.com`. The way begins at its sidecar. */
  readonly calls?: string;
  readonly namespace?: string;
  readonly workload?: string; // its name
  readonly labels?: Readonly<Record<string, string>>;
}

/** What an invariant says becomes of the requests that it names. */
export type Expectation =
  | "never-allowed"
  | "always-allowed"
  | { readonly "allowed-only-if": readonly Requests[] }
  | { readonly "no-wider-than": Mesh }
  | { readonly "same-as": Mesh }
  | { readonly "only-with-provider": string };

/** Something that must hold for every request. */
export interface Invariant {
  readonly name: string;
  readonly target?: InvariantTarget;
  readonly requests?: Requests; // absent: every request
  readonly expect: Expectation;
  readonly vacuous?: "ok"; // it may hold because no such request can be
}

/** What became of an invariant at some points that are told the same. */
export interface Proof {
  readonly invariant: Invariant;
  readonly points: readonly Point[]; // empty: the target names none
  readonly through?: Point; // where the journey to the points begins
  readonly result: "holds" | "holds-vacuously" | "violated" | "undecided";
  readonly early?: true; // it holds vacuously, and yet there are such requests: all are refused before the policies of the points
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  readonly assumptions: readonly string[];
}

/** A request for which an invariant does not hold. */
export interface Violation extends Regions {
  readonly protocol: Protocol;
}

/** Who or what gets through, symbolically. */
export interface Access extends Regions {
  readonly points: readonly [Point, ...Point[]];
  readonly protocol: Protocol;
  readonly everyone?: true; // whoever makes such a request
  readonly nobody?: true;
  readonly undecided: readonly Undecided[];
  readonly assumptions: readonly string[];
}

/** What one caller may send to one destination. */
export interface MatrixCell {
  readonly from: string; // sa/NS/NAME, or "no identity"
  readonly to: Point;
  readonly allowed: "all" | "some" | "none" | "undecided";
  readonly regions: readonly Region[]; // of "some"
  readonly complete: boolean;
  readonly undecided?: readonly [Undecided, ...Undecided[]]; // of "undecided": why
}

/** Who reaches what. */
export interface Matrix {
  readonly callers: readonly string[];
  readonly points: readonly Point[];
  readonly cells: readonly MatrixCell[];
  readonly assumptions: readonly string[];
}

/** A fact about a rule of one filter, for all requests there can be (formal: exact, never heuristic). */
export interface RuleEffect {
  readonly rule: RuleRef;
  readonly action: "ALLOW" | "DENY" | "CUSTOM";
  readonly effect:
    | "never-matches"
    | "matches-everything"
    | "redundant" // the other rules of its action do the same
    | "always-denied" // of an ALLOW rule: DENY takes all of it back
    | "denies-nothing-that-was-allowed"
    | "matters"
    | "undecided";
  readonly removable?: true; // together with all others that say so
  readonly coveredBy?: readonly RuleRef[]; // of what is redundant or always denied: rules that are enough together
  readonly undecided?: Undecided;
}

/** A value without effect: the rule matches the same requests without it. `dead`: no request has it at all. */
export interface ValueEffect {
  readonly rule: RuleRef;
  readonly path: readonly (string | number)[]; // of the value, from the root of the policy
  readonly value: string;
  readonly effect: "dead" | "covered";
}

/** What can be said of the policies of one point and kind of chain. */
export interface PointEffects {
  readonly points: readonly [Point, ...Point[]];
  readonly protocol: Protocol;
  readonly rules: readonly RuleEffect[];
  readonly values: readonly ValueEffect[];
  readonly set?: "denies-everything" | "allows-everything";
  readonly undecided: readonly Undecided[];
}
