import type { Point } from "./points.ts";

/** "`deploy/a/b`", "`deploy/a/b` and 2 others". */
export function pointsText(points: readonly Point[]): string {
  const [first, second, ...more] = points;
  if (first === undefined) return "no workload";
  if (second === undefined) return `\`${first.name}\``;
  if (more.length === 0) return `\`${first.name}\` and \`${second.name}\``;
  return `\`${first.name}\` and ${points.length - 1} others`;
}
