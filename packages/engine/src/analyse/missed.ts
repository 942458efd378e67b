import { rootNamespace } from "../istiod/attach-rules.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import type { Point, PointDiff } from "./api.ts";
import { together } from "./made-workloads.ts";
import { madePoint } from "./points.ts";

type Labels = Readonly<Record<string, string>>;
type Policy = Resource<Attachment>;

/**
 * Where not every combination of selectors was looked at: one that a changed policy is part of, if there is any. What such workloads
 * meet is not compared.
 */
export function missedBy(
  changed: readonly Policy[],
  all: readonly Policy[],
  points: readonly Point[],
  mesh: Mesh,
): readonly PointDiff[] {
  const known = new Set(points.map(({ proxy }) => keyOf(proxy.namespace, proxy.labels)));
  const root = rootNamespace(mesh);
  for (const { key, spec } of changed) {
    const own = labelsOf(spec);
    const near = all.filter((each) => [key.namespace, root].includes(each.key.namespace));
    for (const other of near) {
      const both = together(own, labelsOf(other.spec));
      if (!both || known.has(keyOf(key.namespace, both))) continue;
      return madePoint(key.namespace, both).map((point) => ({
        points: [point],
        changes: [],
        undecided: [{ because: "budget", text: unseen }],
      }));
    }
  }
  return [];
}

const unseen =
  "more than 64 combinations of selectors in the namespace: this one and others were not compared";

function labelsOf({ selector }: Attachment): Labels {
  return selector?.matchLabels ?? {};
}

function keyOf(namespace: string, labels: Labels): string {
  return JSON.stringify([
    namespace,
    ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
