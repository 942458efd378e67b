import { addressSamples } from "../match/address-samples.ts";
import { classesOf } from "../match/classes.ts";
import { matches } from "../match/matches.ts";
import { isText, textSamples } from "../match/samples.ts";
import type { Question } from "../model/fact.ts";
import type { Filter } from "../model/program.ts";
import type { Attribute, Clause, Matcher, Text } from "../model/rule.ts";

/** Matchers that look at a value, or at a part of it. */
interface Look {
  readonly matchers: readonly Matcher[];
  readonly part: (value: string) => string;
}

/** The values to try, one of each class; `partial`: a class may be missing. */
export type Candidates = Pick<Question, "candidates" | "partial">;

/** Says that there is no such value: no header of this name. */
export const absent = "(absent)";

/** An address of every class that the filters tell apart, the most ordinary first. */
export function addressCandidates(filters: readonly Filter[], concerns: Concerns): Candidates {
  const matchers = matchersOn(filters, concerns);
  return { candidates: classes([{ matchers, part: whole }], addressSamples(matchers)) };
}

/** The ports that the filters name, and one that they do not: the first that is free is the most ordinary. */
export function portCandidates(filters: readonly Filter[]): readonly string[] {
  const named = matchersOn(filters, ({ kind }) => kind === "destination.port").flatMap((matcher) =>
    matcher.kind === "port" ? matcher.port : [],
  );
  const other = [443, 80, ...Array.from(named, (_, index) => 1024 + index), 0].find(
    (port) => !named.includes(port),
  );
  return [...new Set([other ?? 0, ...named])].map(String);
}

/**
 * Texts, with the values that are ordinary for this attribute first. `usable`: what a request can carry
 * at all. `language`: what every value matches one of.
 */
export function textCandidates(
  filters: readonly Filter[],
  attributes: readonly { readonly of: Concerns; readonly part?: (value: string) => string }[],
  ordinary: readonly string[],
  usable: (sample: string) => string | undefined = (sample) => sample,
  language: readonly Text[] = [],
): Candidates {
  const looks = attributes.map(({ of, part = whole }) => ({
    matchers: matchersOn(filters, of),
    part,
  }));
  const texts = looks.flatMap(({ matchers }) => matchers).filter(isText);
  const { values, complete } = classesOf(texts, language);
  const samples = [...ordinary, ...textSamples(texts), ...values].flatMap(
    (sample) => usable(sample) ?? [],
  );
  const candidates = classes(looks, samples);
  return complete ? { candidates } : { candidates, partial: true };
}

export type Concerns = (attribute: Attribute) => boolean;

/** Whether some filter looks at an attribute at all. */
export function looksAt(filters: readonly Filter[], concerns: Concerns): boolean {
  return clausesOf(filters).some(({ attribute }) => concerns(attribute));
}

/** Everything that filters look at. */
export function attributesOf(filters: readonly Filter[]): readonly Attribute[] {
  return clausesOf(filters).map(({ attribute }) => attribute);
}

function whole(value: string): string {
  return value;
}

/** More than an evaluation tries: it counts as incomplete then, whatever else there is. */
const mostClasses = 4096;

/** One value for each set of matchers that match it together. */
function classes(looks: readonly Look[], samples: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const sample of samples) {
    const signature = looks
      .map(({ matchers, part }) => whichMatch(matchers, part(sample)))
      .join("|");
    if (!found.has(signature)) found.set(signature, sample);
    if (found.size > mostClasses) break;
  }
  return [...found.values()];
}

/** The places of the matchers that match a value, as text. */
function whichMatch(matchers: readonly Matcher[], value: string): string {
  let places = "";
  for (const [at, matcher] of matchers.entries()) if (matches(matcher, value)) places += `${at},`;
  return places;
}

function matchersOn(filters: readonly Filter[], concerns: Concerns): readonly Matcher[] {
  return clausesOf(filters)
    .filter(({ attribute }) => concerns(attribute))
    .flatMap(({ any = [], none = [] }) => [...any, ...none]);
}

function clausesOf(filters: readonly Filter[]): readonly Clause[] {
  return filters
    .flatMap((filter) => {
      if (filter.kind === "jwt") return [];
      return filter.kind === "rbac"
        ? [...(filter.rules ?? []), ...(filter.dryRun ?? [])]
        : filter.rules;
    })
    .flatMap(({ groups }) => groups)
    .flatMap(({ any }) => any)
    .flatMap(({ all }) => all);
}
