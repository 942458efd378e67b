import { bindingOf, rootNamespace } from "../istiod/attach-rules.ts";
import { selects } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { TargetRef } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { type Body, labels, mapping, mappings, text } from "./body.ts";
import type { Inquiry } from "./inquiry.ts";
import { addsToGateway } from "./unread-objects.ts";

const harmless = "decides nothing";

/**
 * What may change anything on a proxy: an EnvoyFilter, WasmPlugin or TrafficExtension that acts on what comes in there, or at a
 * sidecar on what goes out (ctx:5.5); what gives a gateway more listeners and routes. Each is a question of its own, because no file says what it does. What comes back names one that
 * may decide.
 */
export function mayDecide(
  mesh: Mesh,
  proxy: Proxy,
  { ask }: Inquiry,
  side: "inbound" | "outbound" = "inbound",
): string | undefined {
  const filter = decidersAt(mesh, proxy, side).find(({ key }) => {
    const id = `filters:${key.kind}/${key.namespace}/${key.name}`;
    return ask({ id, candidates: [harmless, "may decide"] }) !== harmless;
  });
  return filter && `${filter.key.kind} ${filter.key.namespace}/${filter.key.name} may decide`;
}

/** The objects that may. */
export function decidersAt(
  mesh: Mesh,
  proxy: Proxy,
  side: "inbound" | "outbound" = "inbound",
): readonly Other[] {
  if (proxy.kind === "ztunnel" || proxy.kind === "proxyless") return [];
  return candidates(mesh.inventory.others).filter(
    (object) => actsOn(mesh, object, proxy, side) || addsToGateway(mesh, object, proxy),
  );
}

/** The kinds of objects that may. */
export const decidingKinds: ReadonlySet<string> = new Set([
  "EnvoyFilter",
  "WasmPlugin",
  "TrafficExtension",
  "Ingress",
  "ListenerSet",
]);

const known = new WeakMap<readonly Other[], readonly Other[]>();

/** Looked for once in all that is loaded. */
function candidates(others: readonly Other[]): readonly Other[] {
  const before = known.get(others);
  if (before !== undefined) return before;
  const made = others.filter(({ key }) => decidingKinds.has(key.kind));
  known.set(others, made);
  return made;
}

const kinds: ReadonlySet<string> = new Set(["EnvoyFilter", "WasmPlugin", "TrafficExtension"]);

/** istio/istio:pilot/pkg/model/push_context.go getMatchedEnvoyFilters, extensions.go WasmPluginsByListenerInfo. */
function actsOn(
  mesh: Mesh,
  { key, labels: own, body }: Other,
  proxy: Proxy,
  side: "inbound" | "outbound",
): boolean {
  if (!kinds.has(key.kind)) return false;
  if (![rootNamespace(mesh), proxy.namespace].includes(key.namespace)) return false;
  const spec = mapping(body, "spec");
  if (!(side === "inbound" ? actsInbound(spec, proxy) : actsOutbound(spec))) return false;
  const matchLabels = {
    ...labels(mapping(spec, "workloadSelector"), "labels"),
    ...labels(mapping(spec, "selector"), "matchLabels"),
  };
  const targetRefs = mappings(spec, "targetRefs").map(reference);
  const single = "targetRef" in spec ? { targetRef: reference(mapping(spec, "targetRef")) } : {};
  const attachment = { selector: { matchLabels }, targetRefs, ...single };
  const unbound = bindingOf(
    { key, labels: own, annotations: {}, spec: attachment },
    { mesh, proxy },
  );
  if (unbound === undefined) return true;
  const unsure = ["waypoint-without-target", "gateway-selector-off"].includes(unbound.because);
  return unsure && selects(matchLabels, proxy.labels);
}

function reference(body: Body): TargetRef {
  return {
    kind: text(body, "kind") ?? "",
    name: text(body, "name") ?? "",
    group: text(body, "group") ?? "",
  };
}

/** Patches say where they apply, and so do the matches of a plugin; a sidecar's outbound side does not see what comes in. */
function actsInbound(spec: Body, { kind }: Proxy): boolean {
  const patches = mappings(spec, "configPatches");
  if (patches.length > 0) return patches.some((patch) => isAbout(patch, kind));
  const modes = mappings(spec, "match").map((match) => text(match, "mode"));
  return kind !== "sidecar" || modes.length === 0 || modes.some((mode) => mode !== "CLIENT");
}

/** What is for the way out of a sidecar, or for any. */
function actsOutbound(spec: Body): boolean {
  const patches = mappings(spec, "configPatches");
  const context = (patch: Body): string => text(mapping(patch, "match"), "context") ?? "ANY";
  if (patches.length > 0)
    return patches.some((patch) => ["ANY", "SIDECAR_OUTBOUND"].includes(context(patch)));
  const modes = mappings(spec, "match").map((match) => text(match, "mode"));
  return modes.length === 0 || modes.some((mode) => mode !== "SERVER");
}

const contexts: Readonly<Record<string, Proxy["kind"]>> = {
  SIDECAR_INBOUND: "sidecar",
  GATEWAY: "gateway",
  WAYPOINT: "waypoint",
};

function isAbout(patch: Body, kind: Proxy["kind"]): boolean {
  const context = text(mapping(patch, "match"), "context") ?? "ANY";
  if (context === "SIDECAR_OUTBOUND") return false;
  return (contexts[context] ?? kind) === kind;
}
