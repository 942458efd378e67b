import type { RuleEffect } from "./api.ts";
import type { Limits } from "./budget.ts";
import { type Box, isInside, overlap } from "./cover/box.ts";
import { type BoxIndex, holding, indexOf, nearTo, touching } from "./cover/box-index.ts";
import { boxesOf, type Grid } from "./cover/grid.ts";
import { pointsOutside } from "./cover/points-outside.ts";
import { type Effort, isCoveredBy } from "./cover/uncovered.ts";
import type { RuleSet } from "./rule-sets.ts";

type Action = RuleEffect["action"];

/** A set of rules as boxes, ready for covering queries. */
export interface Cover {
  readonly grid: Grid;
  readonly set: RuleSet;
  readonly effort: Effort;
  readonly world: readonly Box[];
  readonly boxes: readonly (readonly Box[])[]; // of each rule: what can be of it
  readonly sides: ReadonlyMap<Action, Owned>;
  readonly of: (action: Action) => readonly Box[];
}

interface Owned {
  readonly index: BoxIndex;
  readonly owners: readonly number[]; // the rule of each box
}

/** The rules of a set on a grid, without what no request is. */
export function coverOf(grid: Grid, set: RuleSet, limits: Limits): Cover {
  const world = boxesOf(grid, set.world);
  const { steps, conflicts } = limits;
  const effort: Effort = { steps, conflicts, spent: { hard: 0, conflicts: 0 } };
  const isPossible = pointsOutside(grid.impossible, grid.sizes);
  const can = (box: Box): boolean =>
    isPossible(box) || !isCoveredBy(box, grid.impossible, grid.sizes, effort);
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
  return { grid, set, effort, world, boxes, sides, of };
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

/** Rules of an action that do not count: one, or some. */
export interface Spared {
  readonly except?: number;
  readonly gone?: ReadonlySet<number>;
}

/** Whether rules of an action, and what no request is, take all of a box: one of them, which is soon found, or all together. */
export function isTaken(
  cover: Cover,
  action: Action,
  box: Box,
  { except, gone }: Spared = {},
): boolean {
  const side = cover.sides.get(action);
  if (!side) return isCovered(cover, box, []);
  const others: Box[] = [];
  for (const number of nearTo(side.index, box)) {
    const owner = side.owners[number] ?? -1;
    const other = side.index.boxes[number];
    if (!other || owner === except || gone?.has(owner)) continue;
    if (isInside(box, other)) return true;
    others.push(other);
  }
  return isCovered(cover, box, others);
}

/** The boxes of an action that touch a box. */
export function meeting({ sides }: Cover, action: Action, box: Box): readonly Box[] {
  const side = sides.get(action);
  return side ? boxesAt(side.index, touching(side.index, box)) : [];
}

function boxesAt({ boxes }: BoxIndex, numbers: readonly number[]): readonly Box[] {
  return numbers.flatMap((number) => boxes[number] ?? []);
}

/** The rules of an action one box of which holds all of a box, in order. */
export function rulesHolding({ sides }: Cover, action: Action, box: Box): ReadonlySet<number> {
  const side = sides.get(action);
  return new Set(side && holding(side.index, box).map((each) => side.owners[each] ?? -1));
}

/** The rules of an action that touch some boxes. */
export function rulesMeeting(
  { sides }: Cover,
  action: Action,
  boxes: readonly Box[],
): ReadonlySet<number> {
  const side = sides.get(action);
  return new Set(
    boxes.flatMap(
      (box) => (side && touching(side.index, box).map((each) => side.owners[each] ?? -1)) ?? [],
    ),
  );
}

/** Whether covers, and what no request is, take all of a box. */
export function isCovered({ grid, effort }: Cover, box: Box, covers: readonly Box[]): boolean {
  const all = grid.impossible.length === 0 ? covers : [...grid.impossible, ...covers];
  return isCoveredBy(box, all, grid.sizes, effort);
}
