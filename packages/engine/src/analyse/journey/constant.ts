import type { Shape } from "../partition/domain.ts";
import { always, type Formula, type Looked, never } from "../space/formula.ts";
import { type Setting, spaceOf } from "../space/space.ts";

/** What a look at an attribute comes to whose value is known. Undefined: no such value is in the language of the attribute. */
export function atValue(
  looked: Looked,
  value: string | undefined,
  setting: Setting,
): Formula | undefined {
  if (looked.kind === "absent") return value === undefined ? always : never;
  const { attribute, shape } = looked;
  if (shape.key.startsWith("choice ")) return shape.exact === value ? always : never;
  if (value === undefined) return shape.absent ? always : never;
  const found = holds(attribute, shape, value, setting);
  if (found === undefined) return undefined;
  return found ? always : never;
}

function holds(
  attribute: string,
  shape: Shape,
  value: string,
  setting: Setting,
): boolean | undefined {
  const alone: Setting = { ...setting, consistency: () => always };
  const space = spaceOf([{ kind: "atom", attribute, shape }], alone);
  const domain = space.domains.get(attribute);
  const number = domain?.classify(value) ?? -1;
  if (domain === undefined || number < 0) return undefined;
  return domain.classes.get(shape.key)?.includes(number) ?? false;
}
