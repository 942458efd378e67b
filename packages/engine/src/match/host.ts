import { compareBytes } from "../model/place.ts";

/** One host covers the other, in either direction; wildcards start with a star. `istio/istio:pkg/config/host/name.go`, Matches */
export function hostsMeet(a: string, b: string): boolean {
  return isSubset(a, b) || isSubset(b, a);
}

/** Every name that `a` stands for is one of `b`'s. `istio/istio:pkg/config/host/name.go`, SubsetOf */
export function isSubset(a: string, b: string): boolean {
  if (!b.startsWith("*")) return a === b;
  const suffix = b.slice(1);
  if (!a.startsWith("*")) return a.endsWith(suffix);
  return a.length >= b.length && a.slice(1).endsWith(suffix);
}

/** The narrower of each two hosts that meet. `istio/istio:pkg/config/host/names.go`, Intersection */
export function commonHosts(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const common = ours.flatMap((own) =>
    theirs.flatMap((other) => {
      if (isSubset(own, other)) return [own];
      return isSubset(other, own) ? [other] : [];
    }),
  );
  return [...new Set(common)];
}

/** The hosts of a server for routes of a namespace, without the namespace before the slash. `istio/istio:pkg/config/host/names.go` */
export function hostsFor(hosts: readonly string[], namespace: string): readonly string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf("/");
    if (slash < 0) return [host];
    const space = host.slice(0, slash);
    return space === namespace || space === "*" ? [host.slice(slash + 1)] : [];
  });
}

/** Which host comes first: names before wildcards, longer ones before shorter ones, then by the alphabet. `istio/istio:pkg/config/host/name.go`, MoreSpecific */
export function moreSpecific(a: string, b: string): number {
  const wild = Number(a.startsWith("*")) - Number(b.startsWith("*"));
  return wild || b.length - a.length || compareBytes(a, b);
}
