import type { Mesh } from "../model/mesh.ts";
import type { AnalyseOptions, Point, Undecided } from "./api.ts";
import { programKey } from "./point-program.ts";
import { pointsOf } from "./points.ts";
import type { Side } from "./question.ts";
import { besideThem, toldAt, unenforcedPoints } from "./unenforced.ts";

/** Points of a mesh that are told the same, with what that is, or why it is not known. */
export interface Group {
  readonly points: readonly [Point, ...Point[]];
  readonly side?: Side; // absent: see `undecided`
  readonly undecided?: Undecided;
}

/** The points of a mesh in groups. What may differ although two are told the same goes into `apart`. */
export function groupsOf(
  mesh: Mesh,
  points: readonly Point[],
  apart: (point: Point) => string = () => "",
): readonly Group[] {
  const groups = new Map<string, Group>();
  const isAlone = points.length === 1; // with nothing to compare it with
  for (const point of points) {
    const program = toldAt(mesh, point);
    const known = typeof program !== "string";
    const key = isAlone
      ? ""
      : known
        ? `${programKey(program)} ${apart(point)}`
        : `${point.name} ${program}`;
    const before = groups.get(key);
    const made: Group = known
      ? { points: [point], side: { mesh, point, program } }
      : { points: [point], undecided: { because: "not-modelled", text: program } };
    groups.set(key, before ? { ...before, points: [...before.points, point] } : made);
  }
  return [...groups.values()];
}

/** All points of a mesh in groups, with the workloads beside them that no proxy stands in front of; where some are asked about, all such workloads among them. */
export function allGroups(
  mesh: Mesh,
  options: AnalyseOptions,
  apart?: (point: Point) => string,
): readonly Group[] {
  const { points } = pointsOf([mesh], options);
  const open = unenforcedPoints(mesh, options);
  const counted = options.only ? open : besideThem(mesh, open, points);
  return groupsOf(mesh, [...points, ...counted], apart);
}
