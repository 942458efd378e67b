import { trustDomain } from "../../kubernetes/identity.ts";
import type { MeshConfig } from "../../model/mesh-config.ts";

/** The mesh's trust domain, then its aliases: what a principal of any of them means. */
export function trustDomainsOf(config: MeshConfig): readonly string[] {
  return [trustDomain(config), ...(config.trustDomainAliases ?? [])];
}

/**
 * A principal in every trust domain of the mesh, if it names one of them or `cluster.local`, which stands for the mesh's own;
 * as it is where none are given.
 * Follows istio/istio:pilot/pkg/security/trustdomain/bundle.go (az:TD-1 to az:TD-6).
 */
export function expandPrincipal(principal: string, domains: readonly string[]): readonly string[] {
  if (domains.length === 1 && principal.startsWith(`${domains[0]}/`)) return [principal];
  const parts = principal.split("/");
  const [domain = "", ...rest] = parts;
  if (domains.length === 0 || parts.length !== 5 || domain === "*") return [principal];
  if (domain !== "cluster.local" && !domains.some((known) => resemble(domain, known)))
    return [principal];
  const expanded = domains.map((known) =>
    endsLike(known, domain) ? principal : [known, ...rest].join("/"),
  );
  return [...new Set(expanded)];
}

/** A trust domain and its aliases, if it is exactly one of them. */
export function expandTrustDomain(domain: string, domains: readonly string[]): readonly string[] {
  return domains.includes(domain) ? [...new Set(domains)] : [domain];
}

/** Equal, or one is a pattern for the other. */
function resemble(a: string, b: string): boolean {
  if (a === b || b === "*") return true;
  return startsLike(a, b) || startsLike(b, a) || endsLike(a, b) || endsLike(b, a);
}

function startsLike(text: string, pattern: string): boolean {
  return pattern.endsWith("*") && text.startsWith(pattern.slice(0, -1));
}

function endsLike(text: string, pattern: string): boolean {
  return pattern.startsWith("*") && text.endsWith(pattern.slice(1));
}
