import type { Domain, Shape } from "./domain.ts";

/** A few values that are all there is: each is a class. */
export function choiceDomain(
  name: string,
  shapes: readonly Shape[],
  choices: readonly string[],
): Domain {
  const index = new Map(choices.map((choice, at) => [choice, at]));
  return {
    name,
    list: false,
    optional: false,
    size: choices.length,
    shapes,
    classes: new Map(
      shapes.map(({ key, exact }) => {
        const at = exact === undefined ? undefined : index.get(exact);
        return [key, at === undefined ? [] : [at]];
      }),
    ),
    values: choices,
    literal: choices,
    classify: (value) => (value === undefined ? -1 : (index.get(value) ?? -1)),
  };
}
