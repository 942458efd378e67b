import { meshReading } from "../istiod/authorization/filters.ts";
import type { AccessRequest } from "../model/access-request.ts";
import type { Check } from "./answer/search.ts";
import type { Concrete } from "./answer/values.ts";
import type { AnalyseOptions, Invariant, Protocol, Region, Undecided, Violation } from "./api.ts";
import { marksOf } from "./marks.ts";
import { looksAtQueries, programKey } from "./point-program.ts";
import { fitting, proofQuestion } from "./proof-question.ts";
import { checker, inquire, type Side, seedsOf } from "./question.ts";
import { lanesOf } from "./space/lanes.ts";
import { type Spelt, spellingChanges } from "./spelling-changes.ts";

/** The part of a proof that is about one kind of traffic. */
export interface ProofPart {
  readonly violations: readonly Violation[];
  readonly undecided: readonly Undecided[];
  readonly vacuous: boolean;
  readonly early: boolean; // and yet there are such requests
  readonly attributes: Iterable<string>;
}

/** A part that was proved. What is violated is shown by requests of these values. */
interface Known {
  readonly part: ProofPart;
  readonly shown: ReadonlyMap<AccessRequest, Concrete>;
  readonly around: Around;
}

/** What decides nothing, but which requests are shown, and in which words. */
interface Around {
  readonly seeds: ReadonlyMap<string, readonly string[]>; // to look from
  readonly queries: boolean; // some rule looks at them
  readonly doors: string;
}

const proved = new Map<string, Known>();
const mostProved = 10_000;
let unfiled: (() => void) | undefined;

/** The key takes a look at all that a proxy is told: it is made when somebody asks again. */
function remember(keyOf: () => string, known: Known): void {
  unfiled = () => {
    if (proved.size >= mostProved) proved.clear();
    proved.set(keyOf(), known);
  };
}

function recall(keyOf: () => string): Known | undefined {
  unfiled?.();
  unfiled = undefined;
  return proved.size === 0 ? undefined : proved.get(keyOf());
}

/**
 * Proves what an invariant says of one kind of traffic at a point. The answer is remembered by all that it follows from: what the proxy
 * is told, the invariant and how it is read. After a change only those points are looked at that are told something else.
 */
export function proofPart(
  invariant: Invariant,
  side: Side,
  protocol: Protocol,
  options: AnalyseOptions,
): ProofPart {
  const { expect } = invariant;
  const isAlone = typeof expect === "string" || "allowed-only-if" in expect;
  if (!isAlone) return partOf(invariant, side, protocol, options);
  const key = keyOf(invariant, side, protocol, options);
  const known = recall(key);
  if (known?.part.violations.length === 0) return known.part;
  const check = checker([side], protocol, fitting(expect));
  const around = aroundOf(side, protocol);
  const again = known && shownAgain(known, around, check);
  if (again) return again;
  const shown = new Map<AccessRequest, Concrete>();
  const part = partOf(invariant, side, protocol, options, (found) => {
    const checked = check(found);
    if (checked.witness) shown.set(checked.witness.request, found);
    return checked;
  });
  if (part.undecided.length === 0) remember(key, { part, shown, around });
  return part;
}

function keyOf(
  { expect, requests }: Invariant,
  { mesh, point, program }: Side,
  protocol: Protocol,
  { budget, regions }: AnalyseOptions,
): () => string {
  const how = [protocol, point.proxy.namespace, budget, regions];
  const asked = JSON.stringify([how, expect, requests, meshReading(mesh)]);
  return () => `${programKey(program)}\n${asked}`;
}

function aroundOf({ mesh, point, program }: Side, protocol: Protocol): Around {
  const isOpened = program.proxy.kind === "gateway" || program.proxy.kind === "waypoint";
  const doors = isOpened ? lanesOf(program, protocol).map(({ door }) => door) : [];
  return {
    seeds: seedsOf(mesh, point),
    queries: looksAtQueries([program]),
    doors: JSON.stringify(doors),
  };
}

/** What is known, with witnesses that the evaluator confirms now; undefined where it does not, or would be asked about others. */
function shownAgain(
  { part, shown, around }: Known,
  now: Around,
  check: Check,
): ProofPart | undefined {
  if (around.queries !== now.queries || around.doors !== now.doors) return undefined;
  if (!areSame(around.seeds, now.seeds)) return undefined;
  const violations: Violation[] = [];
  for (const violation of part.violations) {
    const regions = violation.regions.flatMap((region) => regionAgain(region, shown, check) ?? []);
    if (regions.length < violation.regions.length) return undefined;
    violations.push({ ...violation, regions });
  }
  return { ...part, violations };
}

function regionAgain(region: Region, shown: Known["shown"], check: Check): Region | undefined {
  const { request, looked } = region.witness;
  const found = shown.get(request);
  const witness = found && check(found).witness;
  return witness && { ...region, witness: { ...witness, looked } };
}

function areSame(some: Around["seeds"], others: Around["seeds"]): boolean {
  for (const [attribute, values] of some) {
    const theirs = others.get(attribute) ?? [];
    if (values === theirs) continue;
    if (values.length !== theirs.length) return false;
    if (!values.every((value, index) => value === theirs[index])) return false;
  }
  return true;
}

function partOf(
  invariant: Invariant,
  side: Side,
  protocol: Protocol,
  options: AnalyseOptions,
  check?: Check,
): ProofPart {
  const { sides, question, undecided: open = [] } = proofQuestion(invariant, side, protocol);
  const nothing = {
    violations: [],
    undecided: open,
    vacuous: false,
    early: false,
    attributes: [],
  };
  if (!question) return nothing;
  const found = inquire(sides, protocol, [question], options, check ? { check } : {});
  if ("because" in found) return { ...nothing, undecided: [...open, found] };
  const [only] = found;
  if (!only) return nothing;
  const [first, second] = sides;
  const spelt =
    second && protocol === "http"
      ? regionsOf(spellingChanges([first, second], options, question.care))
      : { regions: [], undecided: [] };
  const regions = [
    ...only.regions,
    ...spelt.regions.filter(({ witness }) => question.fits(witness.statuses)),
  ];
  return {
    violations:
      regions.length > 0
        ? [{ protocol, regions, complete: only.complete && spelt.regions.length === 0 }]
        : [],
    undecided: [...open, ...only.undecided, ...spelt.undecided],
    vacuous: only.vacuous,
    early: only.early,
    attributes: second
      ? [...only.attributes, ...marksOf(sides.map(({ program }) => program))]
      : only.attributes,
  };
}

function regionsOf({ changes, undecided }: Spelt): {
  readonly regions: readonly Region[];
  readonly undecided: readonly Undecided[];
} {
  return { regions: changes.flatMap(({ regions }) => regions), undecided };
}
