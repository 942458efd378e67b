import type { Term } from "../api.ts";
import type { Domain } from "../partition/domain.ts";
import type { Encoding } from "../solve/encoding.ts";
import type { Part } from "./cover.ts";
import type { Side } from "./cube.ts";
import { answerTerm, doorText, routedTerm, shownName, tokenText } from "./term-words.ts";
import { classesAlong, type Walk, walkOf } from "./walk.ts";
import { type Pattern, widest } from "./widest.ts";

/**
 * A part in the words of the policies: one term for each coordinate. `care`: what there can be; the rest, and what other parts say, may be worded either
 * way.
 */
export function termsOf(
  encoding: Encoding,
  { cube, owed = new Map() }: Pick<Part, "cube" | "owed">,
  care: number,
): readonly Term[] {
  const walk = walkOf(encoding, cube, 1);
  const terms = [...cube].map(([name, side]) =>
    termOf(encoding, walk, care, { name, side, owed: owed.get(name) }),
  );
  return terms.sort((a, b) => place(a) - place(b));
}

const order = [
  "door",
  "transport",
  "peer",
  "claim iss",
  "claim sub",
  "claim ", // any other
  "method",
  "host",
  "path",
];

/** From whom, then what. */
function place({ attribute }: Term): number {
  const found = order.indexOf(attribute);
  if (found >= 0) return found;
  return attribute.startsWith("claim ") ? order.indexOf("claim ") : order.length;
}

interface Coordinate {
  readonly name: string;
  readonly side: Side;
  readonly owed: readonly number[] | undefined;
}

function termOf(
  encoding: Encoding,
  walk: Walk,
  care: number,
  { name, side, owed }: Coordinate,
): Term {
  if (side.kind === "answer") return answerTerm(name, side.yes);
  const attribute = shownName(name);
  const domain = encoding.space.domains.get(name);
  if (!domain) return { attribute, text: attribute };
  const routed = routedTerm(name, side);
  if (routed) return routed;
  if (side.kind === "elements")
    return { attribute, text: elementsText(attribute, domain, side.signs) };
  const can = classesAlong(encoding, walk, name, care);
  const { classes } = side;
  const text = classesText(attribute, domain, { must: owed ?? classes, may: classes, can });
  if (attribute === "door") return { attribute, text: doorText(text, domain) };
  return { attribute, text: attribute === "claim iss" ? tokenText(text) : text };
}

function elementsText(
  attribute: string,
  domain: Domain,
  signs: ReadonlyMap<number, boolean>,
): string {
  const signed = [...signs];
  if (signed.length === domain.size && signed.every(([, there]) => !there))
    return `${attribute} is absent`;
  const has = signed.filter(([, there]) => there).map(([element]) => element);
  const lacks = signed.filter(([, there]) => !there).map(([element]) => element);
  const isHeader = attribute.startsWith("header ");
  const verb = isHeader ? "is" : "has";
  const parts = [
    ...has.map((element) => `${attribute} ${verb} ${named(domain, [element], [element])}`),
    ...(lacks.length > 0 ? [lacksText(attribute, isHeader, named(domain, lacks, lacks))] : []),
  ];
  return parts.join(" and ");
}

function lacksText(attribute: string, isHeader: boolean, values: string): string {
  if (isHeader) return `${attribute} is not ${values}`;
  const isList = values.startsWith("one of ");
  return isList
    ? `${attribute} has n${values}` // none of
    : `${attribute} does not have ${values}`;
}

/** How policies write that a value is there. */
const anything = "*";

function named(domain: Domain, must: readonly number[], may: readonly number[]): string {
  return list(nameClasses(domain, must, may));
}

interface Said {
  readonly must: readonly number[]; // these
  readonly may: readonly number[]; // and no others
  readonly can: Uint8Array; // which of them there can be
}

/** Positively or negatively, whichever is shorter; never "is not this or any other value", which is only what no policy names. "Is not this except that" is hard to read. */
function classesText(attribute: string, domain: Domain, { must, may, can }: Said): string {
  const all = Array.from({ length: domain.size }, (_, index) => index);
  const without = (some: readonly number[]): readonly number[] => {
    const inside = new Set(some);
    return all.filter((each) => !inside.has(each));
  };
  const free = all.filter((each) => can[each] === 0);
  const possible = (some: readonly number[]): readonly number[] =>
    some.filter((each) => can[each] === 1);
  const positive = nameClasses(domain, possible(must), [...may, ...free]);
  const negative = nameClasses(domain, possible(without(may)), [...without(must), ...free]);
  const isPresence = negative.length === 1 && negative[0] === "absent";
  if (isPresence && positive.length === 1 && positive[0] === anything)
    return `${attribute} is there`;
  const isNamed = !negative.some((name) => name.endsWith(other));
  const doubled = negative.filter((name) => name.includes(" except ")).length;
  if (negative.length > 0 && isNamed && cost(negative) + 4 * doubled < cost(positive))
    return isNotText(attribute, negative);
  return isText(attribute, positive);
}

