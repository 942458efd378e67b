import { undecidedBy } from "./budget.ts";
import { overlap } from "./cover/box.ts";
import { boxesOnce } from "./cover/grid.ts";
import { spare } from "./cover/spare.ts";
import type { Cover } from "./rule-cover.ts";
import type { ValueList } from "./rule-values.ts";

/**
 * Which values of a list the rule can do without: all that only one of them has, the rule takes anyway or no request is. Where the budget ends
 * before the list can be asked about, none of them; that is tried once, not for each of thousands of values.
 */
export function spareValues(cover: Cover, list: ValueList): (at: number) => boolean {
  if (list.side === "any" && list.values.length === 1) return () => false;
  let ask: ReturnType<typeof spare> | undefined;
  return (at) =>
    orElse(false, () => {
      ask ??= orElse(
        () => false,
        () => asking(cover, list),
      );
      return ask(at);
    });
}

/** What is found, or something else where the budget is used up. */
function orElse<Found>(otherwise: Found, find: () => Found): Found {
  try {
    return find();
  } catch (error) {
    undecidedBy(error);
    return otherwise;
  }
}

function asking(cover: Cover, list: ValueList): ReturnType<typeof spare> {
  const { grid, world, effort } = cover;
  const there = boxesOnce(grid, list.around()).flatMap((box) =>
    world.flatMap((part) => overlap(box, part) ?? []),
  );
  return spare(
    {
      values: list.values.map(({ alone }) => boxesOnce(grid, alone)),
      around: there,
      taken: [...grid.impossible, ...boxesOnce(grid, list.otherwise())],
    },
    grid.sizes,
    effort,
  );
}
