import type { Proxy, ProxyPort } from "@meshproof/engine";
import type { KubernetesObject, ScenarioWorkload } from "./vector.ts";

/**
 * What is around the proxies of the vectors and never changes, by the kind of proxy: the files of `policies/conformance/world/`,
 * decoded, by name.
 */
export type World = Readonly<Record<string, unknown>>;

/** What istiod knows of a kind of proxy besides what a scenario says. */
export interface Surroundings {
  readonly addresses: readonly string[];
  readonly labels?: Readonly<Record<string, string>>; // that the proxy has besides the scenario's
  readonly ports: readonly ProxyPort[];
  readonly objects: readonly KubernetesObject[];
}

/** What is around a kind of proxy; undefined when the world has none of it. */
export function surroundingsOf({ kind }: ScenarioWorkload, world: World): Surroundings | undefined {
  return world[`${kind}.json`] as Surroundings | undefined;
}

/** The proxy of a scenario in its surroundings. */
export function proxyOf(
  { kind, namespace, name, labels, serviceAccount }: ScenarioWorkload,
  { addresses, labels: own, ports }: Surroundings,
): Proxy {
  return { kind, namespace, name, labels: { ...labels, ...own }, serviceAccount, addresses, ports };
}

/** Without the Gateways and VirtualServices that a scenario replaces by its own. */
export function objectsAround(
  { objects }: Surroundings,
  own: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const replaced = new Set(own.map(({ kind }) => kind).filter((kind) => replaceable.has(kind)));
  return objects.filter(({ apiVersion, kind }) => !isIstio(apiVersion) || !replaced.has(kind));
}

const replaceable: ReadonlySet<string> = new Set(["Gateway", "VirtualService"]);

function isIstio(apiVersion: string): boolean {
  return apiVersion.startsWith("networking.istio.io/");
}
