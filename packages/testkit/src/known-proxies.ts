import { didYouMean, type Mesh, type Other, type Verdict } from "@meshproof/engine";
import { type ExpectationFault, points } from "./expectation-faults.ts";
import type { Expectation } from "./suite.ts";

/** What `hop` names where no mesh has such a proxy, and the request came to none: a test of it can only fail. */
export function unknownProxies(
  expect: Expectation | undefined,
  mesh: Mesh,
  verdict: Verdict,
): readonly ExpectationFault[] {
  const hop = typeof expect === "object" ? expect.hop : undefined;
  if (hop === undefined || points.includes(hop)) return [];
  const names = [...new Set([...namesOf(mesh), ...visited(verdict)])];
  if (names.includes(hop) || isDeployed(hop, mesh) || isForeign(hop)) return [];
  return [{ field: "hop", message: `\`${hop}\` is no proxy`, hint: hintFor(hop, names) }];
}

/** A proxy is called as its workload; what leads out of the mesh as the host of its ServiceEntry. */
function namesOf({ inventory }: Mesh): readonly string[] {
  return [
    ...inventory.workloads.map(({ key }) => `${key.namespace}/${key.name}`),
    ...inventory.others.flatMap(hostsOf),
  ];
}

function hostsOf({ key, body }: Other): readonly string[] {
  if (key.kind !== "ServiceEntry") return [];
  const { hosts } = Object(body["spec"]) as { readonly hosts?: unknown };
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === "string") : [];
}

function visited({ branches }: Verdict): readonly string[] {
  return branches.flatMap(({ hops }) => hops.map(({ proxy }) => proxy));
}

/** What istiod deploys for a Gateway of the Gateway API is called after it, `shop/edge-istio`, `bank/waypoint`, or as its annotation says. */
function isDeployed(name: string, { inventory }: Mesh): boolean {
  return inventory.others.some(({ key: { kind, namespace, name: own }, annotations }) => {
    const bare = `${namespace}/${own}`;
    const stated = `${namespace}/${annotations["gateway.istio.io/name-override"]}`;
    return kind === "Gateway" && (name === bare || name === stated || name.startsWith(`${bare}-`));
  });
}

/** A host with a dot, or an address, may be anybody's. */
function isForeign(name: string): boolean {
  return !name.includes("/") && /[.:]/.test(name);
}

function hintFor(name: string, names: readonly string[]): string {
  const [own, ...more] = names.filter((each) => each.endsWith(`/${name}`));
  if (own !== undefined && more.length === 0) return `write \`${own}\``;
  const near = didYouMean(name, [...points, ...names]);
  return (
    near ??
    `one of ${points.join(", ")}, or a name: NAMESPACE/NAME of a workload, or a host outside of the mesh`
  );
}
