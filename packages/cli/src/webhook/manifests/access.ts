import { watchedKinds } from "../source/resources.ts";
import { labelsOf, type Manifest, type ManifestOptions, metadataOf } from "./options.ts";

/** An account that may read what the webhook follows, and nothing else. */
export function accessManifests(options: ManifestOptions): readonly Manifest[] {
  const { name, namespace, rootNamespace, configMap } = options;
  const subjects = [{ kind: "ServiceAccount", name, namespace }];
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const inRoot = { name, namespace: rootNamespace, labels: labelsOf(name) };
  const global = { name, labels: labelsOf(name) };
  const role = (kind: string): Manifest => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: metadataOf(options) },
    { apiVersion, kind: "ClusterRole", metadata: global, rules: rules() },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: global,
      roleRef: role("ClusterRole"),
      subjects,
    },
    {
      apiVersion,
      kind: "Role",
      metadata: inRoot,
      rules: [
        {
          apiGroups: [""],
          resources: ["configmaps"],
          resourceNames: [configMap],
          verbs: ["list", "watch"],
        },
      ],
    },
    { apiVersion, kind: "RoleBinding", metadata: inRoot, roleRef: role("Role"), subjects },
  ];
}

function rules(): readonly Manifest[] {
  const byGroup = new Map<string, Set<string>>();
  for (const { apiVersion, plural } of watchedKinds) {
    const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(plural));
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: ["list", "watch"],
  }));
}
