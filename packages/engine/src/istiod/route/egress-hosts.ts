import { hostsMeet, isSubset } from "../../match/host.ts";
import type { RouteObject } from "./object.ts";
import type { RegistryService } from "./registry.ts";

/** Which hosts a Sidecar's egress lets in, by their namespace; "*" is any. */
export type Imported = ReadonlyMap<string, Hosts>;

interface Hosts {
  readonly hosts: readonly string[];
  readonly excluded: readonly string[];
}

/** Reads `namespace/host`: a dot is the own namespace, a tilde before the namespace leaves out. `istio/istio:pilot/pkg/model/sidecar.go` */
export function importedHosts(entries: readonly string[], namespace: string): Imported {
  const imported = new Map<string, Hosts>();
  for (const entry of entries) {
    const [stated = "", host, ...more] = entry.split("/");
    if (host === undefined || more.length > 0) continue;
    const isExcluded = stated.startsWith("~");
    const bare = isExcluded ? stated.slice(1) || "*" : stated;
    const space = bare === "." ? namespace : bare;
    const { hosts, excluded } = imported.get(space) ?? { hosts: [], excluded: [] };
    imported.set(space, {
      hosts: isExcluded ? hosts : [...hosts, host],
      excluded: isExcluded ? [...excluded, host] : excluded,
    });
  }
  return imported;
}

/** The services that are let in, of one port if it is stated; of several namespaces that have a host one. `sidecar.go`, selectServices */
export function selectServices(
  services: readonly RegistryService[],
  imported: Imported,
  namespace: string,
  port: number | undefined,
): readonly RegistryService[] {
  const found = services.flatMap((service) => {
    const scopes = scopesOf(imported, service.namespace);
    if (scopes.some(({ excluded }) => isCovered(service.host, excluded))) return [];
    const scope = scopes.find(({ hosts }) => isCovered(service.host, hosts));
    const trimmed = scope && withPort(service, port);
    if (!scope || !trimmed) return [];
    return [
      { ...trimmed, aliases: trimmed.aliases.filter((alias) => isCovered(alias, scope.hosts)) },
    ];
  });
  const chosen = new Map<string, RegistryService>();
  for (const service of found) {
    const before = chosen.get(service.host);
    if (before === undefined || isBetter(service, before, namespace))
      chosen.set(service.host, service);
  }
  return found.filter(({ host, namespace: own }) => chosen.get(host)?.namespace === own);
}

function isBetter(service: RegistryService, before: RegistryService, namespace: string): boolean {
  if (service.namespace === namespace) return true;
  return !before.kubernetes && service.kubernetes && before.namespace !== namespace;
}

function withPort(
  service: RegistryService,
  wanted: number | undefined,
): RegistryService | undefined {
  if (wanted === undefined) return service;
  const ports = service.ports.filter(({ port }) => port === wanted);
  return ports.length === 0 ? undefined : { ...service, ports };
}

/** The routes that are let in, each by one of its hosts. `istio/istio:pilot/pkg/model/virtualservice.go`, SelectVirtualServices */
export function selectObjects(
  objects: readonly RouteObject[],
  imported: Imported,
): readonly RouteObject[] {
  return objects.filter((object) => {
    const scopes = scopesOf(imported, object.namespace);
    return object.hosts.some(
      (host) =>
        scopes.some(({ hosts }) => hosts.some((each) => fits(host, each, object.segments))) &&
        !scopes.some(({ excluded }) => isCovered(host, excluded)),
    );
  });
}

/** A route of the Gateway API by what is inside of the host, a VirtualService by what it shares with it. `sidecar.go`, VSMatches */
function fits(host: string, imported: string, segments: true | undefined): boolean {
  return segments ? isSubset(host, imported) : hostsMeet(host, imported);
}

function scopesOf(imported: Imported, namespace: string): readonly Hosts[] {
  return [imported.get(namespace), imported.get("*")].filter((scope) => scope !== undefined);
}

function isCovered(host: string, by: readonly string[]): boolean {
  return by.some((each) => isSubset(host, each));
}
