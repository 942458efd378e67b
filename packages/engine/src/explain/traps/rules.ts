import { rootNamespace } from "../../istiod/attach-rules.ts";
import type { Note, NoteCode } from "../../model/note.ts";
import { keyText, type Place, type ResourceKey } from "../../model/place.ts";
import type { PolicyRule } from "../../model/policy.ts";
import type { RuleRef } from "../../model/verdict.ts";
import { policyAt } from "../written.ts";
import {
  type Detector,
  decidingRules,
  layerOf,
  noteOf,
  policiesOf,
  refusing,
  type Scene,
} from "./scene.ts";

/** Two list items are two rules. */
export const splitRule: Detector = (scene) => {
  for (const ref of decidingRules(scene)) {
    const other = otherHalf(ref, scene);
    if (other === undefined) continue;
    const verb = refusing(scene) === undefined ? "lets in" : "keeps out";
    const text = `Rule ${ref.rule} has only ${other.has}, and rule ${other.index} only ${other.lacks}: each - starts a rule of its own, and rule ${ref.rule} alone ${verb} this request. If both were meant, take the - before the second one away.`;
    return { id: "each-dash-is-a-rule-of-its-own", text, at: other.at };
  }
  return undefined;
};

/** One of two rules that may have been meant as one. */
export interface Half {
  readonly index: number;
  readonly has: string;
  readonly lacks: string;
  readonly at: Place;
}

/** The rule next to one that has only `from`, or only `to`, which has only the other. */
export function otherHalf(
  { at, rule: index }: RuleRef,
  { mesh }: Pick<Scene, "mesh">,
): Half | undefined {
  const rules = policyAt(mesh, at)?.spec.rules ?? [];
  const own = only(rules[index]);
  if (own === undefined) return undefined;
  for (const neighbour of [index + 1, index - 1]) {
    const other = only(rules[neighbour]);
    if (other === undefined || other === own) continue;
    const place = { resource: at.resource, path: ["spec", "rules", Math.max(index, neighbour)] };
    return { index: neighbour, has: own, lacks: other, at: place };
  }
  return undefined;
}

function only(rule: PolicyRule | null | undefined): "from" | "to" | undefined {
  const { from = [], to = [], when = [] } = rule ?? {};
  if (when.length > 0 || from.length > 0 === to.length > 0) return undefined;
  return from.length > 0 ? "from" : "to";
}

/** What only HTTP has, on a TCP port. */
export const httpOnTcp: Detector = (scene) => {
  if (scene.hop.chain?.chain?.kind !== "tcp") return undefined;
  const note = scene.hop.hop.notes.find(
    (each) => each.because === "http-on-tcp" && isDecisive(each, scene),
  );
  if (note === undefined) return undefined;
  const { at, kind } = note;
  const id = "http-conditions-cannot-be-seen-on-tcp";
  const port = scene.hop.hop.told?.connection.destinationPort ?? "";
  if (kind === "rule-skipped") {
    const text = `Port ${port} is TCP to Istio, and the rule asks for something of HTTP: an ALLOW rule is left out there, and what it should let in is denied. Name the port so that Istio knows it speaks HTTP (http-..., or appProtocol).`;
    return { id, text, at };
  }
  const text = `Port ${port} is TCP to Istio, and the rule asks for something of HTTP: that part is left out, and what is left of a DENY matches more than was meant. Give the rule the ports that it is about.`;
  return { id, text, at };
};

/** Whether what was left out is of the rule that denied, or of an ALLOW policy where nothing allowed. */
function isDecisive({ at, kind }: Note, scene: Scene): boolean {
  const layer = refusing(scene);
  if (layer === undefined) return false;
  const own = (key: ResourceKey): boolean => keyText(key) === keyText(at.resource);
  if (kind !== "rule-skipped")
    return layer.by.some(({ policy, rule }) => own(policy) && rule === at.path[2]);
  return layer.layer === "allow" && layer.policies.some(({ key }) => own(key));
}

