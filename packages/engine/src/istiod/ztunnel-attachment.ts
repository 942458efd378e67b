import { whyUnread } from "../kubernetes/discovery.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Note, NoteCode } from "../model/note.ts";
import type { AuthorizationPolicy, Selector } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import { flagOf } from "../release/flags.ts";
import { behaves } from "../release.ts";
import { rootNamespace } from "./attach-rules.ts";
import { dryRunAnnotation, isDryRun } from "./authorization/dry-run.ts";
import { emptyOr } from "./ztunnel-fields.ts";

/** Why istiod does not send a policy to any ztunnel. `refused`: it says so in the status of the policy. */
export interface NotSent {
  readonly because: NoteCode;
  readonly at: readonly string[];
  readonly refused: boolean;
}

/** The policies that hold for a workload at its ztunnel, and a note for each that one might expect to. */
export interface ZtunnelAttachment {
  readonly bound: readonly AuthorizationPolicy[];
  readonly notes: readonly Note[];
}

/**
 * Which AuthorizationPolicies ztunnel applies to a workload: those of its namespace and the root namespace without a selector,
 * and those that istiod lists on it. `istio:pilot/pkg/serviceregistry/ambient/workloads.go#buildWorkloadPolicies`, `ztunnel:src/state.rs#assert_rbac`
 */
export function ztunnelAttachment(mesh: Mesh, workload: Proxy): ZtunnelAttachment {
  const reasons = mesh.authorizationPolicies.map((policy) => ({
    policy,
    reason: notBound(mesh, workload, policy),
  }));
  return {
    bound: reasons.flatMap(({ policy, reason }) => (reason ? [] : [policy])),
    notes: reasons.flatMap(({ policy, reason }) =>
      reason && isExpected(policy, reason, workload) ? [note(policy, reason)] : [],
    ),
  };
}

/** Of another namespace, nobody expects but what selects the workload's labels. */
function isExpected(
  { spec }: AuthorizationPolicy,
  { because }: Reason,
  { labels }: Proxy,
): boolean {
  const { selector } = spec;
  const isNamed = selector && Object.keys(selector.matchLabels ?? {}).length > 0;
  return because !== "other-namespace" || (isNamed ? selects(selector, labels) : false);
}

interface Reason {
  readonly because: NoteCode;
  readonly at: readonly string[];
  readonly effect: Note["effect"];
}

function notBound(mesh: Mesh, workload: Proxy, policy: AuthorizationPolicy): Reason | undefined {
  const { namespace } = policy.key;
  if (namespace !== rootNamespace(mesh) && namespace !== workload.namespace)
    return { because: "other-namespace", at: ["metadata", "namespace"], effect: "none" };
  const unread = whyUnread(mesh, policy);
  if (unread) return { ...unread, effect: "none" };
  const unsent = notSent(mesh, policy);
  if (unsent) return { ...unsent, effect: unenforced(unsent, policy) };
  const { selector } = policy.spec;
  if (!selector) return undefined;
  const at = ["spec", "selector"];
  if (!selector.matchLabels) return { because: "ztunnel-empty-selector", at, effect: "wider" };
  if (!hasLabels(workload) || selects(selector, workload.labels)) return undefined;
  return { because: "ztunnel-selector-mismatch", at, effect: "none" };
}

/**
 * Why ztunnel is not told of a policy at all, in istiod's order of checks: a dry run before target references, and those
 * before the action. `istio:pilot/pkg/serviceregistry/ambient/authorization.go#convertAuthorizationPolicy`
 */
export function notSent(mesh: Mesh, policy: AuthorizationPolicy): NotSent | undefined {
  if (isDryRun(policy) && !takesDryRuns(mesh))
    return {
      because: "ztunnel-dry-run-off",
      at: ["metadata", "annotations", dryRunAnnotation],
      refused: true,
    };
  const { targetRef, targetRefs, action } = policy.spec;
  if (targetRef || emptyOr(targetRefs).length > 0) {
    const at = ["spec", targetRef ? "targetRef" : "targetRefs"];
    return { because: "ztunnel-target-reference", at, refused: false };
  }
  if (action === "AUDIT" || action === "CUSTOM")
    return { because: "ztunnel-unsupported-action", at: ["spec", "action"], refused: true };
  return undefined;
}

/** CUSTOM is the only one that would have refused requests. */
function unenforced({ because }: NotSent, { spec }: AuthorizationPolicy): Note["effect"] {
  return because === "ztunnel-unsupported-action" && spec.action === "CUSTOM" ? "wider" : "none";
}

/** A workload without any label meets no label test at all: everything with a selector applies (ctx:1.9). `istio:pkg/kube/krt/filter.go` */
function hasLabels({ labels }: Proxy): boolean {
  return Object.keys(labels).length > 0;
}

/** Every label of the selector is on the workload. */
export function selects(
  { matchLabels }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(matchLabels ?? {}).every(
    ([label, value]) => Object.hasOwn(labels, label) && labels[label] === value,
  );
}

function note({ key: resource }: AuthorizationPolicy, { because, at: path, effect }: Reason): Note {
  return { kind: "policy-not-bound", because, at: { resource, path }, effect };
}

function takesDryRuns(mesh: Mesh): boolean {
  return (
    behaves(mesh.release, "ambient-dry-run") &&
    flagOf(mesh, "AMBIENT_ENABLE_DRY_RUN_AUTHORIZATION_POLICY") === true
  );
}
