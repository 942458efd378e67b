import { workloadText } from "../../journey/endpoint.ts";
import type { Check } from "../check.ts";

const annotations = ["sidecar.istio.io/proxyCPU", "sidecar.istio.io/proxyMemory"];

/** The resources of the sidecar are the defaults of the mesh. */
export const hygieneProxy: Check = {
  code: "hygiene/proxy-resources",
  title: "a sidecar gets the mesh's default resources",
  why: "The annotations sidecar.istio.io/proxyCPU and proxyMemory say what the sidecar of a workload needs. Without them it gets the defaults, whatever its traffic is.",
  set: "workload-hygiene",
  *find({ points }) {
    for (const { workload, plane, standIn } of points) {
      if (
        plane !== "sidecar" ||
        standIn ||
        annotations.some((name) => name in workload.annotations)
      )
        continue;
      yield {
        at: { resource: workload.key, path: ["metadata", "name"] },
        message: `the sidecar of \`${workloadText(workload)}\` gets the default resources`,
        hint: annotations.join(", "),
        evidence: { kind: "proof", because: "the pod has neither annotation" },
      };
    }
  },
};
