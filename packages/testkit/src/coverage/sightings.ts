import {
  type AuthorizationPolicySpec,
  type Clause,
  type ClauseTrace,
  clauseHolds,
  type Hop,
  keyText,
  type Mesh,
  type ResourceKey,
  type Step,
  type Verdict,
} from "@meshproof/engine";
import type { CaseResult } from "../result.ts";
import { entryKey, lookedAt, ruleKey } from "./looked-at.ts";
import type { Piece } from "./places.ts";

/** A case whose expectation is met: what its expectation needs is what it covers. */
export interface Covering extends CaseResult {
  readonly verdict: Verdict;
}

/** What the cases looked at: by rule and by entry the cases with whether it held, and what they saw of its conditions. */
export interface Sightings {
  readonly all: readonly Covering[];
  readonly rules: ReadonlyMap<string, readonly Sighting[]>;
  readonly entries: ReadonlyMap<string, readonly Sighting[]>;
  readonly clauses: ReadonlyMap<string, readonly ConditionSighting[]>; // by entry
  readonly noted: ReadonlyMap<string, ReadonlySet<Covering>>; // by policy: istiod left something of it out
  readonly scattered: ReadonlySet<string>; // the policies that may count where nobody looks at them
  readonly refused: readonly Covering[]; // a proxy did not take its configuration, whatever of it that is due to
  readonly counting: readonly Covering[]; // what is expected of a reason may hang on how many policies there are
}

interface Sighting {
  readonly covering: Covering;
  readonly holds: boolean;
}

interface ConditionSighting {
  readonly covering: Covering;
  readonly trace: ClauseTrace;
}

/** Collects what was traced while the cases ran. */
export function sightingsOf(all: readonly Covering[], mesh: Mesh): Sightings {
  const rules = new Map<string, Sighting[]>();
  const entries = new Map<string, Sighting[]>();
  const clauses = new Map<string, ConditionSighting[]>();
  for (const covering of all)
    for (const step of stepsOf(covering.verdict)) {
      const looked = lookedAt(step);
      for (const [key, holds] of looked.rules) add(rules, key, { covering, holds });
      for (const [key, holds] of looked.entries) add(entries, key, { covering, holds });
      for (const trace of step.trace ?? [])
        add(clauses, entryKey(trace.rule.policy, trace.at.path), { covering, trace });
    }
  const scattered = mesh.authorizationPolicies.filter(({ spec }) => isScattered(spec));
  const keys = new Set(scattered.map(({ key }) => keyText(key)));
  const [refused, counting] = [all.filter(isInvalid), all.filter(tellsReason)];
  return { all, rules, entries, clauses, noted: notedIn(all), scattered: keys, refused, counting };
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  list.push(value);
}

function isInvalid({ verdict }: Covering): boolean {
  return verdict.branches.some(({ decision }) => decision === "invalid");
}

function tellsReason({ expect }: Covering): boolean {
  return typeof expect === "object" && expect.reason !== undefined;
}

/** Without a rule a policy denies and nobody looks at it; a CUSTOM one may keep the provider of another from being asked. */
function isScattered({ action, rules = [] }: AuthorizationPolicySpec): boolean {
  return action === "CUSTOM" || rules.length === 0;
}

/** What istiod has to say of a policy at a proxy: it may count there although no rule of it is looked at. */
function notedIn(all: readonly Covering[]): Sightings["noted"] {
  const noted = new Map<string, Set<Covering>>();
  for (const covering of all)
    for (const { at } of covering.verdict.branches.flatMap(({ hops }) => hops.flatMap(notesOf))) {
      const key = keyText(at.resource);
      noted.set(key, (noted.get(key) ?? new Set()).add(covering));
    }
  return noted;
}

function notesOf({ notes }: Hop): Hop["notes"] {
  return notes.filter(({ kind }) => kind !== "policy-not-bound");
}

function stepsOf({ branches }: Verdict): readonly Step[] {
  return branches.flatMap(({ hops }) => hops.flatMap(({ steps }) => steps));
}

/** The cases whose answer may be another without a piece, and whether any looked at it at all. */
export interface Candidates {
  readonly seen: boolean;
  readonly cases: readonly Covering[];
}

