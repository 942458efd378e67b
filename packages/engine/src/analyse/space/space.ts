import { type Limits, unreadable } from "../budget.ts";
import { addressDomain } from "../partition/address-domain.ts";
import { choiceDomain } from "../partition/choice-domain.ts";
import type { Domain, Kind, Shape } from "../partition/domain.ts";
import { portDomain } from "../partition/port-domain.ts";
import { isTail, type Split, splitDomain } from "../partition/split-domain.ts";
import { textDomain } from "../partition/text-domain.ts";
import { type Formula, visit } from "./formula.ts";
import { inOrder } from "./order.ts";

/** What decides how attributes are read where a question is asked. */
export interface Setting {
  readonly kindOf: (attribute: string) => Kind;
  readonly limits: Limits;
  /** What every request keeps to, given the attributes that are looked at. */
  readonly consistency: (attributes: readonly string[], spells?: Spells) => Formula;
}

/** Whether some pattern on an attribute has a text in it. */
export type Spells = (attribute: string, text: string) => boolean;

/** All requests as a finite product of classes: a domain for each attribute that some formula looks at, and the open answers. */
export interface Space {
  readonly domains: ReadonlyMap<string, Domain>; // an attribute in two coordinates has a second one, with a `~`
  readonly splits: ReadonlyMap<string, Split>;
  readonly free: readonly string[];
  readonly consistent: Formula;
  readonly limits: Limits;
}

/** The space in which some formulas can be told apart. */
export function spaceOf(formulas: readonly Formula[], setting: Setting): Space {
  const first = collect(formulas);
  const spells: Spells = (attribute, text) =>
    [...(first.shapes.get(attribute)?.values() ?? [])].some(({ shown }) => shown.includes(text));
  const consistent = setting.consistency([...first.shapes.keys()], spells);
  const { shapes, free } = collect([...formulas, consistent]);
  const domains = new Map<string, Domain>();
  const splits = new Map<string, Split>();
  for (const name of inOrder(shapes.keys(), setting.kindOf)) {
    const kind = setting.kindOf(name);
    const own = [...(shapes.get(name)?.values() ?? [])];
    const strange = own.find(({ expression }) => kind.of === "text" && !expression);
    if (strange) unreadable(name, strange.shown);
    if (kind.of === "text" && multiplies(own, kind)) {
      const split = splitDomain(name, own, kind, setting.limits.states);
      splits.set(name, split);
      domains.set(name, split.head);
      domains.set(`${name}~`, split.tail);
    } else domains.set(name, domainOf(name, own, kind, setting.limits.states));
  }
  return { domains, splits, free, consistent, limits: setting.limits };
}

/** The coordinate of an attribute that a shape is about. */
export function coordinateOf({ splits }: Space, attribute: string, shape: Shape): string {
  return splits.has(attribute) && isTail(shape) ? `${attribute}~` : attribute;
}

interface Collected {
  readonly shapes: ReadonlyMap<string, ReadonlyMap<string, Shape>>;
  readonly free: readonly string[];
}

function collect(formulas: readonly Formula[]): Collected {
  const shapes = new Map<string, Map<string, Shape>>();
  const free = new Set<string>();
  const ofAttribute = (attribute: string): Map<string, Shape> => {
    const known = shapes.get(attribute) ?? new Map<string, Shape>();
    shapes.set(attribute, known);
    return known;
  };
  visit(formulas, (formula) => {
    if (formula.kind === "free") free.add(formula.name);
    if (formula.kind === "absent") ofAttribute(formula.attribute);
    if (formula.kind === "atom")
      ofAttribute(formula.attribute).set(formula.shape.key, formula.shape);
  });
  return { shapes, free: [...free] };
}

function domainOf(name: string, shapes: readonly Shape[], kind: Kind, states: number): Domain {
  switch (kind.of) {
    case "port":
      return portDomain(name, shapes, kind.choices);
    case "address":
      return addressDomain(name, shapes, kind.seeds ?? []);
    case "choice":
      return choiceDomain(name, shapes, kind.choices ?? []);
    case "text": {
      const backwards =
        shapes.filter(({ suffix }) => suffix !== undefined).length > shapes.length / 2;
      return textDomain(name, shapes, kind, states, backwards);
    }
  }
}

/** Whether prefixes and suffixes would make more classes than there are patterns. */
function multiplies(shapes: readonly Shape[], kind: Kind): boolean {
  if (kind.list || kind.choices) return false;
  const tails = shapes.filter(isTail).length;
  const open = shapes.filter((shape) => shape.exact === undefined && !isTail(shape)).length;
  return tails > 0 && tails < shapes.length && (open + 1) * (tails + 1) > 2 * shapes.length + 16;
}
