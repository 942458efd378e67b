import type { Mesh } from "../../model/mesh.ts";
import { protocolsOf } from "../access.ts";
import type { AnalyseOptions, Invariant, Point, Proof, Violation } from "../api.ts";
import { assumptionsOf } from "../assumptions.ts";
import { movedAuthorizers } from "../moved-authorizers.ts";
import { resultOf } from "../proof-result.ts";
import { otherOf } from "./expected.ts";
import { journeyPart } from "./prove-journey.ts";

/** The points that an invariant names, and all there are. */
export interface Named {
  readonly all: readonly Point[];
  readonly points: readonly Point[];
}

/** An invariant over the way from a gateway or a waypoint to each workload that it names. */
export function proveJourneys(
  invariant: Invariant,
  mesh: Mesh,
  { all, points }: Named,
  options: AnalyseOptions,
): readonly Proof[] {
  const through = invariant.target?.through ?? "";
  const entry = entryNamed(through, all);
  if (entry === undefined)
    return [nowhere(invariant, `no gateway or waypoint is called ${through}${known(all)}`)];
  const targets = points.filter((point) => point !== entry);
  return targets.map((target) => proveJourney(invariant, mesh, { entry, target }, options));
}

/** Those that there are, as an invariant names them. */
function known(points: readonly Point[]): string {
  const names = entriesIn(points).map(({ proxy }) => `gateway/${proxy.namespace}/${proxy.name}`);
  const more = names.length > 5 ? ", ..." : "";
  return names.length === 0 ? "" : `: there are ${names.slice(0, 5).join(", ")}${more}`;
}

function entriesIn(points: readonly Point[]): readonly Point[] {
  return points.filter(({ proxy }) => proxy.kind === "gateway" || proxy.kind === "waypoint");
}

/** `gateway/NS/NAME`, `NS/NAME`, or the name of a point. */
function entryNamed(name: string, points: readonly Point[]): Point | undefined {
  const entries = entriesIn(points);
  const bare = name.replace(/^gateway\//, "");
  return (
    entries.find((point) => point.name === name) ??
    entries.find(({ proxy }) => `${proxy.namespace}/${proxy.name}` === bare)
  );
}

function nowhere(invariant: Invariant, why: string): Proof {
  return {
    invariant,
    points: [],
    result: "holds-vacuously",
    violations: [],
    undecided: [],
    assumptions: [why],
  };
}

interface Ends {
  readonly entry: Point;
  readonly target: Point;
}

function proveJourney(
  invariant: Invariant,
  mesh: Mesh,
  ends: Ends,
  options: AnalyseOptions,
): Proof {
  const parts = protocolsOf(invariant.requests ?? {}).map((protocol) => ({
    protocol,
    ...journeyPart(invariant, { mesh, ends, protocol, options }),
  }));
  const violations = parts.flatMap(({ answered, protocol }): readonly Violation[] =>
    answered && answered.regions.length > 0
      ? [{ protocol, regions: answered.regions, complete: answered.complete }]
      : [],
  );
  const undecided = parts.flatMap((part) => part.undecided);
  const other = otherOf(invariant.expect);
  const vacuous = parts.every(({ answered }) => answered?.vacuous === true);
  const attributes = new Set(parts.flatMap(({ answered }) => [...(answered?.attributes ?? [])]));
  return {
    invariant,
    points: [ends.target],
    through: ends.entry,
    result: resultOf(violations, undecided, vacuous),
    violations,
    undecided,
    assumptions: [
      ...assumptionsOf([ends.target], attributes),
      ...(other ? movedAuthorizers(other, mesh) : []),
      ...takenFor(
        ends,
        parts.flatMap((part) => part.elsewhere),
      ),
    ],
  };
}

function takenFor({ entry, target }: Ends, elsewhere: readonly string[]): readonly string[] {
  const missing = [...new Set(elsewhere)];
  return [
    `requests come to ${entry.name} first`,
    ...(missing.length > 0 ? [`none of these leads to ${target.name}: ${missing.join("; ")}`] : []),
  ];
}
