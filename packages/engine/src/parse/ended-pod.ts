import { fieldsOf, textOf } from "./decode.ts";
import type { Fields } from "./objects.ts";

/**
 * Whether a pod has run to its end, as those of Jobs and those that were evicted: nothing runs there, though `kubectl get` still shows it.
 * Its labels and its address mean nothing any more. `istio:pilot/pkg/serviceregistry/kube/controller/pod.go#shouldPodBeInEndpoints`
 */
export function hasEnded(kind: string, fields: Fields): boolean {
  if (kind !== "Pod") return false;
  const phase = textOf(fieldsOf(fields["status"])["phase"]);
  return phase === "Succeeded" || phase === "Failed";
}
