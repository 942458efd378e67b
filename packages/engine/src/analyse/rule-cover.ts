import type { RuleEffect } from "./api.ts";
import type { Limits } from "./budget.ts";
import { type Box, overlap } from "./cover/box.ts";
import { type BoxIndex, indexOf, touching } from "./cover/box-index.ts";
import { boxesOf, type Grid } from "./cover/grid.ts";
import { uncovered } from "./cover/uncovered.ts";
import type { RuleSet } from "./rule-sets.ts";

type Action = RuleEffect["action"];

/** A set of rules as boxes, ready for covering queries. */
export interface Cover {
  readonly grid: Grid;
  readonly set: RuleSet;
  readonly limits: Limits;
  readonly world: readonly Box[];
  readonly boxes: readonly (readonly Box[])[]; // of each rule: what can be of it
  readonly sides: ReadonlyMap<Action, Owned>;
  readonly of: (action: Action) => readonly Box[];
  readonly within: (box: Box, action: Action) => readonly Box[]; // what rules of an action take of a box
}

interface Owned {
  readonly index: BoxIndex;
  readonly owners: readonly number[]; // the rule of each box
}

/** The rules of a set on a grid, without what no request is. */
export function coverOf(grid: Grid, set: RuleSet, limits: Limits): Cover {
  const world = boxesOf(grid, set.world);
  const effort = { steps: limits.steps, conflicts: limits.conflicts };
  const can = (box: Box): boolean =>
    uncovered(box, grid.impossible, grid.sizes, effort) !== undefined;
  const boxes = set.rules.map(({ formula }) =>
    boxesOf(grid, formula).flatMap((box) =>
      world.flatMap((around) => overlap(box, around) ?? []).filter(can),
    ),
  );
  const sides = new Map(
    (["ALLOW", "DENY", "CUSTOM"] as const).map((action) => [
      action,
      owned(grid, set, boxes, action),
    ]),
  );
  const of = (action: Action): readonly Box[] => sides.get(action)?.index.boxes ?? [];
  const within = (box: Box, action: Action): readonly Box[] => {
    const side = sides.get(action);
    if (!side) return [];
    return touching(side.index, box).flatMap((each) => {
      const other = side.index.boxes[each];
      return (other && overlap(box, other)) ?? [];
    });
  };
  return { grid, set, limits, world, boxes, sides, of, within };
}

function owned(
  grid: Grid,
  { rules }: RuleSet,
  boxes: readonly (readonly Box[])[],
  action: Action,
): Owned {
  const owners: number[] = [];
  const flat: Box[] = [];
  for (const [index, ruled] of rules.entries())
    if (ruled.action === action)
      for (const box of boxes[index] ?? []) {
        owners.push(index);
        flat.push(box);
      }
  return { index: indexOf(flat, grid.sizes), owners };
}

/** The boxes of an action that touch a box, but for those of one rule and of rules that are gone. */
export function meeting(
  { sides }: Cover,
  action: Action,
  box: Box,
  except = -1,
  gone?: ReadonlySet<number>,
): readonly Box[] {
  const side = sides.get(action);
  if (!side) return [];
  const found: Box[] = [];
  for (const each of touching(side.index, box)) {
    const owner = side.owners[each] ?? -1;
    const other = side.index.boxes[each];
    if (owner !== except && !gone?.has(owner) && other) found.push(other);
  }
  return found;
}

/** The rules of an action that touch some boxes, and how many of them. */
export function rulesMeeting(
  { sides }: Cover,
  action: Action,
  boxes: readonly Box[],
): Map<number, number> {
  const side = sides.get(action);
  const counts = new Map<number, number>();
  for (const box of boxes) {
    const owners = side && touching(side.index, box).map((each) => side.owners[each] ?? -1);
    for (const owner of new Set(owners)) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

/** Whether covers, and what no request is, take all of a box. */
export function isCovered({ grid, limits }: Cover, box: Box, covers: readonly Box[]): boolean {
  const all = grid.impossible.length === 0 ? covers : [...grid.impossible, ...covers];
  return uncovered(box, all, grid.sizes, limits) === undefined;
}
