import { dirname, relative } from "node:path";
import { type AccessRequest, type Decision, evaluate, type Mesh } from "@meshproof/engine";
import type { Proof } from "@meshproof/engine/analyse";
import { type Counterexample, type Environment, suiteText, witnessSuite } from "@meshproof/testkit";
import type { Proved } from "./prove-document.ts";

/** The counterexamples of proofs as the text of a suite for `path`. Undefined: there are none. */
export function witnessText(proved: Proved, path: string): string | undefined {
  const examples = proved.proofs
    .flatMap(examplesOf)
    .filter((each) => proved.mesh === undefined || isShown(each, proved.mesh));
  if (examples.length === 0) return undefined;
  const folder = dirname(path);
  const mesh = proved.patterns.map((pattern) => relative(folder, pattern) || ".");
  const { namespace, workloads } = proved.document.invariants.spec;
  const environment = environmentOf(proved);
  const world = {
    mesh,
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
    ...(workloads === undefined ? {} : { workloads }),
  };
  return suiteText(witnessSuite(`${proved.name}-witnesses`, examples, world));
}

/** Who is led to a waypoint is in ambient mode. */
function environmentOf({ proofs, document }: Proved): Environment | undefined {
  const { environment } = document.invariants.spec;
  const isWaypoint = proofs
    .filter(({ violations }) => violations.length > 0)
    .some(({ through, points }) =>
      [...(through ? [through] : []), ...points].some(({ proxy }) => proxy.kind === "waypoint"),
    );
  return isWaypoint ? { ...environment, dataPlane: "ambient" } : environment;
}

/** What a gateway lets pass may be refused behind it: then no test can show it. */
function isShown({ witness, expect }: Counterexample, mesh: Mesh): boolean {
  const { request, claims } = witness;
  const isGateway = typeof request.to === "string" && request.to.startsWith("gateway/");
  if (!isGateway || claims !== undefined) return true;
  const { decision } = evaluate(mesh, request);
  return decision !== expect && decision !== "undetermined";
}

function examplesOf({ invariant, violations }: Proof): readonly Counterexample[] {
  return violations.flatMap(({ regions }) =>
    regions
      .filter(({ witness }) => isAddressable(witness.request.to))
      .map(({ witness }) => ({
        name: invariant.name,
        witness,
        expect: expectedOf(invariant.expect, witness.statuses),
      })),
  );
}

/** A waypoint itself is addressed by nobody: what stands behind it is. */
function isAddressable(to: AccessRequest["to"]): boolean {
  return typeof to !== "string" || !to.startsWith("waypoint/");
}

/** What the invariant asks of its counterexample. Of `same-as` the other mesh says it, which comes first. */
function expectedOf(expect: Proof["invariant"]["expect"], statuses: readonly string[]): Decision {
  if (expect === "always-allowed") return "allow";
  if (typeof expect === "object" && "same-as" in expect)
    return statuses[0] === "allowed" ? "allow" : "deny";
  return "deny";
}
