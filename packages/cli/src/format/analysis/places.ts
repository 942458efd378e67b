import type { Mesh } from "@meshproof/engine";
import type { Point } from "@meshproof/engine/analyse";
import type { Texts } from "../position.ts";
import { few } from "../trace-lines.ts";

/** What a comparison is printed with: what its sides are called, their meshes, the texts of their files. */
export interface Compared {
  readonly names: readonly [string, string];
  readonly meshes: readonly [Mesh, Mesh];
  readonly texts: Texts;
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
