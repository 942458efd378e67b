import type { PointEffects, RuleEffect, ValueEffect } from "../analyse/api.ts";
import { pointEffects } from "../analyse/rule-effects.ts";
import { rootNamespace } from "../istiod/attach-rules.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText, type Place } from "../model/place.ts";
import type { RuleRef } from "../model/verdict.ts";
import { hasSelector } from "./inventory.ts";
import { isOfToken } from "./issuers.ts";
import type { Point } from "./points.ts";
import { hasTarget } from "./policies.ts";
import type { Scene } from "./scene.ts";
import { valuesOf, valuesOn } from "./values.ts";

/** What a rule does at every point and on every kind of chain where it is. */
export interface RuleFacts {
  readonly rule: RuleRef;
  readonly effects: readonly RuleEffect[];
  readonly isMade: boolean; // nothing was loaded that it applies to
}

/** The same of one value. `effects` has one of each point and kind of chain where its rule is; undefined: the value counts there. */
export interface ValueFacts {
  readonly at: Place;
  readonly effects: readonly (ValueEffect["effect"] | undefined)[];
}

interface Facts {
  readonly rules: readonly RuleFacts[];
  readonly values: readonly ValueFacts[];
}

const made = new WeakMap<Scene, Facts>();

/** What the analysis says of the rules and values of a mesh, for all requests; nothing of what it leaves undecided. */
export function analysisOf(scene: Scene): Facts {
  const known = made.get(scene) ?? factsAbout(scene);
  made.set(scene, known);
  return known;
}

/** A gateway or waypoint enforces before it routes: whatever comes through its doors is asked about, whether it is routed or not. */
function effectsOf({ assumed, points }: Scene): readonly PointEffects[] {
  const looked = points.flatMap(({ name, plane, proxy, standIn }) =>
    proxy === undefined || plane === "proxyless"
      ? []
      : [{ name, proxy, ...(standIn ? ({ made: true } as const) : {}) }],
  );
  return pointEffects(assumed, looked);
}

function factsAbout(scene: Scene): Facts {
  const effects = effectsOf(scene);
  const { rules, values } = factsOf(effects);
  const open = new Set(
    effects
      .filter(({ undecided }) => undecided.length > 0)
      .flatMap(({ points }) => points.map(({ name }) => name)),
  );
  const strange = openPolicies(scene, open);
  const blind = blindRules(scene.mesh);
  const isOpen = (rule: RuleRef): boolean =>
    strange.has(keyText(rule.policy)) || blind.has(ruleText(rule));
  return {
    rules: rules.filter(({ rule, effects: own }) => !isOpen(rule) && !own.some(hangsOn(blind))),
    values: values.filter(({ at, effects: own }) => {
      const isDead = own.every((effect) => effect === "dead") && !strange.has(keyText(at.resource));
      const [, , rule] = at.path;
      const isTold = isDead && !blind.has(placeText(at)); // whatever the rest of the rule asks for
      return isTold || !isOpen({ policy: at.resource, rule: Number(rule), at });
    }),
  };
}

/** The rules and values about tokens, where nothing that reads them was loaded: elsewhere it may be. */
function blindRules(mesh: Mesh): ReadonlySet<string> {
  if (mesh.requestAuthentications.length > 0) return new Set();
  const ofTokens = valuesOf(mesh).filter(isOfToken);
  return new Set(
    ofTokens.flatMap(({ policy, rule, at }) => [
      ruleText({ policy: policy.key, rule, at }),
      placeText(at),
    ]),
  );
}

function hangsOn(blind: ReadonlySet<string>): (effect: RuleEffect) => boolean {
  return ({ effect, coveredBy = [] }) =>
    coveredBy.some((rule) => blind.has(ruleText(rule))) ||
    (effect === "denies-nothing-that-was-allowed" && blind.size > 0);
}

/**
 * The policies of which nothing is said for all requests: those that apply where the analysis has no answer; what mesh-wide policies do
 * at gateways says nothing of them while no workload of the mesh is loaded; what hangs on the ports of gateways that were not loaded
 * nobody knows.
 */
function openPolicies(scene: Scene, open: ReadonlySet<string>): ReadonlySet<string> {
  const { mesh, boundTo } = scene;
  const root = rootNamespace(mesh);
  const onPorts = new Set(valuesOn(mesh, "destination.port").map(({ policy }) => policy));
  const strange = mesh.authorizationPolicies.filter((policy) => {
    const points = boundTo(policy);
    if (points.some(({ name }) => open.has(name))) return true;
    if (!points.every(isEdge)) return false;
    const isWide = policy.key.namespace === root && !hasSelector(policy) && !hasTarget(policy);
    return isWide || (onPorts.has(policy) && points.some(({ standIn }) => standIn));
  });
  return new Set(strange.map(({ key }) => keyText(key)));
}

function isEdge({ plane }: Point): boolean {
  return plane === "gateway" || plane === "waypoint";
}

function factsOf(all: readonly PointEffects[]): Facts {
  const rules = new Map<string, RuleFacts & { readonly effects: RuleEffect[] }>();
  const values = new Map<
    string,
    { fact: ValueFacts; effects: (ValueEffect["effect"] | undefined)[] }
  >();
  const seen = new Map<string, number>();
  for (const { points, rules: effects, values: dead } of all) {
    const isMade = points.every((point) => point.made);
    for (const effect of effects) {
      const key = ruleText(effect.rule);
      seen.set(key, (seen.get(key) ?? 0) + 1);
      const known = rules.get(key);
      if (known === undefined) rules.set(key, { rule: effect.rule, effects: [effect], isMade });
      else known.effects.push(effect);
    }
    for (const { rule, path, effect } of dead) {
      const at = { resource: rule.policy, path };
      const key = `${ruleText(rule)} ${path.join(" ")}`;
      const known = values.get(key);
      if (known === undefined) values.set(key, { fact: { at, effects: [] }, effects: [effect] });
      else known.effects.push(effect);
    }
  }
  return {
    rules: [...rules.values()],
    values: [...values].map(([key, { fact, effects }]) => {
      const everywhere = seen.get(key.split(" ", 1)[0] ?? "") ?? 0;
      const counting = Array.from(
        { length: Math.max(0, everywhere - effects.length) },
        () => undefined,
      );
      return { ...fact, effects: [...effects, ...counting] };
    }),
  };
}

function placeText({ resource, path }: Place): string {
  return `${keyText(resource)} ${path.join(" ")}`;
}

function ruleText({ policy, rule }: RuleRef): string {
  return `${keyText(policy)}[${rule}]`;
}
