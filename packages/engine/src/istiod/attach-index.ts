import { selects } from "../kubernetes/service.ts";
import type { Mesh } from "../model/mesh.ts";
import { compareBytes } from "../model/place.ts";
import type { Attachment, Resource } from "../model/policy.ts";

/** A policy of any kind that says where it applies. */
export type Attachable = Resource<Attachment>;

/** The policies of one kind by what a proxy looks them up with. */
export interface PolicyIndex<Policy> {
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>; // by age
  /** Those of a namespace, by age, without the ones whose selector asks for labels that are not there: they never bind. */
  readonly perhaps: (
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ) => readonly Policy[];
  /** Those with a selector that labels fulfil, in any namespace. */
  readonly selecting: (labels: Readonly<Record<string, string>>) => readonly Policy[];
}

/** The index of the policies of a mesh, made once for each mesh. */
export function groupedOnce<Policy extends Attachable>(
  policiesOf: (mesh: Mesh) => readonly Policy[],
): (mesh: Mesh) => PolicyIndex<Policy> {
  const made = new WeakMap<Mesh, PolicyIndex<Policy>>();
  return (mesh) => {
    const known = made.get(mesh);
    if (known !== undefined) return known;
    const index = indexOf(policiesOf(mesh));
    made.set(mesh, index);
    return index;
  };
}

function indexOf<Policy extends Attachable>(policies: readonly Policy[]): PolicyIndex<Policy> {
  const sorted = policies.toSorted(byAge);
  const byNamespace = grouped(sorted, ({ key }) => key.namespace);
  const ages = new Map(sorted.map((policy, age) => [policy, age]));
  const narrow = grouped(sorted, (policy) => `${policy.key.namespace}\n${askedFor(policy)}`);
  const perhaps: PolicyIndex<Policy>["perhaps"] = (namespace, labels) =>
    ["", ...Object.entries(labels).map(labelText)]
      .flatMap((label) => narrow.get(`${namespace}\n${label}`) ?? [])
      .sort((a, b) => (ages.get(a) ?? 0) - (ages.get(b) ?? 0));
  const withSelector = policies.filter((policy) => firstLabel(policy) !== undefined);
  const byLabel = grouped(withSelector, (policy) => firstLabel(policy) ?? "");
  const selecting: PolicyIndex<Policy>["selecting"] = (labels) =>
    Object.entries(labels)
      .flatMap((pair) => byLabel.get(labelText(pair)) ?? [])
      .filter(({ spec }) => selects(spec.selector?.matchLabels ?? {}, labels));
  return { byNamespace, perhaps, selecting };
}

/** A label without which a policy does not bind. What names its targets may bind to anything. */
function askedFor(policy: Attachable): string {
  const { targetRef, targetRefs = [] } = policy.spec;
  return targetRef || targetRefs.length > 0 ? "" : (firstLabel(policy) ?? "");
}

function firstLabel({ spec }: Attachable): string | undefined {
  const [pair] = Object.entries(spec.selector?.matchLabels ?? {});
  return pair && labelText(pair);
}

function labelText([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}

/** The elements by a text, in their order. */
function grouped<Element>(
  elements: readonly Element[],
  textOf: (element: Element) => string,
): ReadonlyMap<string, readonly Element[]> {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const text = textOf(element);
    const group = groups.get(text);
    if (group) group.push(element);
    else groups.set(text, [element]);
  }
  return groups;
}

/**
 * Oldest first, then by name, then by namespace. What has no timestamp is not in a cluster yet, and younger than what has one.
 * Follows istio/istio:pilot/pkg/model/config.go configCompareByCreationTime (an:PA-7).
 */
export function byAge(a: Resource<unknown>, b: Resource<unknown>): number {
  const left = a.createdAt ?? Number.MAX_VALUE;
  const right = b.createdAt ?? Number.MAX_VALUE;
  return (
    left - right ||
    compareBytes(a.key.name, b.key.name) ||
    compareBytes(a.key.namespace, b.key.namespace)
  );
}
