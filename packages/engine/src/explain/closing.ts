import { strictMode } from "./additions.ts";
import { bindingEdits } from "./binding-edits.ts";
import type { Edit, ExplainedHop, NearMiss } from "./explanation.ts";
import { broken } from "./policy-edits.ts";
import { aroundOf, nearEdits, proxyOf, repaired, ruleOf, united } from "./rule-edits.ts";
import type { Turning } from "./verify.ts";
import { laterRelease } from "./world-edits.ts";

/** What would keep an allowed request out. */
export function closing(
  hop: ExplainedHop,
  near: readonly NearMiss[],
  turning: Turning,
): readonly Edit[] {
  const around = aroundOf(hop, turning);
  const deny = hop.layers.filter(({ layer }) => layer === "deny");
  const allow = hop.layers.filter(({ layer, result }) => layer === "allow" && result === "pass");
  return [
    ...strictMode(hop, turning),
    ...repaired(hop, near, turning),
    ...allow.flatMap((layer) => layer.by.flatMap((ref) => united(ruleOf(layer, ref), turning))),
    ...near.flatMap((miss) => deny.flatMap((layer) => nearEdits(miss, layer, turning, around))),
    ...allow.flatMap((layer) =>
      layer.by.flatMap((ref) => {
        const rule = ruleOf(layer, ref);
        return rule === undefined ? [] : broken(rule, turning, false);
      }),
    ),
    ...bindingEdits(hop.unbound, proxyOf(hop), turning),
    ...laterRelease(turning),
  ];
}
