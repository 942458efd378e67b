import type { AccessRequest, EvaluateOptions } from "../../model/access-request.ts";
import type { Decision } from "../../model/fact.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Note } from "../../model/note.ts";
import type { Attribute } from "../../model/rule.ts";
import type { Layer, RuleRef } from "../../model/verdict.ts";
import type {
  ExplainedCondition,
  ExplainedHop,
  ExplainedLayer,
  ExplainedPolicy,
  NearMiss,
  Trap,
} from "../explanation.ts";

/** Where a trap may be: a decision at the hop that made it. */
export interface Scene {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
  readonly decision: Decision;
  readonly hop: ExplainedHop;
  readonly way: readonly ExplainedHop[]; // all of them, in their order
  readonly near: readonly NearMiss[];
}

/** Finds one trap. */
export type Detector = (scene: Scene) => Trap | undefined;

/** What kept the nearest rules from deciding otherwise: those that fail by the fewest conditions. */
function failing({ near }: Scene): readonly ExplainedCondition[] {
  const fewest = Math.min(...near.map((miss) => miss.failing.length));
  return near
    .filter((miss) => miss.failing.length === fewest)
    .flatMap((miss) => miss.failing)
    .filter(({ known }) => known);
}

/** The same, of one attribute. A negated one fails because a value of it matches; what its other values mean is no reason then. */
export function failingAt(
  scene: Scene,
  ...kinds: readonly Attribute["kind"][]
): readonly ExplainedCondition[] {
  return failing(scene).filter(({ clause }) => kinds.includes(clause.attribute.kind));
}

/** Those of them of which no value matches. */
export function unmatchedAt(
  scene: Scene,
  ...kinds: readonly Attribute["kind"][]
): readonly ExplainedCondition[] {
  return failingAt(scene, ...kinds).filter(({ negated }) => !negated);
}

/** The first condition that a test finds something at, with what it found. */
export function firstFound<Found>(
  conditions: readonly ExplainedCondition[],
  find: (condition: ExplainedCondition) => Found | undefined,
): { readonly condition: ExplainedCondition; readonly found: Found } | undefined {
  for (const condition of conditions) {
    const found = find(condition);
    if (found !== undefined) return { condition, found };
  }
  return undefined;
}

/** The layer that refused. */
export function refusing({ hop }: Scene): ExplainedLayer | undefined {
  return hop.layers.find(({ result }) => result === "refuse");
}

/** A layer of the hop. */
export function layerOf({ hop }: Scene, layer: Layer): ExplainedLayer | undefined {
  return hop.layers.find((each) => each.layer === layer);
}

/** The rules that decided. */
export function decidingRules(scene: Scene): readonly RuleRef[] {
  const allowing = layerOf(scene, "allow");
  return refusing(scene)?.by ?? (scene.decision === "allow" ? (allowing?.by ?? []) : []);
}

/** The policies that the hop's filters hold. */
export function policiesOf({ hop }: Scene): readonly ExplainedPolicy[] {
  return hop.layers.flatMap(({ policies }) => policies);
}

/** The first note of one of some codes on what applies here. */
export function noteOf(scene: Scene, ...codes: readonly Note["because"][]): Note | undefined {
  return scene.hop.hop.notes.find(({ because }) => codes.includes(because));
}
