import {
  type Clause,
  type ClauseTrace,
  clauseHolds,
  type Hop,
  keyText,
  type ResourceKey,
  type Step,
  type Verdict,
} from "@meshproof/engine";
import type { CaseResult } from "../result.ts";
import type { Piece } from "./places.ts";

/** A case whose expectation is met: what its expectation needs is what it covers. */
export interface Covering extends CaseResult {
  readonly verdict: Verdict;
}

/** What the cases looked at: the cases by rule, and by entry with what they saw of its conditions. */
export interface Sightings {
  readonly all: readonly Covering[];
  readonly rules: ReadonlyMap<string, ReadonlySet<Covering>>;
  readonly clauses: ReadonlyMap<string, readonly Sighting[]>;
  readonly noted: ReadonlyMap<string, ReadonlySet<Covering>>; // by policy: istiod left something of it out
}

interface Sighting {
  readonly covering: Covering;
  readonly trace: ClauseTrace;
}

/** Collects what was traced while the cases ran. */
export function sightingsOf(all: readonly Covering[]): Sightings {
  const rules = new Map<string, Set<Covering>>();
  const clauses = new Map<string, Sighting[]>();
  for (const covering of all)
    for (const step of stepsOf(covering.verdict)) {
      for (const key of rulesIn(step)) rules.set(key, (rules.get(key) ?? new Set()).add(covering));
      for (const trace of step.trace ?? []) {
        const key = placeKey(trace.rule.policy, trace.at.path.slice(0, entryDepth));
        const known = clauses.get(key) ?? [];
        known.push({ covering, trace });
        clauses.set(key, known);
      }
    }
  return { all, rules, clauses, noted: notedIn(all) };
}

/** Where istiod leaves a rule out, nobody looks at it, and yet it may count without the value that made it useless there. */
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
  return notes.filter(({ kind }) => leavesOut.has(kind));
}

const leavesOut: ReadonlySet<string> = new Set([
  "rule-skipped",
  "condition-dropped",
  "value-dropped",
]);

/** The rules that decided a step or were looked at in it. */
function rulesIn({ by, dryRun, trace = [] }: Step): readonly string[] {
  const refs = [...by, ...(dryRun?.by ?? []), ...trace.map(({ rule }) => rule)];
  return refs.map(({ policy, rule }) => ruleKey(policy, rule));
}

const entryDepth = 5; // spec, rules, 0, from, 1

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
  if (kind === "policy" || policy.kind !== "AuthorizationPolicy") return near(policy, sightings);
  const { seen, cases } = lookedAt(piece, sightings);
  return { seen, cases: [...new Set([...cases, ...(sightings.noted.get(keyText(policy)) ?? [])])] };
}

function lookedAt({ policy, path, kind }: Piece, sightings: Sightings): Candidates {
  if (kind === "rule") {
    const cases = [...(sightings.rules.get(ruleKey(policy, Number(path[2]))) ?? [])];
    return { seen: cases.length > 0, cases };
  }
  const seen = sightings.clauses.get(placeKey(policy, path.slice(0, entryDepth))) ?? [];
  if (kind === "entry") return { seen: seen.length > 0, cases: casesOf(seen) };
  const looked = seen.filter(({ trace }) => trace.clause.field === positive(String(path.at(-2))));
  const changing = looked.filter(({ trace }) => changes(trace, path));
  return { seen: looked.length > 0, cases: casesOf(changing) };
}

function casesOf(sightings: readonly Sighting[]): readonly Covering[] {
  return [...new Set(sightings.map(({ covering }) => covering))];
}

/** A policy binds in its own namespace, or, from the root namespace, anywhere: every case is asked, the likely ones first. */
function near({ namespace, name, kind }: ResourceKey, { all, rules }: Sightings): Candidates {
  const prefix = `${keyText({ kind, namespace, name })}#`;
  const keys = [...rules.keys()].filter((key) => key.startsWith(prefix));
  const touched = new Set(keys.flatMap((key) => [...(rules.get(key) ?? [])]));
  return { seen: all.length > 0, cases: [...new Set([...touched, ...all])] };
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

function ruleKey(policy: ResourceKey, rule: number): string {
  return `${keyText(policy)}#${rule}`;
}

function placeKey(policy: ResourceKey, path: Piece["path"]): string {
  return `${keyText(policy)}#${path.join("/")}`;
}
