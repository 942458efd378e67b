import { targetRefsOf } from "../../istiod/attach-rules.ts";
import { selects } from "../../kubernetes/service.ts";
import { waypointOf } from "../../kubernetes/waypoint.ts";
import { keyText } from "../../model/place.ts";
import { policyOf, wrongLabel } from "../binding-edits.ts";
import { turns } from "../verify.ts";
import { newestPatches } from "../world-edits.ts";
import { type Detector, layerOf, noteOf, refusing, type Scene } from "./scene.ts";

/** A policy binds in its own namespace. */
export const otherNamespace: Detector = (scene) => {
  const note = scene.hop.unbound.find(({ because }) => because === "other-namespace");
  const proxy = scene.hop.hop.told?.program.proxy;
  if (note === undefined || proxy === undefined || decidedByRule(scene)) return undefined;
  const { namespace, name } = note.at.resource;
  const text = `${namespace}/${name} selects these labels and does not apply: a policy applies in its own namespace, which is ${namespace} and not ${proxy.namespace}; only those of the root namespace apply everywhere.`;
  return { id: "a-policy-applies-in-its-own-namespace", text, at: note.at };
};

/** Something decided that has nothing to do with what does not bind. */
function decidedByRule(scene: Scene): boolean {
  const allow = layerOf(scene, "allow");
  const refused = refusing(scene);
  return refused === undefined ? (allow?.by.length ?? 0) > 0 : refused.by.length > 0;
}

/** A selector that nearly selects. */
export const selectorTypo: Detector = (scene) => {
  const proxy = scene.hop.hop.told?.program.proxy;
  if (proxy === undefined) return undefined;
  for (const { because, at } of scene.hop.unbound) {
    const label =
      because === "selector-mismatch"
        ? wrongLabel(policyOf(scene.mesh, keyText(at.resource)), proxy)
        : undefined;
    if (label === undefined) continue;
    const { namespace, name } = at.resource;
    const text = `${namespace}/${name} does not apply: its selector says ${label.key}: ${label.written}, and the pod has ${label.key}: ${label.value}.`;
    const place = { ...at, path: ["spec", "selector", "matchLabels", label.key] };
    return { id: "a-selector-compares-labels-of-the-pod", text, at: place };
  }
  return undefined;
};

/** Without a policy everything is allowed. */
export const nothingApplies: Detector = (scene) => {
  const none = (["deny", "allow"] as const).every(
    (layer) => layerOf(scene, layer)?.result === "no-policy",
  );
  if (scene.decision !== "allow" || !none || layerOf(scene, "custom") !== undefined)
    return undefined;
  const text =
    "No AuthorizationPolicy applies to this workload, and what no policy is about is allowed.";
  return { id: "without-a-policy-everything-is-allowed", text };
};

/** A port that takes mutual TLS only, or plaintext only. */
export const wrongTransport: Detector = (scene) => {
  const mode = scene.hop.chain?.mode;
  if (refusing(scene)?.layer !== "mtls" || mode === undefined) return undefined;
  const plain = scene.hop.hop.told?.connection.transport === "plaintext";
  if (mode.mode === "STRICT" && plain) {
    const text =
      "The port takes mutual TLS only, and the caller speaks plaintext: the connection is closed before any policy is asked, and the caller sees no status.";
    return { id: "strict-closes-plaintext-connections", text, ...(mode.by ? { at: mode.by } : {}) };
  }
  if (mode.mode !== "DISABLE" || plain) return undefined;
  const text =
    "The port takes plaintext only, and the caller speaks TLS: its proxy does not open it. Clients of the mesh notice the mode and send plaintext, unless a DestinationRule says otherwise.";
  return { id: "disable-takes-plaintext-only", text, ...(mode.by ? { at: mode.by } : {}) };
};

/** ztunnel sees connections. */
export const httpAtZtunnel: Detector = (scene) => {
  if (scene.hop.hop.point !== "ztunnel") return undefined;
  const note = noteOf(scene, "ztunnel-http-attribute");
  if (note === undefined) return undefined;
  const widened =
    refusing(scene)?.layer === "deny" && note.kind !== "rule-skipped"
      ? " What is left of this DENY rule without it matches more than was meant."
      : "";
  const text = `ztunnel sees connections and nothing of HTTP.${widened} A rule on HTTP needs a waypoint, and a policy that names the waypoint, or a Service behind it, as its target.`;
  return { id: "ztunnel-sees-nothing-of-http", text, at: note.at };
};

/** What a waypoint enforces, ztunnel does not. */
export const pastTheWaypoint: Detector = ({ mesh, hop, way }) => {
  const proxy = hop.hop.told?.program.proxy;
  const isPast = hop.hop.point === "ztunnel" && !way.some((each) => each.hop.point === "waypoint");
  if (proxy === undefined || !isPast) return undefined;
  const services = mesh.inventory.services.filter(
    ({ key, selector = {} }) =>
      key.namespace === proxy.namespace &&
      Object.keys(selector).length > 0 &&
      selects(selector, proxy.labels),
  );
  for (const { because, at } of hop.unbound) {
    const policy = policyOf(mesh, keyText(at.resource));
    if (because !== "ztunnel-target-reference" || policy === undefined) continue;
    const named = targetRefsOf(policy).refs.filter(({ kind }) => kind === "Service");
    const meant = services.find(
      ({ key }) =>
        key.namespace === policy.key.namespace && named.some(({ name }) => name === key.name),
    );
    if (meant === undefined) continue;
    const waypoint = waypointOf(mesh.inventory, meant, "service");
    const past =
      waypoint === undefined
        ? "it has none, so nothing enforces the policy (istio.io/use-waypoint on the Service or its namespace names one)"
        : `this request does not pass ${waypoint.namespace}/${waypoint.name}, which stands before what callers in the mesh send to the Service, not before a pod's own address or what a gateway leads there`;
    const text = `${policy.key.namespace}/${policy.key.name} is for the waypoint of Service ${meant.key.name}: ${past}. ztunnel is not told of policies with target references.`;
    return { id: "a-policy-with-a-target-is-for-the-waypoint", text, at };
  }
  return undefined;
};

/** Other releases decide otherwise. */
export const byRelease: Detector = (scene) => {
  const { mesh, request, options, decision } = scene;
  if (decision !== "allow" && decision !== "deny") return undefined;
  const wanted = decision === "allow" ? "deny" : "allow";
  const others = newestPatches().flatMap((release): readonly string[] => {
    if (release.istio === mesh.release.istio) return [];
    const turning = { mesh: { ...mesh, release }, request, options, wanted } as const;
    return turns(turning, {}) === undefined ? [] : [release.istio];
  });
  if (others.length === 0) return undefined;
  const word = wanted === "allow" ? "allowed" : "denied";
  const text = `With Istio ${mesh.release.istio} the request is ${wanted === "allow" ? "denied" : "allowed"}; with ${others.join(", ")} it is ${word}.`;
  return { id: "some-behaviour-depends-on-the-release", text };
};

/** Nothing stands in front of the workload. */
export const notEnforced: Detector = ({ hop }) => {
  if (hop.hop.enforced || hop.hop.outcome.kind !== "forwarded") return undefined;
  const text = `No proxy enforces anything here${hop.hop.why === undefined ? "" : ` (${hop.hop.why})`}: policies in the files change nothing for this workload.`;
  return { id: "a-workload-outside-the-mesh-enforces-nothing", text };
};
