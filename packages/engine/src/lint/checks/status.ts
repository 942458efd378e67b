import type { Check } from "../check.ts";

/** What istiod wrote into the status of a policy (az:AN-1, az:AN-3). */
export const status: Check = {
  code: "binding/status",
  title: "istiod says that it does not take the policy",
  why: "The object comes from a cluster, and its status has a condition that istiod sets when it does not enforce the policy, or a part of it.",
  like: ["IST0171"],
  *find({ mesh }) {
    for (const { key, conditions = [] } of mesh.authorizationPolicies)
      for (const [index, { type, status: state, reason, message }] of conditions.entries()) {
        const isOurs = type === "ZtunnelAccepted" || type === "WaypointAccepted";
        if (!isOurs || (state !== "False" && reason !== "PartiallyInvalid")) continue;
        yield {
          at: { resource: key, path: ["status", "conditions", index, "status"] },
          message: `istiod says ${type}=${state}, ${reason}: ${message}`,
          evidence: { kind: "proof", because: "it stands in the status of the object" },
        };
      }
  },
};
