import { matches } from "../match/matches.ts";
import type { Alphabet } from "../match/sequence.ts";
import type { RbacFilter } from "../model/program.ts";
import type { Alternative, Attribute, Clause, Group, Matcher, Rule } from "../model/rule.ts";
import { indexedMatch } from "./index/first-match.ts";

/** The values of an attribute: none where it is missing. */
export type Read = (attribute: Attribute) => readonly string[];

/** One clause that was looked at, and what came of it. */
export interface Looked {
  readonly rule: Rule;
  readonly group: Group;
  readonly alternative: Alternative;
  readonly clause: Clause;
  readonly actual: readonly string[];
  readonly holds: boolean;
}
export type Recorder = (looked: Looked) => void;

/**
 * `true`: the clauses that were looked at. `all`: every clause of every rule that a filter has, once it has decided, and what proxies
 * were told. `told`: that alone.
 */
export type Trace = boolean | "all" | "told";

/** What a filter comes to. `rule`: the first enforced one that holds; `dryRun`: the first of those that are only tried. */
export interface RbacDecision {
  readonly denied: boolean;
  readonly rule?: Rule;
  readonly dryRun?: { readonly rule?: Rule; readonly wouldDeny: boolean };
}

/** DENY: some rule holds. ALLOW: none does. AUDIT never denies. `envoy:source/extensions/filters/common/rbac/engine_impl.cc` */
export function decide(
  filter: RbacFilter,
  read: Read,
  record?: Recorder,
  walk?: boolean,
): RbacDecision {
  const rule = filter.rules && firstMatch(filter.rules, read, record, walk);
  const tried = filter.dryRun && firstMatch(filter.dryRun, read, record, walk);
  const denied = filter.rules !== undefined && denies(filter.action, rule);
  return {
    denied,
    ...(rule ? { rule } : {}),
    ...(filter.dryRun
      ? { dryRun: { ...(tried ? { rule: tried } : {}), wouldDeny: denies(filter.action, tried) } }
      : {}),
  };
}

function denies(action: RbacFilter["action"], rule: Rule | undefined): boolean {
  if (action === "AUDIT") return false;
  return (action === "DENY") === (rule !== undefined);
}

/** Envoy's order is the byte order of rule names, in which a filter holds them (az:ENV-5). Recorded, or to `walk`, every rule is walked. */
export function firstMatch(
  rules: readonly Rule[],
  read: Read,
  record?: Recorder,
  walk: boolean = record !== undefined,
): Rule | undefined {
  if (!walk) return indexedMatch(rules, read, holds);
  for (const rule of rules) if (holds(rule, read, record)) return rule;
  return undefined;
}

/** Whether a rule holds. This is the semantics of the normal form; with `record` it also explains itself. */
export function holds(rule: Rule, read: Read, record?: Recorder): boolean {
  for (const group of rule.groups) if (!someHolds(rule, group, read, record)) return false;
  return true;
}

function someHolds(rule: Rule, group: Group, read: Read, record?: Recorder): boolean {
  for (const alternative of group.any) {
    if (record ? recorded(rule, group, alternative, read, record) : all(alternative, read))
      return true;
  }
  return false;
}

function all({ all: clauses }: Alternative, read: Read): boolean {
  for (const clause of clauses) if (!clauseHolds(clause, read(clause.attribute))) return false;
  return true;
}

function recorded(
  rule: Rule,
  group: Group,
  alternative: Alternative,
  read: Read,
  record: Recorder,
): boolean {
  for (const clause of alternative.all) {
    const actual = read(clause.attribute);
    const held = clauseHolds(clause, actual);
    record({ rule, group, alternative, clause, actual, holds: held });
    if (!held) return false;
  }
  return true;
}

/** Every clause of every rule, also of those that decide nothing any more: for whoever wants to know what came close. */
export function survey(rules: readonly Rule[], read: Read, record: Recorder): void {
  for (const rule of rules)
    for (const group of rule.groups)
      for (const alternative of group.any)
        for (const clause of alternative.all) {
          const actual = read(clause.attribute);
          const held = clauseHolds(clause, actual);
          record({ rule, group, alternative, clause, actual, holds: held });
        }
}

/** A missing attribute matches nothing: `any` fails and `none` holds (az:STR-6, az:STR-7). */
export function clauseHolds({ attribute, any, none }: Clause, actual: readonly string[]): boolean {
  const { kind } = attribute;
  const alphabet = kind === "claim" || kind === "request.principal" ? "characters" : "bytes";
  if (any && !hit(any, actual, alphabet)) return false;
  return !(none && hit(none, actual, alphabet));
}

function hit(matchers: readonly Matcher[], actual: readonly string[], alphabet: Alphabet): boolean {
  for (const value of actual)
    for (const matcher of matchers) if (matches(matcher, value, alphabet)) return true;
  return false;
}
