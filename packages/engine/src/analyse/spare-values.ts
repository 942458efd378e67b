import { undecidedBy } from "./budget.ts";
import { overlap } from "./cover/box.ts";
import { boxesOnce } from "./cover/grid.ts";
import { spare } from "./cover/spare.ts";
import type { Cover } from "./rule-cover.ts";
import type { ValueList } from "./rule-values.ts";

/** Which values of a list the rule can do without: all that only one of them has, the rule takes anyway or no request is. */
export function spareValues(cover: Cover, list: ValueList): (at: number) => boolean {
  if (list.side === "any" && list.values.length === 1) return () => false;
  let ask: ReturnType<typeof spare> | undefined;
  return (at) => {
    try {
      ask ??= asking(cover, list);
      return ask(at);
    } catch (error) {
      undecidedBy(error);
      return false;
    }
  };
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
