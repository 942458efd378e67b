import { type Automaton, automatonOf, classify } from "./automaton.ts";
import type { Domain, Kind, Shape } from "./domain.ts";
import { everything } from "./expression.ts";
import { choice, type Expression, literal, loop } from "./regular.ts";

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
): TextDomain {
  const expressions = shapes.map(({ expression }) => expression ?? nothing);
  const automaton = automatonOf(expressions, languageOf(kind), states);
  const offset = kind.optional && !kind.list ? 1 : 0;
  const order = orderOf(automaton, backwards);
  const size = order.length + offset;
  const ranks = new Int32Array(order.length);
  const origins = new Int32Array(size).fill(-1);
  for (const [index, origin] of order.entries()) {
    ranks[origin] = index + offset;
    origins[index + offset] = origin;
  }
  const parts = { automaton, shapes, ranks, size, offset };
  const { values, literal: literals } = valuesOf(parts);
  const domain = {
    name,
    list: kind.list === true,
    optional: offset === 1,
    size,
    shapes,
    classes: shapeClasses(parts),
    values,
    literal: literals,
    classify: classifier(parts),
    automaton,
    ranks,
    origins,
  };
  let better: Domain["values"] | undefined; // worked out for witnesses only
  return {
    ...domain,
    get values() {
      better ??= believable(domain, kind.seeds ?? []);
      return better;
    },
  };
}

const nothing: Expression = choice();

function languageOf({ language, choices }: Kind): Expression {
  if (choices) return choice(...choices.map((each) => literal(each)));
  return language ?? loop(everything);
}

interface Parts {
  readonly automaton: Automaton;
  readonly shapes: readonly Shape[];
  readonly ranks: Int32Array;
  readonly size: number;
  readonly offset: number;
}

function orderOf({ classes }: Automaton, backwards: boolean): readonly number[] {
  const keys = classes.map(({ value }) => (backwards ? [...value].reverse().join("") : value));
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return classes.map((_, index) => index).sort((a, b) => compare(keys[a] ?? "", keys[b] ?? ""));
}

function classifier({ automaton, ranks, offset }: Parts): Domain["classify"] {
  return (value) => {
    if (value === undefined) return offset === 1 ? 0 : -1;
    const found = classify(automaton, value);
    return found < 0 ? -1 : (ranks[found] ?? -1);
  };
}

function shapeClasses({ automaton, shapes, ranks, offset }: Parts): Domain["classes"] {
  const classes = shapes.map(({ absent }): number[] => (absent && offset === 1 ? [0] : []));
  for (const [index, { patterns }] of automaton.classes.entries())
    for (const pattern of patterns) classes[pattern]?.push(ranks[index] ?? 0);
  for (const each of classes) each.sort((a, b) => a - b);
  return new Map(shapes.map(({ key }, index) => [key, classes[index] ?? []]));
}

function valuesOf({ automaton, shapes, ranks, size }: Parts): Pick<Domain, "values" | "literal"> {
  const values = new Array<string | undefined>(size).fill(undefined);
  const literals = new Array<string | undefined>(size).fill(undefined);
  for (const [index, { value, patterns }] of automaton.classes.entries()) {
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
