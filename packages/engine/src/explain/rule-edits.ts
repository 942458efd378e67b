import { keyText } from "../model/place.ts";
import type { JwtProvider, Proxy } from "../model/program.ts";
import type { RuleRef } from "../model/verdict.ts";
import type { Edit, ExplainedHop, ExplainedLayer, ExplainedRule, NearMiss } from "./explanation.ts";
import { broken, fulfilled } from "./policy-edits.ts";
import { type Around, type Proposal, proposalsFor } from "./proposals.ts";
import { joinedRules, repairs } from "./repairs.ts";
import { requestEdit, tried } from "./request-edits.ts";
import { settingsFor } from "./settings.ts";
import { presentClaims } from "./token-edit.ts";
import { otherHalf } from "./traps/rules.ts";
import type { Turning } from "./verify.ts";

/** The request, and then the rule, changed so that they meet. */
export function nearEdits(
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
export function awayFrom(
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

/** The conditions of the nearest rules as they were probably meant. */
export function repaired(
  hop: ExplainedHop,
  near: readonly NearMiss[],
  turning: Turning,
): readonly Edit[] {
  const [provider] = aroundOf(hop, turning).providers;
  const besides = {
    servicePort: hop.chain?.port?.service?.port,
    provider,
    claims: provider && presentClaims(turning.request, provider),
  };
  return near.flatMap(({ failing }) => [
    ...repairs(failing, besides, turning),
    ...(failing.length === 1 ? settingsFor(failing, turning) : []),
  ]);
}

/** A rule made one with its neighbour, where each has one half. */
export function united(rule: ExplainedRule | undefined, turning: Turning): readonly Edit[] {
  const other = rule && otherHalf(rule.ref, turning);
  const edit = rule && other && joinedRules(rule, other.index, turning);
  return edit === undefined ? [] : [edit];
}

/** The rule of a layer that a reference means. */
export function ruleOf({ policies }: ExplainedLayer, ref: RuleRef): ExplainedRule | undefined {
  return policies
    .filter(({ key }) => keyText(key) === keyText(ref.policy))
    .flatMap(({ rules }) => rules)
    .find(({ ref: other }) => other.rule === ref.rule);
}

/** What requests to a hop are changed with. */
export function aroundOf({ hop, layers }: ExplainedHop, { mesh, request }: Turning): Around {
  const providers = layers.flatMap(({ jwt }): readonly JwtProvider[] => jwt?.providers ?? []);
  return { mesh, request, providers, self: hop.proxy };
}

/** The proxy of a hop, as far as it is known. */
export function proxyOf({ hop }: ExplainedHop): Proxy {
  const proxy = hop.told?.program.proxy;
  const [namespace = "", name = ""] = hop.proxy.split("/");
  const nobody = { kind: "sidecar", serviceAccount: "", addresses: [], ports: [] } as const;
  return proxy ?? { ...nobody, namespace, name, labels: {} };
}

/** An edit, if there is one. */
export function someOf(edit: Edit | undefined): readonly Edit[] {
  return edit === undefined ? [] : [edit];
}
