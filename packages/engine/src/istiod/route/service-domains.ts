import { bracketed } from "../../match/address.ts";
import type { RegistryService } from "./registry.ts";

/** The host of a service, every name that stands for it, and those of them that a client's DNS would complete. */
export type Domains = readonly [
  host: string,
  domains: readonly string[],
  alternatives: readonly string[],
];

/**
 * What a client of a namespace may write into the Host header for a service.
 * Follows istio/istio:pilot/pkg/networking/core/httproute.go generateVirtualHostDomains.
 */
export function domainsOf(service: RegistryService, namespace: string): Domains {
  const { host, aliases, addresses, kubernetes, resolution } = service;
  const names = [host, ...aliases];
  const alternatives = names.flatMap((name) => shorter(name, namespace));
  const all = names.flatMap((name) => [name, ...shorter(name, namespace)]);
  const wild = resolution === "passthrough" && kubernetes ? all.map((domain) => `*.${domain}`) : [];
  const own = addresses.filter((address) => address !== "0.0.0.0").map(bracketed);
  return [host, [...all, ...wild, ...own], alternatives];
}

/** With a dot at its end, and what the resolver of a pod would complete. `httproute.go`, GenerateAltVirtualHosts */
function shorter(host: string, namespace: string): readonly string[] {
  const absolute = /^[0-9.]+$|:/.test(host) ? [] : [`${host}.`];
  const [, name, space, rest] = /^([^.]+)\.([^.]+)(\.svc\.cluster\.local)$/.exec(host) ?? [];
  if (name === undefined || rest === undefined) return absolute;
  const both = `${name}.${space}`;
  return space === namespace
    ? [...absolute, name, `${both}.svc`, both]
    : [...absolute, both, `${both}.svc`];
}
