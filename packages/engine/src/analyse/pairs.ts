import type { Mesh } from "../model/mesh.ts";
import type { Point } from "./api.ts";

/** One point, on one side or on both. */
export interface Pair {
  readonly name: string;
  readonly before?: Located;
  readonly after?: Located;
}

/** A point in a mesh. */
export interface Located {
  readonly mesh: Mesh;
  readonly point: Point;
}

/** The points of a pair that say what is assumed. */
export function bothOf({ before, after }: Pair): readonly Point[] {
  const others = after?.point.unenforced && !before?.point.unenforced ? [after.point] : [];
  return [...(before ? [before.point] : after ? [after.point] : []), ...others];
}

/** What a pair is called. */
export function pointOf({ before, after }: Pair): Point {
  const found = before?.point ?? after?.point;
  if (!found) throw new TypeError("a pair without a point");
  return found;
}
