import { rootNamespace } from "../istiod/attach-rules.ts";
import { ingressGap } from "../istiod/listener/sidecar-ingress.ts";
import { discoveryOf } from "../kubernetes/discovery.ts";
import { selects } from "../kubernetes/service.ts";
import type { Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Proxy } from "../model/program.ts";
import { mayDecide } from "./filters.ts";
import type { Inquiry } from "./inquiry.ts";

/**
 * Assumes what has to be assumed about any proxy: nothing else was loaded elsewhere. When an assumption does not hold, what is
 * missing comes back: then nothing can be said.
 */
export function assumeSurroundings(
  mesh: Mesh,
  workload: Workload,
  proxy: Proxy,
  inquiry: Inquiry,
): string | undefined {
  const { assume } = inquiry;
  const root = rootNamespace(mesh);
  const { namespace } = workload.key;
  const spaces = [...new Set([root, namespace])].filter((space) => space !== "");
  const config = mesh.configLoaded || assume("mesh-config", "", ["defaults", "another one"]);
  if (config === "another one") return "the mesh config is not known";
  const unseen = spaces
    .toReversed()
    .map((space) => whyUnseen(mesh, space, inquiry))
    .find((each) => each);
  if (unseen !== undefined) return unseen;
  assumeAges(mesh, workload, assume);
  assumeProviders(mesh, workload, assume);
  const gap = proxy.kind === "sidecar" ? ingressGap(mesh, proxy) : undefined;
  if (gap !== undefined) return `${gap} is not evaluated`;
  const where = spaces.join(" and ");
  const none = `none in ${where}`;
  if (assume("further-policies", "", [none, "there are more"]) !== none)
    return `policies of ${where} that were not loaded may decide`;
  return mayDecide(mesh, proxy, inquiry);
}

/** A namespace that istiod does not look at has no workloads and policies for it; of one that was not loaded that is assumed. */
function whyUnseen(mesh: Mesh, namespace: string, { assume }: Inquiry): string | undefined {
  const discovery = discoveryOf(mesh, namespace);
  const isWorkloads = namespace !== rootNamespace(mesh);
  if (discovery === "unselected" && isWorkloads)
    return `discoverySelectors do not select namespace ${namespace}: what its proxies are told is not evaluated`;
  if (discovery !== "unknown") return undefined;
  return assume("discovery", namespace, ["selected", "not selected"]) === "selected"
    ? undefined
    : `discoverySelectors may not select namespace ${namespace}, which was not loaded`;
}

/** Of PeerAuthentications of one scope the oldest counts; without a time the first name does at Envoy (an:PA-7). */
function assumeAges(mesh: Mesh, workload: Workload, assume: Inquiry["assume"]): void {
  const root = rootNamespace(mesh);
  const scopes = new Map<string, number>();
  for (const { key, spec, createdAt } of mesh.peerAuthentications) {
    const selector = spec.selector?.matchLabels ?? {};
    const wide = Object.keys(selector).length === 0;
    const concerned = key.namespace === root ? wide : key.namespace === workload.key.namespace;
    if (createdAt !== undefined || !concerned || !selects(selector, workload.labels)) continue;
    const scope = wide ? key.namespace : `${key.namespace}, by selector`;
    scopes.set(scope, (scopes.get(scope) ?? 0) + 1);
  }
  for (const [scope, count] of scopes)
    if (count > 1) assume("policy-age", scope, ["equal: the first name counts"]);
}

/** Without a mesh config nobody knows whether the provider of a CUSTOM policy is declared. */
function assumeProviders(mesh: Mesh, workload: Workload, assume: Inquiry["assume"]): void {
  if (mesh.configLoaded) return;
  const root = rootNamespace(mesh);
  for (const { key, spec } of customPolicies(mesh)) {
    const near = key.namespace === root || key.namespace === workload.key.namespace;
    if (!near) continue;
    if (selects(spec.selector?.matchLabels ?? {}, workload.labels))
      assume("provider", spec.provider?.name ?? "", ["declared"]);
  }
}

const asking = new WeakMap<Mesh, Mesh["authorizationPolicies"]>();

/** The policies that ask a provider, looked for once. */
function customPolicies(mesh: Mesh): Mesh["authorizationPolicies"] {
  const known =
    asking.get(mesh) ?? mesh.authorizationPolicies.filter(({ spec }) => spec.action === "CUSTOM");
  asking.set(mesh, known);
  return known;
}
