import { ruleRef } from "../envoy/places.ts";
import type { Mesh } from "../model/mesh.ts";
import type {
  AnalyseOptions,
  Point,
  PointEffects,
  Protocol,
  RuleEffect,
  Undecided,
} from "./api.ts";
import { limitsOf, undecidedBy } from "./budget.ts";
import { type Box, overlap } from "./cover/box.ts";
import { gridOf } from "./cover/grid.ts";
import { coveringRules } from "./covering-rules.ts";
import { agreedDomains, looksAtQueries } from "./point-program.ts";
import { pointsOf } from "./points.ts";
import { type Side, settingAround } from "./question.ts";
import { type Cover, coverOf, isCovered, isTaken, meeting } from "./rule-cover.ts";
import { type Ruled, type RuleSet, ruleSetsOf } from "./rule-sets.ts";
import { groupsOf } from "./sides.ts";
import { spaceOf } from "./space/space.ts";
import { checkOptions } from "./stated.ts";
import { withoutFilters } from "./unread.ts";
import { valueEffects } from "./value-effects.ts";

/** What every rule of every policy does at the points of a mesh, for all requests: exact, never heuristic; what an EnvoyFilter does besides is not looked at. */
export function policyEffects(mesh: Mesh, options: AnalyseOptions = {}): readonly PointEffects[] {
  checkOptions(options);
  return pointEffects(mesh, pointsOf([mesh], options).points, options);
}

/** The same at some points; those that are told the same are looked at once. */
export function pointEffects(
  mesh: Mesh,
  points: readonly Point[],
  options: AnalyseOptions = {},
): readonly PointEffects[] {
  return groupsOf(withoutFilters(mesh), points).flatMap(({ points: alike, side, undecided }) => {
    if (!side) return [nothing(alike, "http", undecided)];
    return (["http", "tcp"] as const).flatMap((protocol) =>
      ruleSetsOf(side.program, lookAt(side, protocol)).map((set) =>
        effectsOf(alike, side, protocol, set, options),
      ),
    );
  });
}

function lookAt({ program }: Side, protocol: Protocol): Parameters<typeof ruleSetsOf>[1] {
  const anyDomain = agreedDomains([program]) ? {} : ({ anyDomain: true } as const);
  return { protocol, queries: looksAtQueries([program]), ...anyDomain };
}

function nothing(
  points: PointEffects["points"],
  protocol: Protocol,
  undecided: Undecided | undefined,
): PointEffects {
  return { points, protocol, rules: [], values: [], undecided: undecided ? [undecided] : [] };
}

function effectsOf(
  points: PointEffects["points"],
  side: Side,
  protocol: Protocol,
  set: RuleSet,
  options: AnalyseOptions,
): PointEffects {
  try {
    const formulas = [...set.rules.map(({ formula }) => formula), set.world];
    const grid = gridOf(spaceOf(formulas, settingAround([side], protocol, [], options)));
    const cover = coverOf(grid, set, limitsOf(options.budget));
    const rules = set.rules.map((_, index) => effectOf(cover, index));
    const { whole, undecided } = wholeEffect(cover);
    return {
      points,
      protocol,
      rules: withRemovable(cover, rules),
      values: options.values === false ? [] : valueEffects(cover),
      ...(whole ? { set: whole } : {}),
      undecided,
    };
  } catch (error) {
    return nothing(points, protocol, undecidedBy(error));
  }
}

function effectOf(cover: Cover, index: number): RuleEffect {
  const ruled = cover.set.rules[index];
  if (!ruled) throw new TypeError("no such rule");
  const said = { rule: ruleRef(ruled.rule), action: ruled.action };
  try {
    const effect = judge(cover, index, ruled);
    if (effect !== "redundant" && effect !== "always-denied") return { ...said, effect };
    const action = effect === "redundant" ? ruled.action : "DENY";
    const coveredBy = coveringRules(cover, index, action);
    return { ...said, effect, ...(coveredBy ? { coveredBy: coveredBy.map(ruleRef) } : {}) };
  } catch (error) {
    return { ...said, effect: "undecided", undecided: undecidedBy(error) };
  }
}

function judge(cover: Cover, index: number, { action }: Ruled): RuleEffect["effect"] {
  const own = cover.boxes[index] ?? [];
  if (own.length === 0) return "never-matches";
  if (cover.world.every((box) => isCovered(cover, box, own))) return "matches-everything";
  if (action === "CUSTOM") return "matters";
  if (own.every((box) => isTaken(cover, action, box, { except: index }))) return "redundant";
  if (action === "ALLOW")
    return own.every((box) => isTaken(cover, "DENY", box)) ? "always-denied" : "matters";
  return cover.set.hasAllow && deniesNothing(cover, own, index)
    ? "denies-nothing-that-was-allowed"
    : "matters";
}

/** Whether all that a DENY rule takes of what is allowed, other DENY rules take as well. */
function deniesNothing(cover: Cover, own: readonly Box[], index: number): boolean {
  return own.every((box) =>
    meeting(cover, "ALLOW", box).every((other) => {
      const allowed = overlap(box, other);
      return !allowed || isTaken(cover, "DENY", allowed, { except: index });
    }),
  );
}

/** Of the redundant rules a largest part that may go together: twins lose only one. */
function withRemovable(cover: Cover, effects: readonly RuleEffect[]): readonly RuleEffect[] {
  const gone = new Set<number>();
  for (const [index, { effect, action }] of [...effects.entries()].reverse()) {
    if (effect !== "redundant" && effect !== "never-matches") continue;
    if (isSpare(cover, index, action, gone)) gone.add(index);
  }
  return effects.map((effect, index) =>
    gone.has(index) ? { ...effect, removable: true } : effect,
  );
}

/** Whether the rules of an action can do without one, and without those that are gone; false where that stays undecided. */
function isSpare(
  cover: Cover,
  index: number,
  action: RuleEffect["action"],
  gone: ReadonlySet<number>,
): boolean {
  const own = cover.boxes[index] ?? [];
  try {
    return own.every((box) => isTaken(cover, action, box, { except: index, gone }));
  } catch (error) {
    undecidedBy(error);
    return false;
  }
}

/** What all rules together do, if that is the same for every request. */
function wholeEffect(cover: Cover): {
  readonly whole?: PointEffects["set"];
  readonly undecided: readonly Undecided[];
} {
  try {
    const whole = judgeAll(cover);
    return { ...(whole ? { whole } : {}), undecided: [] };
  } catch (error) {
    return { undecided: [undecidedBy(error)] };
  }
}

function judgeAll(cover: Cover): PointEffects["set"] {
  const { set, world } = cover;
  const allowed = set.hasAllow ? cover.of("ALLOW") : world;
  if (allowed.every((box) => isTaken(cover, "DENY", box))) return "denies-everything";
  const open = cover.of("DENY").length === 0 && cover.of("CUSTOM").length === 0;
  return open && world.every((box) => isCovered(cover, box, allowed))
    ? "allows-everything"
    : undefined;
}
