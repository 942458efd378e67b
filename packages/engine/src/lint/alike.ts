import { filtersOf, programKey, rulesOf } from "../analyse/point-program.ts";
import { matchesText } from "../match/matches.ts";
import type { Program } from "../model/program.ts";
import type { Clause, Text } from "../model/rule.ts";
import type { Point } from "./points.ts";

/**
 * The first of each set of points that are told the same and reached in the same way: where no request is found that shows something
 * at one, none is at the others. Every gateway and waypoint is its own.
 */
export function unlike(points: readonly Point[]): readonly Point[] {
  const first = new Map<string, Point>();
  for (const point of points) {
    const key = keyOf(point);
    if (!first.has(key)) first.set(key, point);
  }
  return [...first.values()];
}

const keys = new WeakMap<Point, string>();

function keyOf(point: Point): string {
  const known = keys.get(point);
  if (known !== undefined) return known;
  const made = describe(point);
  keys.set(point, made);
  return made;
}

function describe({ name, plane, proxy, standIn, workload, program }: Point): string {
  const told = program();
  if (told === undefined || plane === "gateway" || plane === "waypoint") return name;
  const { annotations, ports, key, addresses } = workload;
  const patterns = hostPatterns(told);
  const doors = (proxy?.ports ?? []).map(({ port, protocol, service }) => [
    port,
    protocol,
    ...(service ? patterns.map((text) => namesMatched(text, service)) : []),
  ]);
  const reached = [plane, standIn, key.namespace, annotations, addresses, ports, doors];
  return `${programKey(told)} ${JSON.stringify(reached)}`;
}

/** The Host header that a request to a port of a Service has when nothing is said. */
function namesMatched(
  text: Text,
  { host, port }: { readonly host: string; readonly port: number },
): number {
  return Number(matchesText(text, host)) + 2 * Number(matchesText(text, `${host}:${port}`));
}

/** Everything that the rules of a program compare hosts with. */
function hostPatterns(program: Program): readonly Text[] {
  const alternatives = rulesOf(filtersOf(program)).flatMap(({ groups }) =>
    groups.flatMap(({ any }) => any),
  );
  const clauses = alternatives.flatMap(({ all }) => all.filter(isOfHost));
  return clauses.flatMap(({ any = [], none = [] }) => [...any, ...none].flatMap(textOf));
}

function isOfHost({ attribute }: Clause): boolean {
  return (
    attribute.kind === "host" ||
    (attribute.kind === "header" && [":authority", "host"].includes(attribute.name))
  );
}

function textOf(pattern: NonNullable<Clause["any"]>[number]): readonly Text[] {
  switch (pattern.kind) {
    case "cidr":
    case "port":
    case "principal":
    case "list":
      return [];
    default:
      return [pattern];
  }
}