/** Which cases a piece may matter to. A rule that was not looked at, or a value that changes no condition, cannot. */
export function candidatesFor(piece: Piece, sightings: Sightings): Candidates {
  const { policy, kind } = piece;
  if (policy.kind !== "AuthorizationPolicy") return near(policy, sightings);
  if (kind === "policy") return ofPolicy(policy, sightings);
  const { seen, cases } = ofPart(piece, sightings);
  return { seen, cases: distinct(cases, notedOf(policy, sightings), sightings.refused) };
}

function notedOf(policy: ResourceKey, { noted }: Sightings): Iterable<Covering> {
  return noted.get(keyText(policy)) ?? [];
}

function distinct(...cases: readonly Iterable<Covering>[]): readonly Covering[] {
  return [...new Set(cases.flatMap((some) => [...some]))];
}

function ofPart(piece: Piece, sightings: Sightings): Candidates {
  const { policy, path, kind, last } = piece;
  if (kind === "rule") {
    const seen = sightings.rules.get(ruleKey(policy, Number(path[2]))) ?? [];
    return { seen: seen.length > 0, cases: casesOf(seen.filter(({ holds }) => holds)) };
  }
  if (kind === "entry") return ofEntry(piece, sightings);
  const seen = sightings.clauses.get(entryKey(policy, path)) ?? [];
  const looked = seen.filter(({ trace }) => trace.clause.field === positive(String(path.at(-2))));
  const changing = looked.filter(({ trace }) => changes(trace, path));
  const { cases } = last ? ofEntry(piece, sightings) : { cases: casesOf(changing) };
  return { seen: looked.length > 0, cases };
}

/** One of several entries counts where it holds; the only one where it does not. */
function ofEntry({ policy, path, alone }: Piece, { entries }: Sightings): Candidates {
  const seen = entries.get(entryKey(policy, path)) ?? [];
  return {
    seen: seen.length > 0,
    cases: casesOf(seen.filter(({ holds }) => holds !== (alone ?? false))),
  };
}

function casesOf(sightings: readonly { readonly covering: Covering }[]): readonly Covering[] {
  return distinct(sightings.map(({ covering }) => covering));
}

/** Where a policy counts, its rules are looked at; but for what is refused as a whole, and reasons, which tell how many policies there are. */
function ofPolicy(policy: ResourceKey, sightings: Sightings): Candidates {
  const { all, scattered, refused, counting } = sightings;
  if (scattered.has(keyText(policy))) return near(policy, sightings);
  const touched = touchedBy(policy, sightings);
  const cases = distinct(touched, notedOf(policy, sightings), refused, counting);
  return { seen: all.length > 0, cases };
}

/** A policy binds in its own namespace, or, from the root namespace, anywhere: every case is asked, the likely ones first. */
function near(policy: ResourceKey, sightings: Sightings): Candidates {
  const { all } = sightings;
  return { seen: all.length > 0, cases: distinct(touchedBy(policy, sightings), all) };
}

/** The cases that looked at a rule of a policy. */
function touchedBy(
  { namespace, name, kind }: ResourceKey,
  { rules }: Sightings,
): readonly Covering[] {
  const prefix = `${keyText({ kind, namespace, name })}#`;
  const keys = [...rules.keys()].filter((key) => key.startsWith(prefix));
  return keys.flatMap((key) => casesOf(rules.get(key) ?? []));
}

/** Whether a condition comes out differently without one of its values. */
function changes({ clause, actual, holds }: ClauseTrace, path: Piece["path"]): boolean {
  const [field, index] = path.slice(-2);
  const side = field === clause.field ? "any" : "none";
  const { [side]: values, ...rest } = clause;
  const left = values?.filter(({ of }) => of !== index) ?? [];
  const without: Clause = left.length === 0 ? rest : { ...rest, [side]: left };
  return clauseHolds(without, actual) !== holds;
}

/** `notPaths` is a side of the condition on `paths`. */
function positive(field: string): string {
  const [, first, rest] = /^not([A-Z])(.*)$/.exec(field) ?? [];
  return first === undefined ? field : `${first.toLowerCase()}${rest}`;
}
