import type { Mesh } from "../model/mesh.ts";
import type { Program } from "../model/program.ts";
import type {
  AnalyseOptions,
  Change,
  MeshDiff,
  Point,
  PointDiff,
  Protocol,
  Undecided,
} from "./api.ts";
import { assumptionsOf } from "./assumptions.ts";
import { changedFilters, filtersTaken } from "./changed-filters.ts";
import { changedRules, haveSameFrames } from "./changed-rules.ts";
import { kinds, questionOf } from "./diff-questions.ts";
import { resultOf } from "./diff-result.ts";
import { leftOpen } from "./left-open.ts";
import { marksOf } from "./marks.ts";
import { movedAuthorizers } from "./moved-authorizers.ts";
import { bothOf, type Pair, pointOf } from "./pairs.ts";
import {
  agreedDomains,
  decideAlike,
  jwtProvidersOf,
  looksAtQueries,
  programKey,
} from "./point-program.ts";
import { type Points, pointsOf } from "./points.ts";
import { inquire, type Side } from "./question.ts";
import { sharingPolicies } from "./shared-policies.ts";
import { arrivals } from "./space/arrivals.ts";
import { type Outcomes, outcomesOf } from "./space/decisions.ts";
import { always, type Formula, or } from "./space/formula.ts";
import { nearTo } from "./space/near.ts";
import { areSame, lookedAt } from "./space/same.ts";
import { tunnelsInto } from "./space/tunnel.ts";
import { spellingChanges } from "./spelling-changes.ts";
import { checkOptions } from "./stated.ts";
import { unboundIn } from "./unbound.ts";
import { toldAt, unenforcedPoints } from "./unenforced.ts";
import { tunnelMarks } from "./unknown-tunnels.ts";
import { withoutFilters } from "./unread.ts";

/**
 * What a change does to access, at every enforcement point: which requests are newly allowed, newly denied, or refused in another
 * way. Points that are told the same on both sides of the change are looked at once.
 */
export function diffMeshes(old: Mesh, young: Mesh, options: AnalyseOptions = {}): MeshDiff {
  checkOptions(options);
  const before = withoutFilters(old);
  const after = sharingPolicies(before, withoutFilters(young));
  const found = pointsOf([before, after], options);
  const inBoth = (point: Point): Pair => ({
    name: point.name,
    before: { mesh: before, point },
    after: { mesh: after, point },
  });
  const pairs = found.made
    ? found.points.map(inBoth)
    : pairsOf(found.points, { before, after }, options);
  const unbound = unboundIn([before, after], found, options);
  const others = unbound.points.map(inBoth);
  const filters = options.assume ? [] : changedFilters([old, young], pairs);
  const open = [...unbound.open, ...filters];
  const diff = diffPairs([...pairs, ...others], found, options, open);
  return {
    ...diff,
    assumptions: [
      ...diff.assumptions,
      ...movedAuthorizers(before, after),
      ...filtersTaken([old, young], diff.diffs, found.points),
    ],
  };
}

/** Each point as it is in each mesh. */
function pairsOf(
  points: readonly Point[],
  { before, after }: Readonly<Record<"before" | "after", Mesh>>,
  options: AnalyseOptions,
): readonly Pair[] {
  const known = byName(pointsOf([before], options), unenforcedPoints(before));
  const fresh = byName(pointsOf([after], options), unenforcedPoints(after));
  return points.map(({ name }) => {
    const [here, there] = [known.get(name), fresh.get(name)];
    return {
      name,
      ...(here ? { before: { mesh: before, point: here } } : {}),
      ...(there ? { after: { mesh: after, point: there } } : {}),
    };
  });
}

function byName({ points }: Points, unenforced: readonly Point[]): ReadonlyMap<string, Point> {
  return new Map([...unenforced, ...points].map((point) => [point.name, point]));
}

/** The differences of pairs, equal ones once. */
export function diffPairs(
  pairs: readonly Pair[],
  { made, cut }: Pick<Points, "made" | "cut">,
  options: AnalyseOptions,
  open: readonly PointDiff[] = [],
): MeshDiff {
  const groups = new Map<string, Known[]>();
  const diffs: PointDiff[] = [...open];
  for (const pair of pairs) {
    const known = know(pair);
    if ("why" in known)
      diffs.push({ points: [pointOf(pair)], changes: [], undecided: [known.why] });
    else if (!("point" in known)) diffs.push(known);
    else {
      const key = pairs.length === 1 ? "" : keyOf(known); // one alone is not compared with others
      groups.set(key, [...(groups.get(key) ?? []), known]);
    }
  }
  const attributes = new Set<string>();
  for (const group of groups.values()) {
    const diff = diffGroup(group, options, attributes);
    if (diff) diffs.push(diff);
  }
  return {
    result: resultOf(diffs),
    diffs,
    points: pairs.length,
    ...(made ? { made } : {}),
    ...(cut ? { cut } : {}),
    assumptions: assumptionsOf(pairs.flatMap(bothOf), attributes),
  };
}

