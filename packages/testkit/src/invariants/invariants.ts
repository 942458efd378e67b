import type { Requests } from "@meshproof/engine/analyse";
import type { Environment, OneOrMore, StatedWorkload } from "../suite.ts";

/** A file of invariants as it says it, after validation: the shape of `invariants.schema.json`. */
export interface Invariants {
  readonly metadata?: { readonly name?: string };
  readonly spec: InvariantsSpec;
}

/** What it says: its mesh, its names, what must hold. */
export interface InvariantsSpec {
  readonly mesh?: OneOrMore; // relative to this file; absent: what the command line names
  readonly namespace?: string;
  readonly environment?: Environment;
  readonly workloads?: Readonly<Record<string, StatedWorkload>>;
  readonly invariants: readonly StatedInvariant[];
}

/** One thing that must hold of every request. */
export interface StatedInvariant {
  readonly name: string;
  readonly target?: {
    readonly namespace?: string;
    readonly workload?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly through?: string; // the gateway or waypoint that requests come to first, or the workload that calls
    readonly calls?: string; // the URL of a host
  };
  readonly requests?: Requests;
  readonly expect: StatedExpectation;
  readonly vacuous?: "ok";
}

/** What becomes of the requests that an invariant names. */
export type StatedExpectation =
  | "never-allowed"
  | "always-allowed"
  | { readonly "allowed-only-if": readonly Requests[] }
  | { readonly "no-wider-than": OtherMesh }
  | { readonly "same-as": OtherMesh }
  | { readonly "only-with-provider": string };

/** What a mesh is compared with: other files, or the same files at a git revision. */
export type OtherMesh = { readonly mesh: OneOrMore } | { readonly revision: string };
