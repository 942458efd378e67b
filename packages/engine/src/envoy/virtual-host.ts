import type { VirtualHost } from "../model/program.ts";

/**
 * The virtual host of an authority: by exact name, then by the longest wildcard, then the one for any. Its port and case do not
 * count. Follows envoyproxy/envoy:source/common/router/config_impl.cc, `findVirtualHost`.
 */
export function virtualHostOf(
  hosts: readonly VirtualHost[],
  authority: string,
): VirtualHost | undefined {
  const name = withoutPort(authority).toLowerCase();
  const exact = hosts.find(({ domains }) => domains.includes(name));
  if (exact) return exact;
  let best: { readonly host: VirtualHost; readonly length: number } | undefined;
  for (const host of hosts)
    for (const domain of host.domains)
      if (covers(domain, name) && (best === undefined || domain.length > best.length))
        best = { host, length: domain.length };
  return best?.host;
}

/** A star stands for one character at least, and alone for anything. */
function covers(domain: string, name: string): boolean {
  if (domain === "*") return true;
  return domain.startsWith("*") && name.length >= domain.length && name.endsWith(domain.slice(1));
}

function withoutPort(authority: string): string {
  return authority.replace(/:[0-9]*$/, "");
}
