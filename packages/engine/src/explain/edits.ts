import type { AccessRequest, EvaluateOptions } from "../model/access-request.ts";
import type { Decision } from "../model/fact.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { JwtProvider } from "../model/program.ts";
import type { RuleRef } from "../model/verdict.ts";
import { bindingEdits } from "./binding-edits.ts";
import type { Edit, ExplainedHop, ExplainedLayer, ExplainedRule, NearMiss } from "./explanation.ts";
import { tokenEdits, transportEdits } from "./layer-edits.ts";
import { nearMisses } from "./near-miss.ts";
import { broken, fulfilled } from "./policy-edits.ts";
import { type Around, type Proposal, proposalsFor } from "./proposals.ts";
import { requestEdit, tried } from "./request-edits.ts";
import type { Turning } from "./verify.ts";

/** A decision whose near misses and smallest changes are looked for. */
export interface Decided {
  readonly mesh: Mesh;
  readonly request: AccessRequest;
  readonly options: EvaluateOptions;
  readonly decision: Decision;
  readonly hops: readonly ExplainedHop[];
  readonly settled: boolean; // false: it is one of several that are possible, and no change is looked for
}

/** What came close to another decision, and the smallest changes that turn it. */
export interface Turned {
  readonly near: readonly NearMiss[];
  readonly edits: readonly Edit[];
}

/** So many changes of each kind are told of. */
const most = 3;

/** What came close, and what turns the decision: each change was evaluated. Of what is not decided, nothing. */
export function turnsOf({ decision, hops, settled, ...asked }: Decided): Turned {
  const hop = decidingHop(hops);
  if (hop === undefined || (decision !== "allow" && decision !== "deny"))
    return { near: [], edits: [] };
  const turning: Turning = { ...asked, wanted: decision === "allow" ? "deny" : "allow" };
  const near = nearOf(hop, decision);
  if (!settled) return { near, edits: [] };
  const edits = decision === "deny" ? opening(hop, near, turning) : closing(hop, near, turning);
  const some = (kind: Edit["kind"]): readonly Edit[] =>
    once(edits.filter((edit) => edit.kind === kind)).slice(0, most);
  return { near, edits: [...some("request"), ...some("policy")] };
}

/** The hop that refused, else the last one. */
export function decidingHop(hops: readonly ExplainedHop[]): ExplainedHop | undefined {
  return hops.find(({ layers }) => layers.some(refuses)) ?? hops.at(-1);
}

function once(edits: readonly Edit[]): readonly Edit[] {
  const known = new Map(edits.toReversed().map((edit) => [JSON.stringify(edit.changes), edit]));
  return [...known.values()].toReversed();
}

function refuses({ result }: ExplainedLayer): boolean {
  return result === "refuse";
}

/** For a denial by default the ALLOW rules; for an allowance the DENY rules. */
function nearOf({ layers }: ExplainedHop, decision: "allow" | "deny"): readonly NearMiss[] {
  if (decision === "allow")
    return layers.filter(({ layer }) => layer === "deny").flatMap(nearMisses);
  const refusing = layers.find(refuses);
  return refusing?.layer === "allow" ? nearMisses(refusing) : [];
}

/** What would let a denied request in. */
function opening(hop: ExplainedHop, near: readonly NearMiss[], turning: Turning): readonly Edit[] {
  const refusing = hop.layers.find(refuses);
  const around = aroundOf(hop, turning);
  switch (refusing?.layer) {
    case "allow":
      return [
        ...near.flatMap((miss) => nearEdits(miss, refusing, turning, around)),
        ...bindingEdits(hop.unbound, proxyOf(hop), turning),
      ];
    case "deny":
      return refusing.by.flatMap((ref) => awayFrom(ruleOf(refusing, ref), turning, around));
    case "jwt":
      return tokenEdits(turning, around);
    case "mtls":
      return transportEdits(hop, turning);
    case "custom":
      return providerEdits(refusing, turning);
    default:
      return [];
  }
}

/** What would keep an allowed request out. */
function closing(hop: ExplainedHop, near: readonly NearMiss[], turning: Turning): readonly Edit[] {
  const around = aroundOf(hop, turning);
  const deny = hop.layers.filter(({ layer }) => layer === "deny");
  const allow = hop.layers.filter(({ layer, result }) => layer === "allow" && result === "pass");
  return [
    ...near.flatMap((miss) => deny.flatMap((layer) => nearEdits(miss, layer, turning, around))),
    ...allow.flatMap((layer) =>
      layer.by.flatMap((ref) => {
        const rule = ruleOf(layer, ref);
        return rule === undefined ? [] : broken(rule, turning, false);
      }),
    ),
    ...bindingEdits(hop.unbound, proxyOf(hop), turning),
  ];
}

function proxyOf({ hop }: ExplainedHop): Parameters<typeof bindingEdits>[1] {
  const proxy = hop.told?.program.proxy;
  const [namespace = "", name = ""] = hop.proxy.split("/");
  const nobody = { kind: "sidecar", serviceAccount: "", addresses: [], ports: [] } as const;
  return proxy ?? { ...nobody, namespace, name, labels: {} };
}

function aroundOf({ layers }: ExplainedHop, { mesh, request }: Turning): Around {
  const providers = layers.flatMap(({ jwt }): readonly JwtProvider[] => jwt?.providers ?? []);
  return { mesh, request, providers };
}

/** The request, and then the rule, changed so that they meet. */
function nearEdits(
  { rule: ref, failing }: NearMiss,
  layer: ExplainedLayer,
  turning: Turning,
  around: Around,
): readonly Edit[] {
  const rule = ruleOf(layer, ref);
  if (rule === undefined) return [];
  const request = requestEdit(failing, true, turning, around);
  const policy = fulfilled(rule, failing, turning);
  return [...(request ? [request] : []), ...(policy ? [policy] : [])];
}

/** The request, or the rule, changed so that the rule no longer takes it: one condition is enough. */
function awayFrom(
  rule: ExplainedRule | undefined,
  turning: Turning,
  around: Around,
): readonly Edit[] {
  if (rule === undefined) return [];
  const conditions = rule.parts.flatMap(({ alternatives }) =>
    alternatives.filter(({ holds }) => holds).flatMap((each) => each.conditions),
  );
  const requests = conditions.flatMap((condition) => {
    const proposals: readonly Proposal[] = proposalsFor(condition, false, around);
    for (const proposal of proposals) {
      const edit = tried([proposal], turning);
      if (edit !== undefined) return [edit];
    }
    return [];
  });
  return [...requests, ...broken(rule, turning, true)];
}

function ruleOf({ policies }: ExplainedLayer, ref: RuleRef): ExplainedRule | undefined {
  return policies
    .filter(({ key }) => keyText(key) === keyText(ref.policy))
    .flatMap(({ rules }) => rules)
    .find(({ ref: other }) => other.rule === ref.rule);
}

function providerEdits({ provider }: ExplainedLayer, turning: Turning): readonly Edit[] {
  if (provider === undefined) return [];
  const proposal: Proposal = {
    change: { part: `providers.${provider}`, becomes: "allow" },
    apply: ({ request, tokens }) => ({
      request: { ...request, providers: { ...request.providers, [provider]: "allow" } },
      tokens,
    }),
  };
  const edit = tried([proposal], turning);
  return edit === undefined ? [] : [edit];
}
