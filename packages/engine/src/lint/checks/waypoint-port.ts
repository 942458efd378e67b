import { findService } from "../../kubernetes/service.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { targetsOf } from "../targets.ts";
import { valuesOn } from "../values.ts";

/** A waypoint compares the port of the Service (ctx:T38). */
export const waypointPort: Check = {
  code: "waypoint/port",
  title: "a policy for a Service names a port of the workload",
  why: "A waypoint compares the port that the client addressed, which is that of the Service.",
  *find({ mesh }) {
    for (const value of valuesOn(mesh, "destination.port")) {
      const targets = targetsOf(value.policy).map(({ ref }) => ref);
      const services = targets.map(({ kind, name }) =>
        kind === "Service"
          ? findService(mesh.inventory, value.policy.key.namespace, name)
          : undefined,
      );
      const known = services.filter((service) => service !== undefined);
      if (known.length === 0 || known.length < targets.length) continue;
      const ports = known.flatMap((service) => service.ports.map(({ port }) => port));
      if (ports.includes(Number(value.text))) continue;
      yield {
        at: value.at,
        message: `the Service has no port \`${value.text}\`, and a waypoint compares ports of the Service: ${whenDead(value)}`,
        hint: [...new Set(ports)].join(", "),
        evidence: {
          kind: "proof",
          because: "connections come to the waypoint for ports of the Service only",
        },
      };
    }
  },
};
