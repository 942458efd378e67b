import { dirname, relative } from "node:path";
import type { Decision } from "@meshproof/engine";
import type { Proof } from "@meshproof/engine/analyse";
import { type Counterexample, type Environment, suiteText, witnessSuite } from "@meshproof/testkit";
import type { Proved } from "./prove-document.ts";
import { type Found, shownBy } from "./shown-by.ts";

/** Counterexamples as tests. */
export interface Saved {
  readonly suites: readonly string[]; // as text
  readonly left: readonly string[]; // the invariants with counterexamples that no test can show
}

/** The counterexamples of proofs as suites for `path`. */
export function savedWitnesses(proved: Proved, path: string): Saved {
  const all = proved.proofs.flatMap((proof) => examplesOf(proof, proved));
  const left = new Set(all.flatMap(({ name, shown }) => (shown ? [] : [name])));
  const suites = [false, true].flatMap((waypoint) => {
    const examples = all.flatMap(({ shown, isWaypoint }) =>
      shown && isWaypoint === waypoint ? [shown] : [],
    );
    return examples.length === 0 ? [] : [textOf(examples, proved, { path, waypoint })];
  });
  return { suites, left: [...left] };
}

interface Kept {
  readonly path: string;
  readonly waypoint: boolean; // who is led to one is in ambient mode
}

function textOf(
  examples: readonly Counterexample[],
  proved: Proved,
  { path, waypoint }: Kept,
): string {
  const folder = dirname(path);
  const mesh = proved.patterns.map((pattern) => relative(folder, pattern) || ".");
  const { namespace, workloads } = proved.document.invariants.spec;
  const environment = environmentOf(proved, waypoint);
  const world = {
    mesh,
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
    ...(workloads === undefined ? {} : { workloads }),
  };
  const name = `${proved.name}-witnesses${waypoint ? "-ambient" : ""}`;
  return suiteText(witnessSuite(name, examples, world));
}

function environmentOf({ document, plane }: Proved, waypoint: boolean): Environment | undefined {
  const { environment } = document.invariants.spec;
  const stated = waypoint ? { ...plane, dataPlane: "ambient" as const } : plane;
  return Object.keys(stated).length === 0 ? environment : { ...environment, ...stated };
}

interface Example {
  readonly name: string;
  readonly isWaypoint: boolean;
  readonly shown: Counterexample | undefined; // undefined: no test can show it
}

function examplesOf(proof: Proof, { mesh, plane }: Proved): readonly Example[] {
  const { invariant, violations, through, points } = proof;
  const [point] = points;
  if (mesh === undefined || point === undefined) return [];
  const isWaypoint = [through, point].some((each) => each?.proxy.kind === "waypoint");
  const found: Found = {
    mesh,
    point,
    isWay: through !== undefined,
    ...plane,
    ...(isWaypoint ? { dataPlane: "ambient" } : {}),
  };
  return violations.flatMap(({ regions }) =>
    regions.map(({ witness }) => {
      const { name } = invariant;
      const expect = expectedOf(invariant.expect, witness.statuses);
      return { name, isWaypoint, shown: shownBy({ name, witness, expect }, found) };
    }),
  );
}

/** What the invariant asks of its counterexample. Of `same-as` the other mesh says it, which comes first. */
function expectedOf(expect: Proof["invariant"]["expect"], statuses: readonly string[]): Decision {
  if (expect === "always-allowed") return "allow";
  if (typeof expect === "object" && "same-as" in expect)
    return statuses[0] === "allowed" ? "allow" : "deny";
  return "deny";
}
