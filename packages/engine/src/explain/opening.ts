import { exceptPort, ruleForIssuer, ruleForIt, withoutPolicy } from "./additions.ts";
import { bindingEdits } from "./binding-edits.ts";
import type { Edit, ExplainedHop, ExplainedLayer, ExplainedRule, NearMiss } from "./explanation.ts";
import { tokenEdits, transportEdits } from "./layer-edits.ts";
import type { Around, Proposal } from "./proposals.ts";
import { tried } from "./request-edits.ts";
import { retargeted } from "./retarget.ts";
import {
  aroundOf,
  awayFrom,
  nearEdits,
  proxyOf,
  repaired,
  ruleOf,
  someOf,
  united,
} from "./rule-edits.ts";
import { reachableKeys } from "./settings.ts";
import type { Turning } from "./verify.ts";
import { laterRelease, spokenAsHttp } from "./world-edits.ts";

/** What would let a denied request in. */
export function opening(
  hop: ExplainedHop,
  near: readonly NearMiss[],
  turning: Turning,
): readonly Edit[] {
  return [...atLayer(hop, near, turning), ...spokenAsHttp(hop, turning), ...laterRelease(turning)];
}

function atLayer(hop: ExplainedHop, near: readonly NearMiss[], turning: Turning): readonly Edit[] {
  const refusing = hop.layers.find(({ result }) => result === "refuse");
  const around = aroundOf(hop, turning);
  switch (refusing?.layer) {
    case "allow": {
      const edits = near.flatMap((miss) => nearEdits(miss, refusing, turning, around));
      const simple = edits.some(({ kind, changes }) => kind === "policy" && changes.length === 1);
      return [
        ...repaired(hop, near, turning),
        ...retargeted(hop, turning),
        ...edits,
        ...bindingEdits(hop.unbound, proxyOf(hop), turning),
        ...(simple ? [] : ownRule(hop, refusing, near, turning)),
      ];
    }
    case "deny":
      return [
        ...retargeted(hop, turning),
        ...refusing.by.flatMap((ref) => {
          const rule = ruleOf(refusing, ref);
          return rule === undefined ? [] : aroundDeny(hop, rule, turning, around);
        }),
      ];
    case "jwt":
      return [...reachableKeys(around, turning), ...tokenEdits(turning, around)];
    case "mtls":
      return transportEdits(hop, turning);
    case "custom":
      return providerEdits(refusing, turning);
    default:
      return [];
  }
}

/** A rule of its own for the request: not where it lacks a token that every rule wants, unless it is a preflight. */
function ownRule(
  hop: ExplainedHop,
  layer: ExplainedLayer,
  near: readonly NearMiss[],
  turning: Turning,
): readonly Edit[] {
  const wantsToken = near.some(({ failing }) =>
    failing.some(({ clause }) => tokenKinds.has(clause.attribute.kind)),
  );
  if (!wantsToken || hop.hop.saw?.method === "OPTIONS")
    return someOf(ruleForIt(hop, layer, turning));
  const tokens = hop.layers.flatMap(({ jwt }) => jwt?.tokens ?? []);
  const machine = tokens.find(
    ({ issuer, subject }) => issuer !== undefined && subject === undefined,
  );
  return machine?.issuer === undefined ? [] : someOf(ruleForIssuer(layer, machine.issuer, turning));
}

const tokenKinds: ReadonlySet<string> = new Set(["claim", "request.principal"]);

function aroundDeny(
  hop: ExplainedHop,
  rule: ExplainedRule,
  turning: Turning,
  around: Around,
): readonly Edit[] {
  return [
    ...united(rule, turning),
    ...someOf(exceptPort(hop, rule, turning)),
    ...awayFrom(rule, turning, around),
    ...someOf(withoutPolicy(hop, rule, turning)),
  ];
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
