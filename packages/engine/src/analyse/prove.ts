import type { Mesh } from "../model/mesh.ts";
import { protocolsOf } from "./access.ts";
import type { AnalyseOptions, Invariant, InvariantTarget, Point, Proof } from "./api.ts";
import { assumptionsOf } from "./assumptions.ts";
import { otherOf } from "./journey/expected.ts";
import { proveJourneys } from "./journey/prove-journeys.ts";
import { movedAuthorizers } from "./moved-authorizers.ts";
import { madePoint, type Points, pointsOf } from "./points.ts";
import { proofPart } from "./proof-part.ts";
import { earlyOf, resultOf } from "./proof-result.ts";
import { type Group, groupsOf } from "./sides.ts";
import { checkInvariant, checkOptions } from "./stated.ts";
import { besideThem, unenforcedPoints } from "./unenforced.ts";
import { tunnelMarks } from "./unknown-tunnels.ts";
import { filtersAssumed, haveSameFilters, withoutFilters } from "./unread.ts";

/**
 * Whether invariants hold for every request at every point they speak of: one proof for each invariant and each group of points
 * that are told the same. Throws a TypeError for requests that Istio's rule grammar does not take, and for keys that there are not.
 */
export function prove(
  mesh: Mesh,
  invariants: readonly Invariant[],
  options: AnalyseOptions = {},
): readonly Proof[] {
  checkOptions(options);
  invariants.forEach(checkInvariant);
  const found = pointsOf([mesh], options);
  const unenforced = unenforcedPoints(mesh, options);
  return invariants.flatMap((stated) => {
    const points = targets(mesh, found, unenforced, stated.target, options);
    if (points.length === 0) return [nobody(stated)];
    const { read, invariant, does } = readFor(stated, mesh, options);
    const proofs =
      stated.target?.through === undefined
        ? groupsOf(read, points, ({ proxy }) => proxy.namespace).map((group) =>
            proofOf(invariant, group, options),
          )
        : proveJourneys(invariant, read, { all: found.points, points }, options);
    return proofs.map((proof) => ({
      ...proof,
      invariant: stated,
      assumptions: [
        ...proof.assumptions,
        ...(does ? filtersAssumed(mesh, seenIn(proof), does) : []),
      ],
    }));
  });
}

interface Read {
  readonly read: Mesh;
  readonly invariant: Invariant; // compared with what is read of the other mesh
  readonly does?: string; // what is taken for granted of filters that are not read
}

/** What is not read, and is the same in both meshes that a point is compared in, does the same to both: what it lets by is all that it changes. */
function readFor(invariant: Invariant, mesh: Mesh, options: AnalyseOptions): Read {
  const { expect, target } = invariant;
  const other = otherOf(expect);
  const isAlike = other && target?.through === undefined && haveSameFilters(mesh, other);
  if (!options.assume && !isAlike) return { read: mesh, invariant };
  const read = withoutFilters(mesh);
  const does = options.assume ? "decides nothing" : "does the same on both sides";
  if (!other) return { read, invariant, does };
  const against = withoutFilters(other);
  const compared =
    "same-as" in Object(expect) ? { "same-as": against } : { "no-wider-than": against };
  return { read, invariant: { ...invariant, expect: compared }, does };
}

function seenIn({ points, through }: Proof): readonly Point[] {
  return through ? [through, ...points] : points;
}

function targets(
  mesh: Mesh,
  { points, made }: Points,
  unenforced: readonly Point[],
  target: InvariantTarget | undefined,
  { dataPlane }: AnalyseOptions,
): readonly Point[] {
  if (!target) return [...points, ...besideThem(mesh, unenforced, points)];
  const { namespace, workload, labels = {} } = target;
  const found = [...points, ...unenforced].filter(
    ({ proxy }) =>
      (namespace === undefined || proxy.namespace === namespace) &&
      (workload === undefined || proxy.name === workload) &&
      Object.entries(labels).every(([name, value]) => proxy.labels[name] === value),
  );
  return found.length === 0 && made === true && workload === undefined
    ? madePoint(namespace ?? "default", labels, dataPlane)
    : found;
}

function nobody(invariant: Invariant): Proof {
  return {
    invariant,
    points: [],
    result: "holds-vacuously",
    violations: [],
    undecided: [],
    assumptions: ["no enforcement point is what the target names"],
  };
}

function proofOf(invariant: Invariant, group: Group, options: AnalyseOptions): Proof {
  const { points, side, undecided: strange } = group;
  const protocols = side ? protocolsOf(invariant.requests ?? {}) : [];
  const parts = protocols.flatMap((protocol) =>
    side ? [proofPart(invariant, side, protocol, options)] : [],
  );
  const violations = parts.flatMap((part) => part.violations);
  const undecided = [...(strange ? [strange] : []), ...parts.flatMap((part) => part.undecided)];
  const attributes = new Set([
    ...parts.flatMap((part) => [...part.attributes]),
    ...(side ? tunnelMarks(side) : []),
  ]);
  const vacuous = parts.every((part) => part.vacuous);
  const other = otherOf(invariant.expect);
  const moved = side && other ? movedAuthorizers(other, side.mesh) : [];
  const result = resultOf(violations, undecided, vacuous);
  return {
    invariant,
    points,
    result,
    ...earlyOf(
      result,
      parts.some(({ early }) => early),
    ),
    violations,
    undecided,
    assumptions: [...assumptionsOf(points, attributes), ...moved],
  };
}
