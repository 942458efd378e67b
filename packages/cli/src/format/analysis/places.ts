import type { Mesh } from "@meshproof/engine";
import type { Point, Witness } from "@meshproof/engine/analyse";
import type { Texts } from "../position.ts";
import { few } from "../trace-lines.ts";

/** What a comparison is printed with: what its sides are called, their meshes, the texts of their files. */
export interface Compared {
  readonly names: readonly [string, string];
  readonly meshes: readonly [Mesh, Mesh];
  readonly texts: Texts;
  readonly again?: Again; // where that is told
}

/** The command that asks the request of a witness again; undefined: there is none. */
export type Again = (witness: Witness, point: Point) => string | undefined;

/** That command on a line of its own. It is not broken: somebody is to paste it. */
export function againLines(
  margin: string,
  again: Again | undefined,
  witness: Witness,
  [point]: readonly Point[],
): readonly string[] {
  const command = point && again?.(witness, point);
  return command === undefined ? [] : [`${margin}${command}`];
}

/** Enforcement points by their names, some of many. */
export function pointsText(points: readonly Point[]): string {
  return few(
    points.map(({ name }) => name),
    3,
  );
}

/** How many of something: "1 workload", "3 workloads". */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
