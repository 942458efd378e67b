import type { Check } from "../check.ts";
import { pointsText } from "../words.ts";

/** No tokens on TCP (an:T-145). */
export const jwtOnTcp: Check = {
  code: "jwt/on-tcp",
  title: "a RequestAuthentication for workloads whose ports are all TCP",
  why: "On a port that is TCP to Istio no token is looked at: neither wrong ones nor missing ones are refused. Name the port so that Istio knows it speaks HTTP.",
  like: ["IST0118"],
  *find({ mesh, boundTo }) {
    for (const policy of mesh.requestAuthentications) {
      const points = boundTo(policy).filter(({ standIn }) => !standIn);
      const isTcp = points.every(
        ({ plane, proxy }) =>
          plane === "sidecar" &&
          (proxy?.ports ?? []).length > 0 &&
          proxy?.ports.every(({ protocol }) => protocol === "tcp"),
      );
      if (points.length === 0 || !isTcp) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "jwtRules"] },
        message: `every port of ${pointsText(points)} is TCP to Istio: no token is ever looked at`,
        evidence: { kind: "proof", because: "network filter chains have no JWT filter" },
      };
    }
  },
};
