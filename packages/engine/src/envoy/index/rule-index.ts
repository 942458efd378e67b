import type { Attribute, Clause, Rule, Text } from "../../model/rule.ts";
import type { Read } from "../rbac.ts";

/** Under which texts of one attribute rules are filed: a rule can only hold for a value that one of its texts matches. */
interface Drawer {
  readonly attribute: Attribute;
  readonly exact: Map<string, number[]>;
  readonly starts: Map<number, Map<string, number[]>>; // by length
  readonly ends: Map<number, Map<string, number[]>>;
}

/** The rules of a filter, filed by what they need. Says which may hold; whether they do, the walker says. */
export interface RuleIndex {
  readonly drawers: readonly Drawer[];
  readonly rest: readonly number[]; // rules that need no text
}

/** What a rule needs of one attribute: a value that one of the texts matches. */
interface Need {
  readonly key: string;
  readonly attribute: Attribute;
  readonly texts: readonly Filed[];
}
type Filed = Extract<Text, { kind: "exact" | "prefix" | "suffix" }>;

/** Files every rule under the need that it shares with the fewest others. */
export function indexRules(rules: readonly Rule[]): RuleIndex {
  const needs = rules.map(needsOf);
  const shared = new Map<string, number>();
  for (const need of needs.flat())
    for (const text of need.texts) {
      const label = labelOf(need, text);
      shared.set(label, (shared.get(label) ?? 0) + 1);
    }
  const drawers = new Map<string, Drawer>();
  const rest: number[] = [];
  for (const [at, own] of needs.entries()) {
    const [best] = own.toSorted((a, b) => crowd(a, shared) - crowd(b, shared));
    if (best) file(at, best, drawers);
    else rest.push(at);
  }
  return { drawers: [...drawers.values()], rest };
}

/** Which rules may hold, ascending; not always without repetition. */
export function mayHold({ drawers, rest }: RuleIndex, read: Read): readonly number[] {
  const shelves = new Set<readonly number[]>(rest.length > 0 ? [rest] : []); // each once, however many values lead to it
  for (const drawer of drawers)
    for (const value of read(drawer.attribute)) lookUp(drawer, value, shelves);
  const [first = rest, ...others] = shelves;
  return others.length === 0 ? first : [first, ...others].flat().sort((a, b) => a - b);
}

/** Notes what is filed for one value. */
function lookUp(
  { exact, starts, ends }: Drawer,
  value: string,
  found: Set<readonly number[]>,
): void {
  note(found, exact.get(value));
  for (const [length, shelf] of starts)
    if (length <= value.length) note(found, shelf.get(value.slice(0, length)));
  for (const [length, shelf] of ends)
    if (length <= value.length) note(found, shelf.get(value.slice(value.length - length)));
}

function note(found: Set<readonly number[]>, shelf: readonly number[] | undefined): void {
  if (shelf) found.add(shelf);
}

/** Needs of groups in which every alternative wants a text of the same attribute. */
function needsOf({ groups }: Rule): readonly Need[] {
  return groups.flatMap(({ any }) => {
    const [first, ...others] = any.map(({ all }) => new Map(all.flatMap(needOf)));
    if (!first) return [];
    return [...first].flatMap(([key, need]): readonly Need[] => {
      const same = others.map((alternative) => alternative.get(key));
      if (!same.every((other) => other !== undefined)) return [];
      return [{ ...need, texts: [need, ...same].flatMap(({ texts }) => texts) }];
    });
  });
}

function needOf({ attribute, any }: Clause): readonly (readonly [string, Need])[] {
  if (!any) return [];
  const texts = any.filter(
    (matcher): matcher is Filed & typeof matcher =>
      (matcher.kind === "exact" || matcher.kind === "prefix" || matcher.kind === "suffix") &&
      !matcher.fold,
  );
  if (texts.length < any.length) return [];
  const key = JSON.stringify(attribute);
  return [[key, { key, attribute, texts }]];
}

function labelOf({ key }: Need, { kind, text }: Filed): string {
  return `${key} ${kind} ${text}`;
}

function crowd(need: Need, shared: ReadonlyMap<string, number>): number {
  return need.texts.reduce((sum, text) => sum + (shared.get(labelOf(need, text)) ?? 0), 0);
}

function file(rule: number, { key, attribute, texts }: Need, drawers: Map<string, Drawer>): void {
  const drawer = drawers.get(key) ?? {
    attribute,
    exact: new Map(),
    starts: new Map(),
    ends: new Map(),
  };
  drawers.set(key, drawer);
  for (const { kind, text } of texts) {
    const shelf = kind === "exact" ? drawer.exact : shelfOf(drawer, kind, text.length);
    const filed = shelf.get(text) ?? [];
    if (filed.at(-1) !== rule) filed.push(rule);
    shelf.set(text, filed);
  }
}

function shelfOf(drawer: Drawer, kind: "prefix" | "suffix", length: number): Map<string, number[]> {
  const shelves = kind === "prefix" ? drawer.starts : drawer.ends;
  const shelf = shelves.get(length) ?? new Map<string, number[]>();
  shelves.set(length, shelf);
  return shelf;
}
