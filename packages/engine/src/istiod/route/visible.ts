import { entryVisibility, isForSidecars } from "../../kubernetes/entry-visibility.ts";
import type { Mesh } from "../../model/mesh.ts";
import { textsOf } from "../../parse/decode.ts";
import { type RegistryPort, type RegistryService, registry } from "./registry.ts";

/** Whether a namespace sees a service. `istio/istio:pilot/pkg/model/push_context.go`, IsServiceVisible */
export function isVisible(service: RegistryService, namespace: string, mesh: Mesh): boolean {
  const exportTo = exportToOf(service, mesh);
  return (
    exportTo.includes("*") ||
    exportTo.includes(namespace) ||
    (exportTo.includes(".") && service.namespace === namespace)
  );
}

function exportToOf(service: RegistryService, mesh: Mesh): readonly string[] {
  const { exportTo, namespace, kubernetes } = service;
  const stated =
    exportTo.length > 0 ? exportTo : (textsOf(mesh.config["defaultServiceExportTo"]) ?? ["*"]);
  if (kubernetes || !isForSidecars(mesh)) return stated;
  const visibility = entryVisibility(mesh, namespace);
  if (visibility === "PUBLIC") return stated;
  const isSeenAtHome = ["*", ".", namespace].some((each) => stated.includes(each));
  return visibility === "NAMESPACE" && isSeenAtHome ? ["."] : ["~"];
}

/** What a namespace sees: services that are exported to it or private before public ones, each the oldest first. `push_context.go`, servicesExportedToNamespace */
export function visibleServices(mesh: Mesh, namespace: string): readonly RegistryService[] {
  const all = registry(mesh);
  const isPublic = (service: RegistryService): boolean => exportToOf(service, mesh).includes("*");
  return [
    ...all.filter((service) => !isPublic(service) && isVisible(service, namespace, mesh)),
    ...all.filter(isPublic),
  ];
}

/**
 * Services of one host as one: a Service of Kubernetes before a ServiceEntry, else the first with the ports of others of its kind.
 * Follows istio/istio:pilot/pkg/model/sidecar.go appendSidecarServices.
 */
export function withoutDuplicates(
  services: readonly RegistryService[],
): readonly RegistryService[] {
  const byHost = new Map<string, RegistryService>();
  for (const service of services) {
    const existing = byHost.get(service.host);
    byHost.set(service.host, existing ? preferred(existing, service) : service);
  }
  return [...byHost.values()];
}

function preferred(existing: RegistryService, service: RegistryService): RegistryService {
  if (existing.kubernetes !== service.kubernetes) return service.kubernetes ? service : existing;
  const isAlike =
    existing.namespace === service.namespace &&
    existing.resolution === service.resolution &&
    JSON.stringify([existing.selector, existing.exportTo]) ===
      JSON.stringify([service.selector, service.exportTo]);
  if (!isAlike) return existing;
  const known = new Set(existing.ports.map(({ port }) => port));
  const more = service.ports.filter(({ port }: RegistryPort) => !known.has(port));
  return more.length === 0 ? existing : { ...existing, ports: [...existing.ports, ...more] };
}

const byNamespace = new WeakMap<Mesh, Map<string, ReadonlyMap<string, RegistryService>>>();

/** The service that a gateway of a namespace knows by a host: of the namespace of whoever leads there, if it sees it, else the one it sees. */
export function serviceSeen(
  mesh: Mesh,
  viewer: string,
  of: string,
  host: string,
): RegistryService | undefined {
  const own = registry(mesh).find(
    (service) =>
      service.host === host && service.namespace === of && isVisible(service, viewer, mesh),
  );
  return own ?? seenBy(mesh, viewer).get(host);
}

function seenBy(mesh: Mesh, viewer: string): ReadonlyMap<string, RegistryService> {
  const spaces = byNamespace.get(mesh) ?? new Map<string, ReadonlyMap<string, RegistryService>>();
  byNamespace.set(mesh, spaces);
  const known = spaces.get(viewer);
  if (known) return known;
  const made = new Map(
    withoutDuplicates(visibleServices(mesh, viewer)).map((service) => [service.host, service]),
  );
  spaces.set(viewer, made);
  return made;
}