/** An ALLOW policy closes what it does not allow. */
export const allowClosesTheRest: Detector = (scene) => {
  const layer = refusing(scene);
  if (layer?.layer !== "allow" || layer.by.length > 0) return undefined;
  const [nearest] = scene.near;
  if (nearest !== undefined && nearest.failing.length < 2) return undefined;
  const wide = layer.policies.filter(({ key }) => isWide(scene, { resource: key, path: [] }));
  const [policy] = wide.length > 0 ? wide : layer.policies;
  if (policy === undefined) return undefined;
  const { namespace, name } = policy.key;
  const reach =
    namespace === rootNamespace(scene.mesh)
      ? ", which applies in the whole mesh"
      : isWide(scene, { resource: policy.key, path: [] })
        ? `, which applies to every workload of ${namespace}`
        : "";
  const text = `Once any ALLOW policy applies, what no rule allows is denied: here that is ${namespace}/${name}${reach}. ALLOW policies add up; none of them takes away what another one allows.`;
  return {
    id: "an-allow-policy-denies-the-rest",
    text,
    at: { resource: policy.key, path: ["spec"] },
  };
};

function isWide({ mesh }: Scene, at: Place): boolean {
  return Object.keys(policyAt(mesh, at)?.spec.selector?.matchLabels ?? {}).length === 0;
}

/** No ALLOW overrides a DENY. */
export const denyWins: Detector = (scene) => {
  const layer = refusing(scene);
  if (layer?.layer !== "deny") return undefined;
  const [rule] = layer.by;
  const root = rootNamespace(scene.mesh);
  if (rule === undefined || rule.policy.namespace !== root) return undefined;
  const text = `The DENY is of the root namespace ${root} and applies in the whole mesh. No ALLOW policy overrides a DENY; only an exception in the DENY itself does.`;
  return { id: "no-allow-overrides-a-deny", text, at: rule.at };
};

/** A key that istiod does not know. */
export const unknownKey: Detector = (scene) => {
  const note = noteOf(scene, "unknown-key", "malformed-key");
  if (note === undefined) return undefined;
  const text =
    "istiod leaves out a whole rule of which it does not know a key. Of a DENY nothing is left, and an ALLOW lets nobody in.";
  return { id: "a-rule-with-an-unknown-key-is-left-out", text, at: note.at };
};

/** A provider's yes is not the last word. */
export const customIsNotEnough: Detector = (scene) => {
  const custom = layerOf(scene, "custom");
  const layer = refusing(scene);
  if (custom?.result !== "pass" || layer?.layer !== "allow") return undefined;
  const text =
    "The external authorizer let the request through, and that is not enough: once an ALLOW policy applies, a rule of it must match as well.";
  return { id: "custom-comes-first-and-is-not-enough", text };
};

const providerTexts: Partial<Readonly<Record<NoteCode, string>>> = {
  "no-provider": "The mesh config declares no extension provider of this name",
  "unusable-provider": "istiod cannot use the extension provider",
  "several-providers": "CUSTOM policies of several providers apply to one workload",
};

/** CUSTOM policies that deny because of their provider. */
export const badProvider: Detector = (scene) => {
  const note = noteOf(scene, "no-provider", "unusable-provider", "several-providers");
  const layer = refusing(scene);
  const isCustom = layer?.policies.some(({ action }) => action === "CUSTOM") ?? false;
  if (note === undefined || !isCustom) return undefined;
  const said = providerTexts[note.because] ?? "";
  const text = `${said}: istiod then denies whatever the policies would have asked about.`;
  return { id: "a-custom-policy-without-its-provider-denies", text, at: note.at };
};

/** What is only tried decides nothing. */
export const onlyTried: Detector = (scene) => {
  const policy = policiesOf(scene).find(
    ({ dryRun, rules, action }) =>
      dryRun === true &&
      rules.some(({ holds }) => holds) &&
      (action === "DENY") === (scene.decision === "allow"),
  );
  if (policy === undefined) return undefined;
  const { namespace, name } = policy.key;
  const text = `${namespace}/${name} matches and is only tried: its annotation istio.io/dry-run makes that it decides nothing.`;
  const at = { resource: policy.key, path: ["metadata", "annotations", "istio.io/dry-run"] };
  return { id: "a-dry-run-policy-decides-nothing", text, at };
};
