import { findService } from "../kubernetes/service.ts";
import type { Other } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import { compareBytes } from "../model/place.ts";
import { behaves } from "../release.ts";
import { type Body, mapping, mappings, text, texts } from "./body.ts";
import type { Rule } from "./rule-merge.ts";

/** A policy and one of the things that it is for. */
interface Targeted {
  readonly policy: Other;
  readonly target: Body;
}

/**
 * The DestinationRules that istiod makes of BackendTLSPolicies: older than any that somebody wrote, so that their trafficPolicy counts.
 * Follows istio/istio:pilot/pkg/config/kube/gateway/backend_policies.go (read there, not recorded).
 */
export function backendTlsRules(mesh: Mesh): readonly Rule[] {
  if (!behaves(mesh.release, "backend-tls-policies")) return [];
  const all = mesh.inventory.others
    .filter(({ key, annotations }) => key.kind === "BackendTLSPolicy" && !isIgnored(annotations))
    .toSorted(byPriority)
    .flatMap((policy) =>
      mappings(mapping(policy.body, "spec"), "targetRefs").map((target) => ({ policy, target })),
    );
  const counting = all.filter(
    (each, index) => !all.slice(0, index).some((earlier) => isSame(earlier, each)),
  );
  const targets = counting.filter(
    (each, index) => counting.findIndex((other) => isBackend(other, each)) === index,
  );
  return targets.flatMap((first) =>
    ruleOf(
      mesh,
      counting.filter((each) => isBackend(each, first)),
    ),
  );
}

function isIgnored(annotations: Readonly<Record<string, string>>): boolean {
  return annotations["istio.io/ignore-policy-attachment"]?.toLowerCase() === "true";
}

function byPriority(a: Other, b: Other): number {
  return (a.createdAt ?? 0) - (b.createdAt ?? 0) || compareBytes(a.key.name, b.key.name);
}

/** Of the same Service or ServiceEntry. */
function isBackend(a: Targeted, b: Targeted): boolean {
  return (
    a.policy.key.namespace === b.policy.key.namespace &&
    text(a.target, "kind") === text(b.target, "kind") &&
    text(a.target, "name") === text(b.target, "name")
  );
}

/** Of the same part of it: there only the first counts. */
function isSame(a: Targeted, b: Targeted): boolean {
  return isBackend(a, b) && text(a.target, "sectionName") === text(b.target, "sectionName");
}

function ruleOf(mesh: Mesh, all: readonly Targeted[]): readonly Rule[] {
  const [first] = all;
  if (first === undefined) return [];
  const backend = backendOf(mesh, first);
  const named = all.flatMap(({ policy, target }) => {
    const section = text(target, "sectionName");
    if (section === undefined) return [];
    const number = backend?.ports.get(section);
    return number === undefined ? [] : [{ port: { number }, tls: tlsOf(policy) }];
  });
  const whole = all.find(({ target }) => text(target, "sectionName") === undefined);
  if (backend === undefined || (whole === undefined && named.length === 0)) return [];
  const { key } = (whole ?? first).policy;
  const policy = {
    ...(whole === undefined ? {} : { tls: tlsOf(whole.policy) }),
    ...(named.length === 0 ? {} : { portLevelSettings: named }),
  };
  return backend.hosts.map((host) => ({
    key,
    createdAt: Number.NEGATIVE_INFINITY,
    host,
    exportTo: new Set<string>(),
    policyOf: key,
    policy,
    subsets: [],
    made: true,
  }));
}

interface Backend {
  readonly hosts: readonly string[];
  readonly ports: ReadonlyMap<string, number>; // by name
}

/** What is targeted, if it is loaded. */
function backendOf({ inventory }: Mesh, { policy, target }: Targeted): Backend | undefined {
  const { namespace } = policy.key;
  const name = text(target, "name") ?? "";
  if (text(target, "kind") === "Service") {
    const service = findService(inventory, namespace, name);
    if (service === undefined) return undefined;
    const ports = service.ports.map((each) => [each.name ?? "", each.port] as const);
    return { hosts: [`${name}.${namespace}.svc.cluster.local`], ports: new Map(ports) };
  }
  const entry = inventory.others.find(
    ({ key }) => key.kind === "ServiceEntry" && key.namespace === namespace && key.name === name,
  );
  if (entry === undefined || text(target, "kind") !== "ServiceEntry") return undefined;
  const spec = mapping(entry.body, "spec");
  const ports = mappings(spec, "ports").map(
    (each) => [text(each, "name") ?? "", Number(each["number"])] as const,
  );
  return { hosts: texts(spec, "hosts") ?? [], ports: new Map(ports) };
}

/** Authorities in a ConfigMap are for every proxy, unlike a `credentialName`. */
function tlsOf({ body }: Other): Body {
  const validation = mapping(mapping(body, "spec"), "validation");
  const names = mappings(validation, "subjectAltNames").flatMap((each) =>
    [text(each, text(each, "type") === "URI" ? "uri" : "hostname")].filter(
      (name) => name !== undefined,
    ),
  );
  return {
    mode: "SIMPLE",
    sni: text(validation, "hostname") ?? "",
    ...(names.length === 0 ? {} : { subjectAltNames: names }),
  };
}
