import { trustDomain } from "../../kubernetes/identity.ts";
import { servicesOf } from "../../kubernetes/service.ts";
import { waypointOf } from "../../kubernetes/waypoint.ts";
import { admits } from "../admits.ts";
import { httpRules } from "../as-meant.ts";
import type { Check } from "../check.ts";
import { hasTarget } from "../policies.ts";
import { callerText } from "../request-of.ts";
import { valuesOn } from "../values.ts";

/** Behind a waypoint ztunnel sees the waypoint's identity (ctx:T30, ctx:T31). */
export const waypointIdentity: Check = {
  code: "waypoint/identity",
  title: "a rule on callers at a workload behind a waypoint",
  why: "What comes through the waypoint comes with the waypoint's identity: at the workload's ztunnel a DENY on the caller no longer matches, and an ALLOW that does not name the waypoint denies everything. Put rules on callers to the waypoint (target references), and allow the waypoint's account at the workload.",
  *find({ mesh, boundTo }) {
    const told = new Set<string>();
    for (const value of valuesOn(mesh, "peer", "source.ip")) {
      const { policy, action } = value;
      if (hasTarget(policy) || (action !== "ALLOW" && action !== "DENY")) continue;
      const behind = boundTo(policy).flatMap(({ plane, workload }) => {
        if (plane !== "ambient") return [];
        return servicesOf(mesh.inventory, workload).flatMap((service) => {
          const waypoint = waypointOf(mesh.inventory, service, "service");
          return waypoint === undefined ? [] : [{ service, waypoint }];
        });
      });
      const [first] = behind;
      const path = value.at.path.slice(0, -1);
      const key = JSON.stringify([policy.key, path]);
      if (first === undefined || told.has(key)) continue;
      const own = `spiffe://${trustDomain(mesh.config)}/ns/${first.waypoint.namespace}/sa/${first.waypoint.name}`;
      const named = httpRules(mesh, policy).some((rule) => admits(rule, own));
      if (action === "ALLOW" && named) continue;
      told.add(key);
      const account = callerText(mesh, own);
      yield {
        at: { ...value.at, path },
        message:
          action === "DENY"
            ? `what comes through waypoint \`${first.waypoint.name}\` has its identity (${account}) and not the caller's: this denies nobody there`
            : `what comes through waypoint \`${first.waypoint.name}\` has its identity (${account}), which this rule does not let in: everything for \`${first.service.key.name}\` is denied`,
        hint: "targetRefs: the Service or the waypoint",
        evidence: {
          kind: "proof",
          because:
            "the waypoint connects to the workload with its own certificate, and ztunnel sees no other",
        },
      };
    }
  },
};
