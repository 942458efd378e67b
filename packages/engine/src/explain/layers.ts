import { ruleRef } from "../envoy/places.ts";
import { holds } from "../envoy/rbac.ts";
import { chainServing } from "../envoy/serve.ts";
import type { Facts } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note } from "../model/note.ts";
import { keyText, type ResourceKey } from "../model/place.ts";
import type { Action } from "../model/policy.ts";
import type { Filter, FilterChain, RbacFilter } from "../model/program.ts";
import type { Rule } from "../model/rule.ts";
import type { Hop, Layer, RuleRef, Step } from "../model/verdict.ts";
import type { ExplainedLayer, ExplainedPolicy } from "./explanation.ts";
import { explainRule, readingOf, type Sighting } from "./rules.ts";
import { explainJwt } from "./tokens.ts";
import { policyAt } from "./written.ts";

/** What a layer is explained from. */
export interface Looking {
  readonly mesh: Mesh;
  readonly hop: Hop;
  readonly guessed: ReadonlySet<string>;
}

/** The layers of a hop in the proxy's order: what came of each step, and of what is there and was not reached. */
export function explainLayers(looking: Looking): readonly ExplainedLayer[] {
  const { steps } = looking.hop;
  const chain = chainOf(looking.hop);
  const before = steps.filter(({ layer }) => !filterLayers.has(layer) && layer !== "route");
  const after = steps.filter(({ layer }) => layer === "route");
  const filters = (chain?.filters ?? []).map((filter, index) =>
    filterLayer(filter, filterSteps(looking.hop)[index], looking),
  );
  return [...before.map(stepLayer), ...withEmpty(filters, chain), ...after.map(stepLayer)];
}

/** The chain that served a connection, chosen again as the proxy chose it, at the address that it went to. */
export function chainOf({ told, chain: name, saw }: Hop): FilterChain | undefined {
  if (told === undefined || name === undefined) return undefined;
  const { program, connection, http } = told;
  const ip = connection.destinationIp ?? saw?.destinationIp;
  const arrived = ip === undefined ? connection : { ...connection, destinationIp: ip };
  const serving = chainServing(program, arrived, http, anything);
  const named = program.listeners
    .flatMap(({ chains }) => chains)
    .filter((chain) => chain.name === name);
  return (
    named.find(({ kind, filters }) => kind === serving?.kind && filters === serving.filters) ??
    named[0]
  );
}

/** What the hop was answered and does not show is no address. */
const anything: Facts = { now: 0, ask: ({ candidates }) => candidates[0] ?? "" };

const filterLayers: ReadonlySet<Layer> = new Set(["custom", "jwt", "audit", "deny", "allow"]);

/** One step for each filter of the chain, in its order. What ztunnel makes of a PeerAuthentication counts as one. */
function filterSteps({ point, steps }: Hop): readonly Step[] {
  if (point === "ztunnel") return steps.slice(1);
  return steps.filter(({ layer }) => filterLayers.has(layer));
}

function stepLayer({ layer, result, text, by }: Step): ExplainedLayer {
  return { layer, result, ...(text === undefined ? {} : { text }), by, policies: [] };
}

const layers: Readonly<Record<RbacFilter["action"], Layer>> = {
  ALLOW: "allow",
  AUDIT: "audit",
  DENY: "deny",
};

function layerOf(filter: Filter): Layer {
  if (filter.kind === "jwt") return "jwt";
  return filter.kind === "ext-authz" ? "custom" : layers[filter.action];
}

function filterLayer(filter: Filter, step: Step | undefined, looking: Looking): ExplainedLayer {
  const { text, by = [], trace } = step ?? {};
  const layer: ExplainedLayer = {
    layer: step?.layer ?? layerOf(filter),
    result: isEmpty(filter) ? "no-policy" : (step?.result ?? "not-reached"),
    ...(text === undefined ? {} : { text }),
    by,
    policies: [],
  };
  if (filter.kind === "jwt") return { ...layer, jwt: explainJwt(filter, looking.hop) };
  const sighting: Sighting = { ...looking, read: readingOf(trace ?? []) };
  if (step?.trace !== undefined && looking.hop.point !== "ztunnel")
    checkIndex(filter, step, sighting);
  const policies = policiesOf(filter, sighting, looking.hop.notes, trace !== undefined);
  return {
    ...layer,
    policies,
    ...(filter.kind === "ext-authz" ? { provider: filter.provider } : {}),
  };
}

