import { rootNamespace } from "../istiod/attach-rules.ts";
import { policiesOf } from "../istiod/policies.ts";
import type { Mesh } from "../model/mesh.ts";

/** Workloads that stand for all there could be. `cut`: more combinations than are looked at. */
export interface MadeWorkloads {
  readonly workloads: readonly { readonly namespace: string; readonly labels: Labels }[];
  readonly cut: boolean;
}

type Labels = Readonly<Record<string, string>>;

const most = 64;

/** In each namespace with policies one workload for each combination of their selectors that labels can satisfy. */
export function madeWorkloads(meshes: readonly Mesh[]): MadeWorkloads {
  const policies = meshes.flatMap(policiesOf);
  const roots = new Set(meshes.map(rootNamespace));
  const spaces = new Set(policies.map(({ key }) => key.namespace));
  const own = [...spaces].filter((namespace) => !roots.has(namespace));
  const everywhere = own.length === 0 || policies.some(({ key }) => roots.has(key.namespace));
  const other = spaces.has("default") ? "any-other" : "default";
  const namespaces = everywhere ? [...own, other] : own;
  let cut = false;
  const workloads = namespaces.flatMap((namespace) => {
    const selectors = policies
      .filter(({ key }) => key.namespace === namespace || roots.has(key.namespace))
      .map(({ spec }): Labels => spec.selector?.matchLabels ?? {});
    const combined = combinations(selectors);
    cut ||= combined.length > most;
    return [...combined.slice(0, most), {}].map((labels) => ({ namespace, labels }));
  });
  return { workloads, cut };
}

/** Every set of selectors that some labels satisfy together: the union of their labels, each once. */
function combinations(selectors: readonly Labels[]): readonly Labels[] {
  const found = new Map<string, Labels>();
  for (const selector of selectors) {
    if (Object.keys(selector).length === 0) continue;
    const sets = [...found.values()];
    for (const labels of [{}, ...sets]) {
      const both = together(labels, selector);
      if (both) found.set(keyOf(both), both);
    }
    if (found.size > most) break;
  }
  return [...found.values()];
}

/** Labels that are both of these; undefined: none are. */
export function together(a: Labels, b: Labels): Labels | undefined {
  const clashes = Object.entries(b).some(([name, value]) => (a[name] ?? value) !== value);
  return clashes ? undefined : { ...a, ...b };
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
