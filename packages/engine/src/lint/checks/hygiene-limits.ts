import { workloadText } from "../../journey/endpoint.ts";
import type { Check } from "../check.ts";
import { containersAt } from "../containers-at.ts";

/** Of the hygiene of workloads, not of access. */
export const hygieneLimits: Check = {
  code: "hygiene/limits",
  title: "a container has no resource limits",
  why: "A container without limits can starve its node, the proxies of its neighbours included.",
  set: "workload-hygiene",
  *find({ mesh }) {
    for (const workload of mesh.inventory.workloads)
      for (const [index, { name, limited }] of (workload.containers ?? []).entries()) {
        if (limited || name === "istio-proxy") continue;
        yield {
          at: containersAt(workload, index),
          message: `container \`${name}\` of \`${workloadText(workload)}\` has no resource limits`,
          hint: "set resources.limits",
          evidence: { kind: "proof", because: "it is not in the pod or its template" },
        };
      }
  },
};