interface Known {
  readonly point: Point;
  readonly before: Side;
  readonly after: Side;
}

function know(pair: Pair): Known | PointDiff | { readonly why: Undecided } {
  const { before, after } = pair;
  if (!before || !after) {
    const only = before ? "before" : "after";
    return { points: [pointOf(pair)], only, changes: [], undecided: [] };
  }
  const old = toldAt(before.mesh, before.point);
  const young = toldAt(after.mesh, after.point);
  const strange = typeof old === "string" ? old : typeof young === "string" ? young : undefined;
  if (typeof old === "string" || typeof young === "string")
    return { why: { because: "not-modelled", text: strange ?? "" } };
  return {
    point: before.point,
    before: { ...before, program: old },
    after: { ...after, program: young },
  };
}

function keyOf({ before, after }: Known): string {
  return [before, after].map(({ program }) => programKey(program)).join("\n");
}

function isToldTheSame({ before, after }: Known): boolean {
  return decideAlike(before.program, after.program);
}

/** Undefined: there is no difference. */
function diffGroup(
  group: readonly Known[],
  options: AnalyseOptions,
  attributes: Set<string>,
): PointDiff | undefined {
  const [known, ...others] = group;
  if (!known || isToldTheSame(known)) return undefined;
  const changes: Change[] = [];
  const sides = [known.before, known.after] as const;
  const isFramedAlike = haveSameFrames(known.before.program, known.after.program);
  const undecided = isFramedAlike ? [] : [...leftOpen(known.before.program, known.after.program)];
  if (!isFramedAlike)
    for (const mark of marksOf(sides.map(({ program }) => program))) attributes.add(mark);
  for (const mark of sides.flatMap(tunnelMarks)) attributes.add(mark);
  for (const protocol of ["http", "tcp"] as const) {
    const found = diffProtocol(known, protocol, options, attributes);
    changes.push(...found.changes);
    undecided.push(...found.undecided);
  }
  if (!isFramedAlike) {
    const spelt = spellingChanges(sides, options);
    changes.push(...spelt.changes);
    const said = new Set(undecided.map(({ text }) => text));
    undecided.push(...spelt.undecided.filter(({ text }) => !said.has(text)));
  }
  if (changes.length === 0 && undecided.length === 0) return undefined;
  return { points: [known.point, ...others.map(({ point }) => point)], changes, undecided };
}

interface Found {
  readonly changes: readonly Change[];
  readonly undecided: readonly Undecided[];
}

function diffProtocol(
  { before, after }: Known,
  protocol: Protocol,
  options: AnalyseOptions,
  attributes: Set<string>,
): Found {
  const [old, young] = slices(before.program, after.program, protocol);
  if (areSame(old, young)) {
    for (const each of lookedAt([...old.values()])) attributes.add(each);
    return { changes: [], undecided: [] };
  }
  const care = or(...[before, after].map(({ program }) => asHttp(program, protocol)));
  const questions = kinds.map((kind) => ({ ...questionOf[kind](old, young), care }));
  const answers = inquire([before, after], protocol, questions, options);
  if ("because" in answers) return { changes: [], undecided: [answers] };
  const changes: Change[] = [];
  const undecided: Undecided[] = [];
  for (const [index, kind] of kinds.entries()) {
    const found = answers[index];
    for (const each of found?.attributes ?? []) attributes.add(each);
    if (!found || found.empty) continue;
    const { regions, complete } = found;
    undecided.push(...found.undecided);
    if (regions.length > 0) changes.push({ kind, protocol, regions, complete });
  }
  return { changes, undecided };
}

/** What is served as HTTP; the rest of what is sent as HTTP is looked at as bytes. */
function asHttp(program: Program, protocol: Protocol): Formula {
  if (protocol === "tcp") return always;
  const served = arrivals(program, { protocol }).filter(({ chain }) => chain?.kind === "http");
  return or(...served.map(({ here }) => here));
}

/** The answers of both sides. Where only rules changed, those that cannot meet a changed one are left out. */
function slices(
  before: Program,
  after: Program,
  protocol: Protocol,
): readonly [Outcomes, Outcomes] {
  const anyDomain = agreedDomains([before, after]) ? {} : ({ anyDomain: true } as const);
  const queries = looksAtQueries([before, after]);
  const tokens = [before, after].flatMap(jwtProvidersOf);
  const look = { protocol, queries, tokens, ...anyDomain, ...tunnelsInto([before, after]) };
  const changed = changedRules(before, after, look);
  const full = { ...look, ...(changed ? { near: nearTo(changed, look.queries) } : {}) };
  return [outcomesOf(before, full), outcomesOf(after, full)];
}
