import type { Finding } from "../diagnostic.ts";
import type { Mesh } from "../model/mesh.ts";
import type { ResourceKey } from "../model/place.ts";
import type { Fields } from "../parse/objects.ts";

/** What someone asks the API server to do, as a guard sees it. */
export interface Change {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly key: ResourceKey; // a Namespace: it is deleted, and everything in it
  readonly group: string; // "security.istio.io"
  readonly object?: Fields; // as the cluster would hold it; absent: it is deleted
  readonly old?: Fields; // as the cluster holds it; absent: it is new
  readonly user: User;
  readonly dryRun: boolean;
  readonly settled: Mesh; // the last one in which no change of policies was pending: what comes in several objects is judged against it
  readonly now: number; // milliseconds
  readonly signal: AbortSignal; // nobody waits for the answer any more
}

/** Who asks. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/**
 * What speaks against a change; [] if nothing does. `before` is the mesh as it is, `after` as it would be; the very same value where
 * nothing changes that a proxy would see. A place in an object of the cluster is made by `fieldSpan`.
 */
export interface Guard {
  (before: Mesh, after: Mesh, change: Change): readonly Finding[] | Promise<readonly Finding[]>;
  /** Looks at the object alone: where all guards do, no mesh is worked out, and both are the one there is. */
  readonly objectOnly?: true;
}

/** A guard, where it stands and what it may do. */
export interface PlacedGuard {
  readonly name: string; // in messages: "suites"; lower case letters, digits, dashes
  readonly guard: Guard;
  readonly action: "deny" | "warn" | "audit"; // deny: for findings that are errors; the others are warnings
  readonly namespaces?: readonly string[]; // only changes there; a `*` at one end stands for anything
  readonly exceptNamespaces?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>; // only objects that have, or had, all of these
  readonly exempt?: { readonly users?: readonly string[]; readonly groups?: readonly string[] };
}
