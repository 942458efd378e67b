import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import type { Point } from "../points.ts";
import { valuesOn } from "../values.ts";

/** Ports are those that the workload listens on (ctx:T54, ctx:T12). */
export const servicePort: Check = {
  code: "value/service-port",
  title: "a rule names the port of a Service",
  why: "`ports` and `destination.port` are compared with the port that the workload listens on: a sidecar, ztunnel or gateway never sees the port of the Service. (At a waypoint, a policy for a Service compares the port of the Service.)",
  *find({ mesh, boundTo }) {
    for (const value of valuesOn(mesh, "destination.port")) {
      const points = boundTo(value.policy);
      const number = Number(value.text);
      const asked = points.filter(({ plane, standIn }) => !standIn && plane !== "waypoint");
      if (
        asked.length === 0 ||
        asked.length < points.length ||
        asked.some((point) => listens(point, number))
      )
        continue;
      const meant = asked
        .flatMap(({ proxy }) => proxy?.ports ?? [])
        .filter(({ service }) => service?.port === number);
      const [first] = meant;
      if (first === undefined) continue;
      const targets = [...new Set(meant.map(({ port }) => String(port)))];
      const [only, second] = targets;
      const fix = only !== undefined && second === undefined && value.field === "ports";
      yield {
        at: value.at,
        message: `port \`${value.text}\` is one of Service \`${first.service?.host}\`, which leads to port ${targets.join(", ")} of the workload: ${whenDead(value)}`,
        hint: targets.join(", "),
        evidence: {
          kind: "proof",
          because: "no workload that the policy applies to listens on a port of this number",
        },
        fix: fix ? [{ at: value.at, do: "set", values: [only], left: only }] : [],
      };
    }
  },
};

function listens({ plane, proxy, workload, program }: Point, number: number): boolean {
  if (plane === "gateway")
    return (program()?.listeners ?? []).some(({ port }) => port === undefined || port === number);
  return [...(proxy?.ports ?? []), ...workload.ports].some(({ port }) => port === number);
}
