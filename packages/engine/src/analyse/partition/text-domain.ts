import { type Automaton, automatonOf } from "./automaton.ts";
import type { Domain, Kind, Shape } from "./domain.ts";
import { everything } from "./expression.ts";
import { choice, type Expression, literal, loop } from "./regular.ts";
import { classesBy, type ValueClasses, valueClasses } from "./value-classes.ts";

/** A domain of texts with the automaton behind it. */
export interface TextDomain extends Domain {
  readonly automaton: Automaton;
  readonly ranks: Int32Array; // class of the automaton to class of the domain
  readonly origins: Int32Array; // class of the domain to class of the automaton; -1: absent
}

/** Classes in the order of their values: a prefix is then an interval. `backwards`: a suffix is. */
export function textDomain(
  name: string,
  shapes: readonly Shape[],
  kind: Kind,
  states: number,
  backwards: boolean,
): Domain {
  const found = valueClasses(expressionsOf(shapes), languageOf(kind), states);
  return arranged(name, shapes, kind, found, backwards).domain;
}

/** One coordinate of two: the automaton is compared with that of the other. */
export function halfDomain(
  name: string,
  shapes: readonly Shape[],
  kind: Kind,
  states: number,
  backwards: boolean,
): TextDomain {
  const automaton = automatonOf(expressionsOf(shapes), languageOf(kind), states);
  const { domain, ranks, origins } = arranged(name, shapes, kind, classesBy(automaton), backwards);
  return Object.assign(domain, { automaton, ranks, origins });
}

interface Arranged {
  readonly domain: Domain;
  readonly ranks: Int32Array;
  readonly origins: Int32Array;
}

function arranged(
  name: string,
  shapes: readonly Shape[],
  kind: Kind,
  found: ValueClasses,
  backwards: boolean,
): Arranged {
  const offset = kind.optional && !kind.list ? 1 : 0;
  const order = orderOf(found, backwards);
  const size = order.length + offset;
  const ranks = new Int32Array(order.length);
  const origins = new Int32Array(size).fill(-1);
  for (const [index, origin] of order.entries()) {
    ranks[origin] = index + offset;
    origins[index + offset] = origin;
  }
  const parts = { found, shapes, ranks, size, offset };
  const { values, literal: literals } = valuesOf(parts);
  const known = {
    name,
    list: kind.list === true,
    optional: offset === 1,
    size,
    shapes,
    classes: shapeClasses(parts),
    values,
    literal: literals,
    classify: classifier(parts),
  };
  let better: Domain["values"] | undefined; // worked out for witnesses only
  const domain: Domain = {
    ...known,
    get values() {
      better ??= believable(known, kind.seeds ?? []);
      return better;
    },
  };
  return { domain, ranks, origins };
}

function expressionsOf(shapes: readonly Shape[]): readonly Expression[] {
  return shapes.map(({ expression }) => expression ?? nothing);
}

const nothing: Expression = choice();

function languageOf({ language, choices }: Kind): Expression {
  if (choices) return choice(...choices.map((each) => literal(each)));
  return language ?? loop(everything);
}

interface Parts {
  readonly found: ValueClasses;
  readonly shapes: readonly Shape[];
  readonly ranks: Int32Array;
  readonly size: number;
  readonly offset: number;
}

function orderOf({ classes }: ValueClasses, backwards: boolean): readonly number[] {
  const keys = classes.map(({ value }) => (backwards ? [...value].reverse().join("") : value));
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return classes.map((_, index) => index).sort((a, b) => compare(keys[a] ?? "", keys[b] ?? ""));
}

function classifier({ found: { classify }, ranks, offset }: Parts): Domain["classify"] {
  return (value) => {
    if (value === undefined) return offset === 1 ? 0 : -1;
    const found = classify(value);
    return found < 0 ? -1 : (ranks[found] ?? -1);
  };
}

function shapeClasses({ found, shapes, ranks, offset }: Parts): Domain["classes"] {
  const classes = shapes.map(({ absent }): number[] => (absent && offset === 1 ? [0] : []));
  for (const [index, { patterns }] of found.classes.entries())
    for (const pattern of patterns) classes[pattern]?.push(ranks[index] ?? 0);
  for (const each of classes) each.sort((a, b) => a - b);
  return new Map(shapes.map(({ key }, index) => [key, classes[index] ?? []]));
}

function valuesOf({ found, shapes, ranks, size }: Parts): Pick<Domain, "values" | "literal"> {
  const values = new Array<string | undefined>(size).fill(undefined);
  const literals = new Array<string | undefined>(size).fill(undefined);
  for (const [index, { value, patterns }] of found.classes.entries()) {
    const rank = ranks[index] ?? 0;
    values[rank] = value;
    const exact = patterns.find((each) => shapes[each]?.exact !== undefined && !shapes[each]?.fold);
    if (exact !== undefined) literals[rank] = shapes[exact]?.exact;
  }
  return { values, literal: literals };
}

/** A believable value of each class where there is one: known ones, then samples of the patterns. */
function believable(
  { values, shapes, classify: classOf }: Domain,
  seeds: readonly string[],
): Domain["values"] {
  const better = [...values];
  const taken = new Set<number>();
  const offer = (value: string): void => {
    const found = classOf(value);
    if (found < 0 || taken.has(found)) return;
    taken.add(found);
    better[found] = value;
  };
  for (const seed of seeds) offer(seed);
  for (const { samples } of shapes) for (const sample of samples) offer(sample);
  return better;
}
