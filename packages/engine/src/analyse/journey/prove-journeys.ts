import type { Mesh } from "../../model/mesh.ts";
import { protocolsOf } from "../access.ts";
import type { AnalyseOptions, Invariant, Point, Proof, Violation } from "../api.ts";
import { assumptionsOf } from "../assumptions.ts";
import { movedAuthorizers } from "../moved-authorizers.ts";
import { earlyOf, resultOf } from "../proof-result.ts";
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
  const { through = "", calls } = invariant.target ?? {};
  const entry = calls === undefined ? entryNamed(through, all) : callerNamed(through, all);
  if (entry === undefined) return [nowhere(invariant, whyNot(through, calls, all))];
  const targets = points.filter((point) => point !== entry);
  if (targets.length === 0) return [nowhere(invariant, itself(through))];
  const url = calls === undefined ? {} : { url: calls };
  return targets.map((target) => proveJourney(invariant, mesh, { entry, target, ...url }, options));
}

/** A workload with a sidecar, by the name of its point or `NS/NAME`. */
function callerNamed(name: string, points: readonly Point[]): Point | undefined {
  const sidecars = points.filter(({ proxy }) => proxy.kind === "sidecar");
  return named(name, sidecars);
}

function named(name: string, points: readonly Point[]): Point | undefined {
  return (
    points.find((point) => point.name === name) ??
    points.find(({ proxy }) => `${proxy.namespace}/${proxy.name}` === name)
  );
}

function whyNot(through: string, calls: string | undefined, all: readonly Point[]): string {
  if (calls !== undefined) {
    const other = named(through, all);
    const instead =
      other?.proxy.kind === "ztunnel" ? ": name the waypoint that it calls first" : "";
    const what = other === undefined ? "" : `: what is, has a ${other.proxy.kind}${instead}`;
    return `no workload with a sidecar is called ${through}${what}`;
  }
  const isCaller = callerNamed(through, all) !== undefined;
  const hint = `: of what its sidecar sends, say where to, as \`calls: http://api.example.com\``;
  return `no gateway or waypoint is called ${through}${isCaller ? hint : known(all)}`;
}

/** Proving nothing of it would pass for a proof. */
function itself(through: string): string {
  return `no way leads from ${through} to itself: without \`through\`, an invariant is about what comes to it`;
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
  readonly url?: string;
}

function proveJourney(
  invariant: Invariant,
  mesh: Mesh,
  ends: Ends,
  options: AnalyseOptions,
): Proof {
  const copies = invariant.expect !== "always-allowed"; // what is refused of a copy is refused to nobody
  const parts = protocolsOf(invariant.requests ?? {}).map((protocol) => ({
    protocol,
    ...journeyPart(invariant, { mesh, ends, protocol, options, copies }),
  }));
  const violations = parts.flatMap(({ answered, protocol }): readonly Violation[] =>
    answered && answered.regions.length > 0
      ? [{ protocol, regions: answered.regions, complete: answered.complete }]
      : [],
  );
  const undecided = parts.flatMap((part) => part.undecided);
  const other = otherOf(invariant.expect);
  const vacuous = parts.every(({ answered }) => answered?.vacuous === true);
  const attributes = new Set(
    parts.flatMap(({ answered, marks = [] }) => [...(answered?.attributes ?? []), ...marks]),
  );
  const result = resultOf(violations, undecided, vacuous);
  return {
    invariant,
    points: [ends.target],
    through: ends.entry,
    result,
    ...earlyOf(
      result,
      parts.some(({ answered }) => answered?.early === true),
    ),
    violations,
    undecided,
    assumptions: [
      ...assumptionsOf([ends.target], attributes),
      ...(other ? movedAuthorizers(other, mesh) : []),
      ...takenFor(
        ends,
        parts.flatMap((part) => part.elsewhere),
      ),
      ...passedOn(parts.flatMap((part) => part.passed ?? [])),
    ],
  };
}

function passedOn(gateways: readonly string[]): readonly string[] {
  return [...new Set(gateways)].map(
    (name) =>
      `who opens TLS that ${name} passes on shows no certificate of the mesh, and speaks as other clients do (h2, http/1.1)`,
  );
}

function takenFor({ entry, target, url }: Ends, elsewhere: readonly string[]): readonly string[] {
  const missing = [...new Set(elsewhere)];
  return [
    url === undefined
      ? `requests come to ${entry.name} first`
      : `requests are what ${entry.name} sends to ${url}`,
    ...(missing.length > 0 ? [`none of these leads to ${target.name}: ${missing.join("; ")}`] : []),
  ];
}
