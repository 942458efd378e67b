import { workloadText } from "../../journey/endpoint.ts";
import type { Check } from "../check.ts";
import { containersAt } from "../containers-at.ts";

/** Of the hygiene of workloads, not of access. */
export const hygieneProbes: Check = {
  code: "hygiene/probes",
  title: "a container has no liveness or readiness probe",
  why: "Without probes requests are sent to a pod that cannot answer, and policies that cut off its probes are not noticed.",
  set: "workload-hygiene",
  *find({ mesh }) {
    for (const workload of mesh.inventory.workloads)
      for (const [index, { name, checked }] of (workload.containers ?? []).entries()) {
        if (checked || name === "istio-proxy") continue;
        yield {
          at: containersAt(workload, index),
          message: `container \`${name}\` of \`${workloadText(workload)}\` has no liveness or no readiness probe`,
          hint: "set livenessProbe and readinessProbe",
          evidence: { kind: "proof", because: "it is not in the pod or its template" },
        };
      }
  },
};
