import { serviceHost } from "../../kubernetes/service.ts";
import type { Mesh } from "../../model/mesh.ts";

/**
 * Whether istiod finds the service of a provider, `host` or `namespace/host`. What an inventory does not hold may be there all the
 * same, unless it is said to be complete. Follows istio/istio:pilot/pkg/model/telemetry_logging.go LookupCluster.
 */
export function findsService(service: string, { inventory }: Mesh): boolean {
  if (service === "") return false;
  if (!inventory.complete) return true;
  const parts = service.split("/");
  const [first = "", second = ""] = parts;
  const [namespace, host] = parts.length === 2 ? [first, second] : [undefined, service];
  const hosts = [...inventory.services.map(ofService), ...inventory.others.flatMap(ofEntry)];
  const found = hosts.filter((known) => known.host === host);
  if (namespace !== undefined) return found.some((known) => known.namespace === namespace);
  return new Set(found.map((known) => known.namespace)).size === 1;
}

interface Known {
  readonly host: string;
  readonly namespace: string;
}

function ofService(service: Mesh["inventory"]["services"][number]): Known {
  return { host: serviceHost(service), namespace: service.key.namespace };
}

function ofEntry({ key, body }: Mesh["inventory"]["others"][number]): readonly Known[] {
  if (key.kind !== "ServiceEntry") return [];
  const { spec } = body;
  const hosts = typeof spec === "object" && spec !== null && "hosts" in spec ? spec.hosts : [];
  if (!Array.isArray(hosts)) return [];
  return hosts
    .filter((host) => typeof host === "string")
    .map((host) => ({ host, namespace: key.namespace }));
}
