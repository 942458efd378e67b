import type { FilterChain, Program } from "../../model/program.ts";
import type { Connection } from "../../model/request.ts";
import type { HeaderChanges, RouteDestination } from "../../model/route.ts";
import type { Reading } from "../space/reading.ts";
import type { Setting } from "../space/space.ts";
import type { Named } from "./follow.ts";
import type { PathCases } from "./path-cases.ts";
import type { Forward } from "./routes.ts";

/** One stretch of a journey: how what the next proxy sees follows from what this one saw. */
export interface Stretch {
  readonly from: {
    readonly name: string;
    readonly chain: FilterChain;
    readonly program: Program;
    readonly proxied: boolean;
    readonly reading: Reading; // behind its filters
  };
  readonly to: {
    readonly program: Program;
    readonly connection: Connection; // as it comes there
    readonly door?: string;
    readonly named?: Named;
    readonly samePort?: true; // the one that was addressed
  };
  readonly action?: Pick<Forward, "headers" | "rewrite">;
  readonly destination: RouteDestination;
  readonly copied?: true; // it is a copy
  readonly setting: Setting;
  readonly looked: { readonly queries: boolean }; // paths are looked at with their query
}

/** What an attribute is further on: as it was, one value (undefined: none), or nobody knows. */
export type Image =
  | { readonly kind: "same" }
  | { readonly kind: "value"; readonly value: string | undefined }
  | ({ readonly kind: "rewritten" } & PathCases)
  | { readonly kind: "free" };

export const same: Image = { kind: "same" };
export const free: Image = { kind: "free" };

/** Whether a route writes a header, or takes it away. */
export function isWritten(name: string, changes: readonly (HeaderChanges | undefined)[]): boolean {
  return changes.some(
    (each) =>
      each?.remove?.includes(name) === true ||
      each?.write?.some((one) => one.name === name) === true,
  );
}
