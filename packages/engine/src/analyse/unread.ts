import { rootNamespace } from "../istiod/attach-rules.ts";
import { ingressGap } from "../istiod/listener/sidecar-ingress.ts";
import { decidersAt, decidingKinds } from "../journey/filters.ts";
import { isNotRedirected } from "../kubernetes/capture.ts";
import { discoveryOf } from "../kubernetes/discovery.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import type { AnalyseOptions, Point } from "./api.ts";
import { ownWorkload } from "./own-workload.ts";

/**
 * What may decide at a proxy and is not read, so that nothing holds of all requests there: what a single request is `undetermined` for, too
 * (`journey/surroundings.ts`). Undefined: all that decides is known.
 */
export function unreadAt(mesh: Mesh, proxy: Proxy): string | undefined {
  const { namespace } = proxy;
  if (namespace !== rootNamespace(mesh))
    if (discoveryOf(mesh, namespace) === "unselected")
      return `discoverySelectors do not select namespace ${namespace}: what its proxies are told is not evaluated`;
  const gap = proxy.kind === "sidecar" ? ingressGap(mesh, proxy) : undefined;
  if (gap !== undefined) return `${gap} is not evaluated`;
  const own = proxy.kind === "sidecar" ? ownWorkload(mesh, proxy) : undefined;
  if (own !== undefined && isNotRedirected(mesh, own))
    return "interceptionMode NONE: nothing is redirected to the sidecar";
  const [decider] = decidersAt(mesh, proxy);
  return decider && `${nameOf(decider)} may decide`;
}

function nameOf({ key: { kind, namespace, name } }: Other): string {
  return `${kind} ${namespace}/${name}`;
}

const harmless = new WeakMap<Mesh, Mesh>();

/** A mesh as if EnvoyFilters, WasmPlugins and what else is not read decided nothing; the same one where it has none. */
export function withoutFilters(mesh: Mesh): Mesh {
  const { inventory } = mesh;
  if (!inventory.others.some(isFilter)) return mesh;
  const known = harmless.get(mesh);
  if (known) return known;
  const others = inventory.others.filter((object) => !isFilter(object));
  const made = { ...mesh, inventory: { ...inventory, others } };
  harmless.set(mesh, made);
  return made;
}

function isFilter({ key }: Other): boolean {
  return decidingKinds.has(key.kind);
}

/** The mesh that is asked about: with what is not read, unless it is taken to decide nothing. */
export function meshRead(mesh: Mesh, { assume }: AnalyseOptions): Mesh {
  return assume === "filters" ? withoutFilters(mesh) : mesh;
}

/** What is taken for granted of what is not read at some points. */
export function filtersAssumed(
  mesh: Mesh,
  points: readonly Point[],
  does = "decides nothing",
): readonly string[] {
  const found = points.flatMap(({ proxy }) => decidersAt(mesh, proxy)).map(nameOf);
  return [...new Set(found)].map((name) => `${name} ${does}`);
}

type At = readonly [mesh: Mesh, point: Point];

/** What changes at a point of what is not read there. */
export function filtersChange(before: At, after: At): string | undefined {
  const [old, young] = [textsAt(before), textsAt(after)];
  const gone = [...old].find(([name]) => !young.has(name))?.[0];
  if (gone !== undefined) return `${gone} may decide, and goes`;
  const changed = [...young].find(([name, text]) => old.get(name) !== text)?.[0];
  if (changed === undefined) return undefined;
  return `${changed} may decide, and ${old.has(changed) ? "changes" : "comes"}`;
}

function textsAt([mesh, { proxy }]: At): ReadonlyMap<string, string> {
  const deciders = decidersAt(mesh, proxy);
  return new Map(deciders.map((each) => [nameOf(each), JSON.stringify(each.body)]));
}

/** Whether two meshes have the same of what is not read. */
export function haveSameFilters(a: Mesh, b: Mesh): boolean {
  const filters = ({ inventory, config }: Mesh): string =>
    JSON.stringify([
      inventory.others.filter(isFilter).map(({ key, body }) => [key, body]),
      config.discoverySelectors,
    ]);
  return filters(a) === filters(b);
}
