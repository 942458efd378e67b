import { accessManifests } from "./access.ts";
import { configurationManifests } from "./configuration.ts";
import { labelsOf, type Manifest, type ManifestOptions } from "./options.ts";
import { workloadManifests } from "./workload.ts";

/** Everything to apply for the webhook, in the order in which it is needed: what makes the API server ask comes last. */
export function manifests(options: ManifestOptions, now: number): readonly Manifest[] {
  const { namespace, name } = options;
  const configuration = configurationManifests(options, now);
  const [last] = configuration.slice(-1);
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: namespace,
        labels: { ...labelsOf(name), "pod-security.kubernetes.io/enforce": "restricted" },
      },
    },
    ...accessManifests(options),
    ...configuration.slice(0, -1),
    ...workloadManifests(options),
    ...(last === undefined ? [] : [last]),
  ];
}