function isText(attribute: string, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first !== "absent" || others.length === 0) return `${attribute} is ${list(names)}`;
  return `(${attribute} is absent or ${list(others)})`;
}

function isNotText(attribute: string, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first !== "absent") return `${attribute} is not ${list(names)}`;
  return `${attribute} is there${others.length === 0 ? "" : `, but not ${list(others)}`}`;
}

const other = "any other value";

function cost(names: readonly string[]): number {
  return names.reduce(
    (sum, name) =>
      sum +
      1 +
      (name.includes(" except ") ? 1 : 0) +
      (name.endsWith(other) ? 4 : 0) +
      (name.includes(" like ") ? 2 : 0),
    0,
  );
}

const shown = 8;

function list(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "nothing";
  const isNumbers = names.every((name) => /^\d+$/.test(name));
  const sorted = isNumbers ? names.toSorted((a, b) => Number(a) - Number(b)) : names;
  const said = names.length > shown + 1 ? shown : names.length; // "1 more" is no shorter than that one
  const more = names.length > said ? [`${names.length - said} more`] : [];
  return `one of ${[...sorted.slice(0, said), ...more].join(", ")}`;
}

/** Names all classes of `must` with the patterns of the policies, and none outside of `may`: the widest first, then "p except q". */
function nameClasses(
  domain: Domain,
  must: readonly number[],
  may: readonly number[],
): readonly string[] {
  const left = new Set(must);
  const allowed = new Set(may);
  const names: string[] = [];
  if (left.has(0) && domain.optional) {
    names.push("absent");
    left.delete(0);
  }
  const patterns = domain.shapes.map(({ shown: text, key }) => ({
    text,
    classes: domain.classes.get(key) ?? [],
  }));
  const usable = patterns.filter(({ classes }) => classes.every((each) => allowed.has(each)));
  for (const pattern of widest(usable, left)) {
    names.push(pattern.text);
    for (const each of pattern.classes) left.delete(each);
  }
  if (left.size === 0) return names;
  const except = exceptions(patterns, left, allowed, domain);
  return except
    ? [...names, except]
    : [...names, ...[...left].map((each) => classText(domain, each))];
}

/** The narrowest pattern around all that is left, without what must not be in it. */
function exceptions(
  patterns: readonly Pattern[],
  left: ReadonlySet<number>,
  allowed: ReadonlySet<number>,
  { values }: Domain,
): string | undefined {
  const around = patterns
    .filter(({ classes }) => {
      const own = new Set(classes);
      return [...left].every((each) => own.has(each));
    })
    .toSorted((a, b) => a.classes.length - b.classes.length)[0];
  if (!around) return undefined;
  const own = new Set(around.classes);
  const holes = new Set(around.classes.filter((each) => !allowed.has(each)));
  const names: string[] = [];
  for (const { text, classes } of patterns) {
    const within = classes.filter((each) => own.has(each));
    if (!within.some((each) => holes.has(each)) || within.some((each) => left.has(each))) continue;
    names.push(text);
    for (const each of within) holes.delete(each);
  }
  if (holes.size > 0) return undefined;
  const isBroken = [...left].every((each) => values[each]?.includes("\n"));
  if (isBroken && names.join() === "*") return `${around.text} with a line feed`; // which `*` does not match
  return names.length === 0 ? around.text : `${around.text} except ${list(names)}`;
}

function classText(domain: Domain, number: number): string {
  const value = domain.values[number];
  if (value === undefined) return "absent";
  const patterns = domain.shapes.filter(({ key }) => domain.classes.get(key)?.includes(number));
  const exact = patterns.find((shape) => shape.exact !== undefined);
  if (exact) return exact.shown;
  if (patterns.length === 0) return `${JSON.stringify(value)} or ${other}`;
  return `${JSON.stringify(value)} like ${patterns.map((shape) => shape.shown).join(" and ")}`;
}