/** The rule that was found fast is the one that walking all of them finds: otherwise it is our bug, and no answer is better. */
function checkIndex(
  { rules = [] }: Exclude<Filter, { kind: "jwt" }>,
  { by: [found] }: Step,
  { read }: Sighting,
): void {
  const walked = rules.find((rule) => holds(rule, read));
  const same = walked === undefined ? found === undefined : sameRule(ruleRef(walked), found);
  if (!same)
    throw new TypeError(`the index and the walker disagree about ${walked?.name ?? "no rule"}`);
}

function sameRule(one: RuleRef, other: RuleRef | undefined): boolean {
  return (
    other !== undefined && one.rule === other.rule && keyText(one.policy) === keyText(other.policy)
  );
}

/** ztunnel has a list for each action, also where no policy is in it. */
function isEmpty(filter: Filter): boolean {
  return filter.kind === "rbac" && filter.rules === undefined && filter.dryRun === undefined;
}

/** The policies of a filter in the order of its rules, then those of which istiod left nothing. */
function policiesOf(
  filter: Exclude<Filter, { kind: "jwt" }>,
  sighting: Sighting,
  notes: readonly Note[],
  reached: boolean,
): readonly ExplainedPolicy[] {
  const enforced = filter.rules ?? [];
  const tried = filter.kind === "rbac" ? (filter.dryRun ?? []) : [];
  const keys = new Map<string, ResourceKey>();
  for (const { policy } of [...enforced, ...tried]) keys.set(keyText(policy), policy);
  for (const { kind, at } of notes)
    if (kind === "rule-skipped" && hasAction(at.resource, filter, sighting.mesh))
      keys.set(keyText(at.resource), at.resource);
  const rulesOf = (rules: readonly Rule[], id: string): readonly Rule[] =>
    reached ? rules.filter(({ policy }) => keyText(policy) === id) : [];
  return [...keys].map(([id, key]) => {
    const isTried = tried.some(({ policy }) => keyText(policy) === id);
    return {
      key,
      action: actionOf(key, filter, sighting.mesh),
      ...(isTried ? { dryRun: true } : {}),
      rules: rulesOf(isTried ? tried : enforced, id).map((rule) => explainRule(rule, sighting)),
      notes: notes.filter(
        ({ at, kind }) => keyText(at.resource) === id && kind !== "policy-not-bound",
      ),
    };
  });
}

function hasAction(
  key: ResourceKey,
  filter: Exclude<Filter, { kind: "jwt" }>,
  mesh: Mesh,
): boolean {
  const action = policyAt(mesh, { resource: key, path: [] })?.spec.action ?? "ALLOW";
  return filter.kind === "ext-authz" ? action === "CUSTOM" : action === filter.action;
}

function actionOf(key: ResourceKey, filter: Exclude<Filter, { kind: "jwt" }>, mesh: Mesh): Action {
  const written = policyAt(mesh, { resource: key, path: [] })?.spec.action;
  return written ?? (filter.kind === "ext-authz" ? "CUSTOM" : filter.action);
}

/** That no policy of a kind binds is worth a line: of tokens, of DENY and of ALLOW. */
function withEmpty(
  filters: readonly ExplainedLayer[],
  chain: FilterChain | undefined,
): readonly ExplainedLayer[] {
  if (chain === undefined) return filters;
  const always: readonly Layer[] =
    chain.kind === "http" ? ["jwt", "deny", "allow"] : ["deny", "allow"];
  const has = (layer: Layer): boolean =>
    filters.some((filter) => filter.layer === layer && !isCustomDenial(filter));
  const missing = always
    .filter((layer) => !has(layer))
    .map((layer): ExplainedLayer => ({ layer, result: "no-policy", by: [], policies: [] }));
  return [...filters, ...missing].toSorted((a, b) => order(a) - order(b));
}

/** Where a provider cannot be asked, a DENY stands in the place of its CUSTOM policies. */
function isCustomDenial({ layer, policies }: ExplainedLayer): boolean {
  return (
    layer === "deny" && policies.length > 0 && policies.every(({ action }) => action === "CUSTOM")
  );
}

const ranks: readonly Layer[] = ["mtls", "custom", "jwt", "audit", "deny", "allow"];

function order(layer: ExplainedLayer): number {
  return ranks.indexOf(isCustomDenial(layer) ? "custom" : layer.layer);
}
