import { diagnose, type Finding } from "../diagnostic.ts";
import { textOf } from "./decode.ts";
import type { ParsedObject } from "./objects.ts";
import { distance } from "./suggest.ts";

/** The kinds this project is about. */
export const policyKinds: readonly string[] = [
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
];

const group = "security.istio.io";
const versions: readonly string[] = [`${group}/v1`, `${group}/v1beta1`];

/** What is kept of the cluster: what says where a policy applies, and how requests get there. */
const keptKinds: ReadonlySet<string> = new Set([
  ...["Namespace", "Service", "ServiceAccount", "Pod", "ReplicationController"].map(
    (kind) => `v1/${kind}`,
  ),
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind) => `apps/${kind}`),
  ...["Job", "CronJob"].map((kind) => `batch/${kind}`),
]);
const keptGroups: ReadonlySet<string> = new Set([
  "networking.istio.io",
  "gateway.networking.k8s.io",
  "extensions.istio.io",
]);

/** Whether an object is none of ours: it is counted and left alone. */
export function isIgnored({ kind, apiVersion }: ParsedObject): boolean {
  if (policyKinds.includes(kind)) return false;
  const [first = "", version] = apiVersion.split("/");
  if (version === undefined) return !keptKinds.has(`v1/${kind}`) || first !== "v1";
  return !keptGroups.has(first) && !keptKinds.has(`${first}/${kind}`);
}

/** What is wrong with an object before anything of it is read: a kind or version that is nearly ours, a fragment of a patch. */
export function faultsOf(object: ParsedObject): readonly Finding[] {
  const { kind, apiVersion, fields, document } = object;
  if (kind === "") return [];
  if (textOf(fields["$patch"]) !== undefined && policyKinds.includes(kind))
    return [
      diagnose(
        "load/patch",
        "a kustomize patch, not an object",
        document.locateKey(["$patch"]),
        "render it first: `kustomize build . | authz ... -f -`",
      ),
    ];
  const meant = policyKinds.find((known) => isNear(kind, known));
  if (meant !== undefined && meant !== kind && isIgnored(object))
    return [
      diagnose(
        "load/unknown-kind",
        `unknown kind \`${kind}\``,
        document.locate(["kind"]),
        `did you mean \`${meant}\`?`,
      ),
    ];
  if (meant === undefined || versions.includes(apiVersion)) return groupFault(object);
  return [
    diagnose(
      "load/unknown-version",
      `${kind} has no version \`${apiVersion}\``,
      document.locate(["apiVersion"]),
      `write \`${versions[0]}\` or \`${versions[1]}\``,
    ),
  ];
}

/** A kind that the group does not have, whatever it resembles. */
function groupFault({ kind, apiVersion, document }: ParsedObject): readonly Finding[] {
  if (!apiVersion.startsWith(`${group}/`) || policyKinds.includes(kind)) return [];
  return [
    diagnose(
      "load/unknown-kind",
      `${group} has no kind \`${kind}\``,
      document.locate(["kind"]),
      `one of ${policyKinds.join(", ")}`,
    ),
  ];
}

function isNear(kind: string, known: string): boolean {
  return distance(kind.toLowerCase(), known.toLowerCase()) <= 2;
}
