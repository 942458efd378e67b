import { workloadText } from "../../journey/endpoint.ts";
import { spiffeId } from "../../kubernetes/identity.ts";
import { matches } from "../../match/matches.ts";
import type { Check } from "../check.ts";
import { valuesOn } from "../values.ts";

/** An account that several workloads run under (ctx:T95). */
export const sharedAccount: Check = {
  code: "identity/shared-account",
  title: "a rule names an account that several workloads run under",
  why: "The identity is the service account, not the pod: every workload that runs under it gets in. The account `default` is that of everything that names none.",
  *find({ mesh, points }) {
    const pods = points.filter(
      ({ standIn, plane }) =>
        !standIn && plane !== "gateway" && plane !== "waypoint" && plane !== "none",
    );
    for (const value of valuesOn(mesh, "peer")) {
      const isOne = /sa\/default$|\/default$/.test(value.text) && !value.text.includes("*");
      if (!isOne || value.negated || value.action !== "ALLOW") continue;
      const under = pods.filter(({ workload: { key, serviceAccount } }) =>
        value.patterns.some((pattern) =>
          matches(pattern, spiffeId(mesh.config, key.namespace, serviceAccount || "default")),
        ),
      );
      const names = [...new Set(under.map(({ workload }) => workloadText(workload)))];
      if (names.length < 2) continue;
      yield {
        at: value.at,
        message: `\`${names[0]}\` and ${names.length - 1} other${names.length === 2 ? "" : "s"} run under this account: all of them get in`,
        hint: "give each workload an account of its own",
        evidence: { kind: "proof", because: "their certificates hold the same identity" },
      };
    }
  },
};
