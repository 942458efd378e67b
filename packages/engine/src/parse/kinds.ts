import { diagnose, type Finding } from "../diagnostic.ts";
import type { ParsedObject } from "./objects.ts";
import { closest, didYouMean } from "./suggest.ts";

/** The kinds this project is about. */
const policyKinds: readonly string[] = [
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
];

const policyGroup = "security.istio.io";

interface Group {
  readonly kinds: readonly string[];
  readonly versions?: readonly string[]; // absent: whichever
  readonly own?: Readonly<Record<string, readonly string[]>>; // of kinds that have others
  readonly whole?: true; // every kind of the group is kept, not only those of the list
}

/** What is kept of a cluster: policies, where they apply, and how requests get there. The group of `v1` is "". */
const groups: Readonly<Record<string, Group>> = {
  [policyGroup]: { kinds: policyKinds, versions: ["v1", "v1beta1"], whole: true },
  "networking.istio.io": {
    kinds: [
      ...["Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar"],
      ...["WorkloadEntry", "WorkloadGroup", "EnvoyFilter", "ProxyConfig"],
    ],
    versions: ["v1", "v1beta1", "v1alpha3"],
    own: { EnvoyFilter: ["v1alpha3"], ProxyConfig: ["v1beta1"] },
    whole: true,
  },
  "gateway.networking.k8s.io": {
    kinds: [
      ...["Gateway", "GatewayClass", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"],
      ...["ReferenceGrant", "BackendTLSPolicy", "ListenerSet"],
    ],
    whole: true,
  },
  "networking.k8s.io": { kinds: ["Ingress", "IngressClass"] },
  "extensions.istio.io": { kinds: ["WasmPlugin", "TrafficExtension"], whole: true },
  "": {
    kinds: [
      ...["Namespace", "Service", "ServiceAccount", "Pod", "ReplicationController"],
      "Endpoints",
    ],
  },
  "discovery.k8s.io": { kinds: ["EndpointSlice"] },
  apps: { kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"] },
  batch: { kinds: ["Job", "CronJob"] },
};
/** The kinds that are kept, each with its group. */
export const keptKinds: readonly (readonly [group: string, kind: string])[] = Object.entries(
  groups,
).flatMap(([group, { kinds }]) => kinds.map((kind) => [group, kind] as const));

const groupNames: readonly string[] = Object.keys(groups).filter((name) => name !== "");

/** The group of an object's apiVersion, and its version. */
export function groupOf({ apiVersion }: Pick<ParsedObject, "apiVersion">): {
  readonly group: string;
  readonly version: string;
} {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined ? { group: "", version: group } : { group, version };
}

/** Whether an object is one of the policies this project is about. */
export function isPolicy(object: Pick<ParsedObject, "apiVersion" | "kind">): boolean {
  return policyKinds.includes(object.kind) && groupOf(object).group === policyGroup;
}

/** Whether an object is none of ours: it is counted and left alone. */
export function isIgnored(object: ParsedObject): boolean {
  const { group: name, version } = groupOf(object);
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (group === undefined || version === "" || object.kind === "") return true;
  return group.whole !== true && !group.kinds.includes(object.kind);
}

/** What is wrong with the kind and version of an object: nearly ours, or ours in a version that there is not. */
export function kindFaults(object: ParsedObject): readonly Finding[] {
  const { group, version } = groupOf(object);
  if (policyKinds.includes(object.kind) && isMeant(group, version)) return [unknownVersion(object)];
  if (Object.hasOwn(groups, group) && version !== "") return faultsWithin(object, group, version);
  const meant = closest(group, groupNames);
  return meant !== undefined && groups[meant]?.kinds.includes(object.kind)
    ? [unknownVersion(object, meant)]
    : [];
}

/** Others have policies of these names, but not in Kubernetes' own groups (those without a dot), nor in one of Istio's. */
function isMeant(group: string, version: string): boolean {
  if (group === policyGroup) return false;
  return version === "" || !group.includes(".") || group.includes("istio");
}

function faultsWithin(object: ParsedObject, name: string, version: string): readonly Finding[] {
  const { kind, document } = object;
  const { kinds = [] } = groups[name] ?? {};
  const versions = versionsOf(name, kind);
  if (kind === "" && name === policyGroup) {
    const at = document.locate(["apiVersion"]);
    return [diagnose("load/no-kind", `an object of ${name} without \`kind\``, at, oneOf(kinds))];
  }
  if (kind !== "" && !kinds.includes(kind)) return unknownKind(object, name, kinds);
  return versions === undefined || versions.includes(version) ? [] : [unknownVersion(object, name)];
}

function unknownKind(
  { kind, document }: ParsedObject,
  group: string,
  kinds: readonly string[],
): readonly Finding[] {
  const meant = didYouMean(kind, kinds);
  if (meant === undefined && group !== policyGroup) return [];
  const message = `${group === "" ? "the core group" : group} has no kind \`${kind}\``;
  return [diagnose("load/unknown-kind", message, document.locate(["kind"]), meant ?? oneOf(kinds))];
}

function unknownVersion({ kind, apiVersion, document }: ParsedObject, meant?: string): Finding {
  const group = meant ?? policyGroup;
  const [first = "v1", ...others] = versionsOf(group, kind) ?? [];
  const hint = [first, ...others].map((version) => `\`${group}/${version}\``).join(" or ");
  const known = apiVersion !== "";
  const at = document.locate(known ? ["apiVersion"] : ["kind"]);
  const message = known
    ? `no ${kind} has the version \`${apiVersion}\``
    : `\`${kind}\` without \`apiVersion\``;
  return diagnose("load/unknown-version", message, at, `write ${hint}`);
}

function versionsOf(group: string, kind: string): readonly string[] | undefined {
  const { own = {}, versions } = groups[group] ?? {};
  return Object.hasOwn(own, kind) ? own[kind] : versions;
}

function oneOf(kinds: readonly string[]): string {
  return `one of ${kinds.join(", ")}`;
}
