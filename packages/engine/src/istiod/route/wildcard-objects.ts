import { hostsMeet, moreSpecific } from "../../match/host.ts";
import type { RouteObject } from "./object.ts";
import type { EgressListener } from "./scope.ts";

/**
 * The object whose host fits a service best, by the service's host: the very name, else the longest wildcard; the first of several.
 * Follows istio/istio:pilot/pkg/model/sidecar.go computeWildcardHostVirtualServiceIndex.
 */
export function mostSpecific({
  services,
  objects,
}: EgressListener): ReadonlyMap<string, RouteObject> {
  const byHost = new Map<string, RouteObject>();
  for (const object of objects)
    for (const host of object.hosts) if (!byHost.has(host)) byHost.set(host, object);
  const wild = [...byHost.keys()].filter((host) => host.startsWith("*")).toSorted(moreSpecific);
  return new Map(
    services.flatMap(({ host }) => {
      const best = byHost.get(host) ?? byHost.get(wild.find((each) => fits(host, each)) ?? "");
      return best === undefined ? [] : [[host.toLowerCase(), best]];
    }),
  );
}

function fits(host: string, wild: string): boolean {
  return hostsMeet(host, wild) && host.length >= wild.length - 1;
}
