import fc from "fast-check";
import { sequence } from "../../src/match/parse-text.ts";
import type { Attribute, Clause, Group, Matcher, Piece, Rule, Text } from "../../src/model/rule.ts";
import { prototypeNames } from "./hostile.ts";

/** How often each property is tried; `npm run fuzz` tries more, and others. */
export const runs: { readonly numRuns: number; readonly seed: number } = {
  numRuns: Number(process.env["FUZZ_RUNS"] ?? 300),
  seed: Number(process.env["FUZZ_SEED"] ?? 1),
};

/** Texts of few characters: what differs by one of them should meet. */
export function small(alphabet: string, most = 6): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...alphabet), { maxLength: most })
    .map((characters) => characters.join(""));
}

/** JSON of any shape, with keys that reach for prototypes. */
export const jsonValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  ),
  key: fc.oneof(
    fc.string(),
    fc.constantFrom(...prototypeNames),
    fc.constantFrom("<<", "on", "8080", ""),
  ),
  value: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(tie("key") as fc.Arbitrary<string>, tie("value")), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

const piece: fc.Arbitrary<Piece> = fc.oneof(
  small("ab/", 2),
  fc.record({
    run: fc.constantFrom(
      "any" as const,
      "segment" as const,
      "template" as const,
      "template-or-slash" as const,
    ),
    min: fc.constantFrom(0 as const, 1 as const),
  }),
);
export const pieces: fc.Arbitrary<readonly Piece[]> = fc.array(piece, { maxLength: 6 });

const values = fc.oneof(small("abAB/", 4), fc.constantFrom(...prototypeNames));
const fold = fc.constantFrom({}, {}, { fold: true as const });

export const text: fc.Arbitrary<Text> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("exact" as const, "exact" as const, "prefix" as const, "suffix" as const),
      values,
      fold,
    )
    .map(([kind, value, folded]) => ({ kind, text: value, ...folded })),
  fc.constant({ kind: "present" as const }),
  pieces.map(sequence), // literals that touch are one
);

const matcher: fc.Arbitrary<Matcher> = fc
  .tuple(text, fc.nat(2))
  .map(([pattern, of]) => ({ ...pattern, of }));

/** Attributes of which a request may have several values or none. */
export const attributes: readonly Attribute[] = [
  { kind: "peer" },
  { kind: "method" },
  { kind: "path" },
  { kind: "header", name: "x-user" },
  { kind: "header", name: "__proto__" },
  { kind: "claim", path: ["constructor", "__proto__"] },
];

const clause: fc.Arbitrary<Clause> = fc
  .tuple(
    fc.constantFrom(...attributes),
    fc.option(fc.array(matcher, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    fc.option(fc.array(matcher, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 1 }),
  )
  .map(([attribute, any, none]) => ({
    attribute,
    field: "values",
    ...(any === undefined ? {} : { any }),
    ...(none === undefined ? {} : { none }),
  }));

const group: fc.Arbitrary<Group> = fc
  .array(fc.array(clause, { maxLength: 3 }), { maxLength: 3 })
  .map((all) => ({ of: "to", any: all.map((clauses, index) => ({ index, all: clauses })) }));

export const rules: fc.Arbitrary<readonly Rule[]> = fc
  .array(fc.array(group, { maxLength: 3 }), { minLength: 1, maxLength: 14 })
  .map((all) =>
    all.map((groups, index) => ({
      name: `rule[${index}]`,
      policy: { kind: "AuthorizationPolicy", namespace: "a", name: "p" },
      index,
      groups,
    })),
  );

/** The values of each attribute, in the order of `attributes`. */
export const readings: fc.Arbitrary<readonly (readonly string[])[]> = fc.tuple(
  ...attributes.map(() => fc.array(values, { maxLength: 3 })),
);
