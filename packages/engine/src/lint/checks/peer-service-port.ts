import { declaredPorts } from "../../kubernetes/proxy.ts";
import type { Place } from "../../model/place.ts";
import type { Check } from "../check.ts";

/** The key of `portLevelMtls` is a port of the workload (an:T-08). */
export const peerServicePort: Check = {
  code: "mtls/service-port",
  title: "portLevelMtls names a port of the Service",
  why: "The keys are ports that the workload listens on, not those of a Service. The mode is set for a port that nothing listens on, and the real one keeps the mode of the workload.",
  *find({ mesh, boundTo }) {
    for (const policy of mesh.peerAuthentications) {
      const points = boundTo(policy).filter(({ standIn }) => !standIn);
      for (const port of Object.keys(policy.spec.portLevelMtls ?? {})) {
        const number = Number(port);
        const at: Place = { resource: policy.key, path: ["spec", "portLevelMtls", port] };
        const ports = points.map(({ workload }) => declaredPorts(mesh.inventory, workload));
        const meant = ports.flat().filter(({ service }) => service?.port === number);
        const isReal = points.some(({ workload }, index) =>
          [...(ports[index] ?? []), ...workload.ports].some((each) => each.port === number),
        );
        const [first] = meant;
        if (first === undefined || isReal) continue;
        const targets = [...new Set(meant.map((each) => each.port))];
        yield {
          at,
          message: `port \`${port}\` is one of Service \`${first.service?.host}\`, which leads to port ${targets.join(", ")} of the workload: the mode counts for nothing`,
          hint: targets.join(", "),
          evidence: {
            kind: "proof",
            because: "no workload that the policy selects has a port of this number",
          },
          fix: targets.length === 1 ? [{ at, do: "rename", values: [String(targets[0])] }] : [],
        };
      }
    }
  },
};
