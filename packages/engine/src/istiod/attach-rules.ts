import { whyUnread } from "../kubernetes/discovery.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import { selects } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import type { NoteCode } from "../model/note.ts";
import type { TargetRef } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { flagOf } from "../release/flags.ts";
import type { Attachable } from "./attach-index.ts";

/** What a waypoint builds chains for: policies may name it as their target. */
export interface TargetService {
  readonly kind: "Service" | "ServiceEntry";
  readonly namespace: string;
  readonly name: string; // of the object
}

/** What decides whether a policy binds. */
export interface Binding {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly service?: TargetService;
}

/** Where what is for the whole mesh lives: `""` if the mesh config says so, which is nowhere. */
export function rootNamespace({ config }: Mesh): string {
  return config.rootNamespace ?? "istio-system";
}

/** Why a policy does not bind, and the part of it that says so. */
export interface Unbound {
  readonly because: NoteCode;
  readonly at: readonly string[];
}

/**
 * Why a policy of a candidate namespace does not bind to a proxy; undefined: it does. The label with the gateway's name decides
 * which of selector and target references count. Follows istio/istio:pilot/pkg/model/policyattachment.go ShouldAttachPolicy (az:2.3).
 */
export function bindingOf(policy: Attachable, binding: Binding): Unbound | undefined {
  const { mesh, proxy } = binding;
  const unread = whyUnread(mesh, policy);
  if (unread !== undefined) return unread;
  const { refs, at } = targetRefsOf(policy);
  if (!(gatewayNameLabel in proxy.labels)) {
    if (refs.length > 0) return { because: "target-reference", at };
    return selectorMismatch(policy, proxy);
  }
  if (refs.length > 0)
    return refs.some((ref) => isTarget(ref, policy, binding))
      ? undefined
      : { because: "other-target", at };
  if (proxy.kind === "waypoint") return { because: "waypoint-without-target", at: ["spec"] };
  if (flagOf(mesh, "ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY") === false)
    return { because: "gateway-selector-off", at: ["spec"] };
  return selectorMismatch(policy, proxy);
}

/** The target references of a policy. The list counts; the single one only where the list is empty. */
export function targetRefsOf({ spec }: Pick<Attachable, "spec">): {
  readonly refs: readonly TargetRef[];
  readonly at: readonly string[];
} {
  const { targetRef, targetRefs = [] } = spec;
  if (targetRefs.length > 0) return { refs: targetRefs, at: ["spec", "targetRefs"] };
  return { refs: targetRef ? [targetRef] : [], at: ["spec", "targetRef"] };
}

function selectorMismatch({ spec }: Attachable, proxy: Proxy): Unbound | undefined {
  if (selects(spec.selector?.matchLabels ?? {}, proxy.labels)) return undefined;
  return { because: "selector-mismatch", at: ["spec", "selector"] };
}

function isTarget(ref: TargetRef, policy: Attachable, binding: Binding): boolean {
  const { mesh, proxy, service } = binding;
  const { namespace } = policy.key;
  if (proxy.kind === "waypoint") {
    if (service && isService(ref, namespace, service)) return true;
    const isClass = isKind(ref, "gateway.networking.k8s.io", "GatewayClass");
    if (isClass && ref.name === "istio-waypoint" && namespace === rootNamespace(mesh)) return true;
  }
  if (proxy.namespace !== namespace) return false;
  if (ref.namespace && ref.namespace !== proxy.namespace) return false;
  return (
    isKind(ref, "gateway.networking.k8s.io", "Gateway") &&
    ref.name === proxy.labels[gatewayNameLabel]
  );
}

function isService(ref: TargetRef, namespace: string, service: TargetService): boolean {
  const group = service.kind === "Service" ? "core" : "networking.istio.io";
  return (
    isKind(ref, group, service.kind) && ref.name === service.name && namespace === service.namespace
  );
}

/** The core group has two spellings. */
function isKind(ref: TargetRef, group: string, kind: string): boolean {
  return (ref.group || "core") === group && ref.kind === kind;
}
