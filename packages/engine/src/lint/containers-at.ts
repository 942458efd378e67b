import type { Workload } from "../model/kubernetes.ts";
import type { Place } from "../model/place.ts";

/** Where a container of a workload stands in its object. */
export function containersAt({ key }: Workload, index: number): Place {
  const template =
    key.kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template"] : ["spec", "template"];
  const pod = key.kind === "Pod" ? [] : template;
  return { resource: key, path: [...pod, "spec", "containers", index] };
}
