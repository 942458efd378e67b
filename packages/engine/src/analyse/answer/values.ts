import { decode, type Encoding } from "../solve/encoding.ts";

/** A request as values of the attributes that are looked at; a list may have several, and what is absent has none. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** Concrete values of a point, and the answers of providers. */
export interface Concrete {
  readonly values: Values;
  readonly answers: ReadonlyMap<string, boolean>;
}

/** Values for the classes of a point. Undefined: two coordinates of an attribute do not go together, which `possible` excludes. */
export function concrete(encoding: Encoding, point: Int8Array): Concrete | undefined {
  const { space, answers } = encoding;
  const classes = decode(encoding, point);
  const values = new Map<string, readonly string[]>();
  for (const [name, domain] of space.domains) {
    if (name.endsWith("~")) continue;
    const [first = 0] = classes.get(name) ?? [];
    const split = space.splits.get(name);
    if (split) {
      const [second = 0] = classes.get(`${name}~`) ?? [];
      if (!split.isPossible(first, second)) return undefined;
      const both = split.valueOf(first, second);
      values.set(name, both === undefined ? [] : [both]);
    } else
      values.set(
        name,
        (classes.get(name) ?? []).flatMap((each) => domain.values[each] ?? []),
      );
  }
  const said = new Map([...answers].map(([name, at]) => [name, point[at] === 1]));
  return { values, answers: said };
}

/** The first value of an attribute, if it has one. */
export function firstOf(
  { values }: Pick<Concrete, "values">,
  attribute: string,
): string | undefined {
  return values.get(attribute)?.[0];
}
