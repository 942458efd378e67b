import type { Proxy, ProxyPort } from "@meshproof/engine";
import type { KubernetesObject, ScenarioWorkload, WorkloadKind } from "./vector.ts";

/** What is around the proxies of the vectors and never changes: data, `policies/conformance/world/`. */
export interface World {
  readonly objects: readonly KubernetesObject[]; // Services and the like
  readonly proxies: Readonly<Partial<Record<WorkloadKind, Surroundings>>>;
}

/** What istiod knows of a kind of proxy besides what a scenario says. */
export interface Surroundings {
  readonly addresses: readonly string[];
  readonly ports: readonly ProxyPort[];
  readonly objects?: readonly KubernetesObject[]; // only around this one
}

/** A world from its decoded files: `around.json` is a list of objects, any other one describes a kind of proxy. */
export function worldOf(files: Readonly<Record<string, unknown>>): World {
  const { [around]: objects = [], ...others } = files;
  const proxies = Object.entries(others).map(([name, file]) => [
    name.replace(/\.json$/, ""),
    file as Surroundings,
  ]);
  return { objects: objects as World["objects"], proxies: Object.fromEntries(proxies) };
}

const around = "around.json";

/** The proxy of a scenario in its world; undefined when the world has none of its kind. */
export function proxyOf(workload: ScenarioWorkload, { proxies }: World): Proxy | undefined {
  const surroundings = proxies[workload.kind];
  if (surroundings === undefined) return undefined;
  const { addresses, ports } = surroundings;
  return { ...workload, addresses, ports };
}
