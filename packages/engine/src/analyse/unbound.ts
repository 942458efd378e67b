import { rootNamespace } from "../istiod/attach-rules.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import { waypointOf } from "../kubernetes/waypoint.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import { type BehaviourName, behaviours } from "../release/behaviours.ts";
import { behaves } from "../release.ts";
import type { AnalyseOptions, Point, PointDiff } from "./api.ts";
import { missedBy } from "./missed.ts";
import { madePoint, type Points } from "./points.ts";

const behaviourNames = Object.keys(behaviours) as readonly BehaviourName[];

type Policy = Resource<Attachment>;
type Ref = NonNullable<Attachment["targetRefs"]>[number];

/** Policies that two meshes do not share, and that bind to nothing which is loaded. */
export interface Unbound {
  readonly points: readonly Point[]; // that stand for the workloads they select
  readonly open: readonly PointDiff[]; // those attached to what is not loaded
}

/** What a comparison of the loaded workloads would not see: a change of a policy for others. */
export function unboundIn(
  [before, after]: readonly [Mesh, Mesh],
  { points, cut }: Points,
  options: AnalyseOptions,
): Unbound {
  const changed = [
    ...changedIn(before, after).map((policy) => ({ policy, mesh: before })),
    ...changedIn(after, before).map((policy) => ({ policy, mesh: after })),
  ];
  const made = new Map<string, Point>();
  const open = new Map<string, PointDiff>();
  for (const { policy, mesh } of changed) {
    const refs = refsOf(policy);
    if (refs.length > 0 && !refs.some((ref) => isAttached(ref, policy, mesh, points)))
      noteOpen(policy, refs, open);
    if (refs.length > 0 || isBound(policy, mesh, points)) continue;
    for (const point of standIn(policy, mesh, options)) made.set(point.name, point);
  }
  const extra = [...made.values()];
  const all = [...policiesOf(before), ...policiesOf(after)];
  const selecting = changed.flatMap(({ policy }) => (refsOf(policy).length > 0 ? [] : [policy]));
  const missed = cut ? missedBy(selecting, all, [...points, ...extra], before) : [];
  return { points: extra, open: [...open.values(), ...missed] };
}

/** The policies of a mesh that the other does not have, or that may mean something else there. */
function changedIn(mesh: Mesh, other: Mesh): readonly Policy[] {
  const own = policiesOf(mesh);
  if (!behaveAlike(mesh, other)) return own;
  const others = new Set(policiesOf(other));
  const rest = own.filter((policy) => !others.delete(policy));
  const texts = new Set([...others].map(textOf));
  return rest.filter((policy) => !texts.has(textOf(policy)));
}

function behaveAlike(mesh: Mesh, other: Mesh): boolean {
  const [{ release }, { release: its }] = [mesh, other];
  const isSame = release.istio === its.istio && release.envoy === its.envoy;
  return isSame || behaviourOf(mesh) === behaviourOf(other);
}

/** All that is known to differ between releases. */
function behaviourOf({ release }: Mesh): string {
  return behaviourNames.filter((name) => behaves(release, name)).join();
}

function textOf({ key, spec, annotations }: Policy): string {
  return JSON.stringify([keyText(key), spec, annotations]);
}

function policiesOf(mesh: Mesh): readonly Policy[] {
  return [
    ...mesh.authorizationPolicies,
    ...mesh.requestAuthentications,
    ...mesh.peerAuthentications,
  ];
}

function refsOf({ spec }: Policy): readonly Ref[] {
  const { targetRef, targetRefs = [] } = spec;
  return targetRefs.length > 0 || !targetRef ? targetRefs : [targetRef];
}

/** Whether it selects anything that is loaded, be it that nothing is enforced there. */
function isBound(policy: Policy, mesh: Mesh, points: readonly Point[]): boolean {
  const workloads = mesh.inventory.workloads.map(({ key, labels }) => ({
    namespace: key.namespace,
    labels,
  }));
  return [...points.map(({ proxy }) => proxy), ...workloads].some((each) =>
    isSelected(policy, each, mesh),
  );
}

function isSelected(
  { key, spec }: Policy,
  proxy: Pick<Point["proxy"], "namespace" | "labels">,
  mesh: Mesh,
): boolean {
  const isThere = key.namespace === rootNamespace(mesh) || key.namespace === proxy.namespace;
  const labels = Object.entries(spec.selector?.matchLabels ?? {});
  return isThere && labels.every(([name, value]) => proxy.labels[name] === value);
}

function standIn(
  { key, spec }: Policy,
  mesh: Mesh,
  { dataPlane }: AnalyseOptions,
): readonly Point[] {
  const namespace = key.namespace === rootNamespace(mesh) ? "default" : key.namespace;
  return madePoint(namespace, spec.selector?.matchLabels ?? {}, dataPlane);
}

/** Whether a proxy that is loaded is what a policy is attached to. */
function isAttached(
  ref: Ref,
  { key }: Policy,
  { inventory }: Mesh,
  points: readonly Point[],
): boolean {
  const { kind = "", name = "" } = ref ?? {};
  if (kind === "GatewayClass") return points.some(({ proxy }) => proxy.kind === "waypoint");
  if (kind === "Gateway")
    return points.some(
      ({ proxy }) => proxy.namespace === key.namespace && proxy.labels[gatewayNameLabel] === name,
    );
  const object = [...inventory.services, ...inventory.others].find(
    (each) =>
      each.key.kind === kind && each.key.namespace === key.namespace && each.key.name === name,
  );
  return object !== undefined && waypointOf(inventory, object, "service") !== undefined;
}

function noteOpen({ key }: Policy, refs: readonly Ref[], open: Map<string, PointDiff>): void {
  const { namespace } = key;
  const names = refs.map((ref) => `${ref?.kind ?? ""} ${namespace}/${ref?.name ?? ""}`).join(", ");
  const [first] = refs;
  const name = `${(first?.kind ?? "").toLowerCase()}/${namespace}/${first?.name ?? ""}`;
  const text = `${key.kind} ${namespace}/${key.name} may do something else on the other side, and no proxy that is loaded is ${names}`;
  const known = open.get(name);
  const undecided = [...(known?.undecided ?? []), { because: "not-modelled", text } as const];
  const once = [...new Map(undecided.map((each) => [each.text, each])).values()];
  const proxy: Point["proxy"] = {
    kind: "waypoint",
    namespace,
    name: first?.name ?? "",
    labels: {},
    serviceAccount: "",
    addresses: [],
    ports: [],
  };
  open.set(name, { points: [{ name, proxy, made: true }], changes: [], undecided: once });
}
