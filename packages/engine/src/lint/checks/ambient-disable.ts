import { keyText } from "../../model/place.ts";
import type { PeerAuthentication } from "../../model/policy.ts";
import type { Check } from "../check.ts";
import type { Point } from "../points.ts";
import { portOf } from "../request-of.ts";
import { allows, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** DISABLE cannot refuse mutual TLS in ambient (ctx:T24, an:T-51). */
export const ambientDisable: Check = {
  code: "ambient/disable",
  title: "DISABLE means PERMISSIVE in ambient",
  why: "ztunnel takes tunnels for every workload it serves: DISABLE does not turn mutual TLS off there, clients keep their identity, and rules on identities go on matching.",
  *find({ mesh, boundTo }) {
    for (const policy of mesh.peerAuthentications) {
      const points = boundTo(policy).filter(({ plane }) => plane === "ambient");
      if (policy.spec.mtls?.mode !== "DISABLE" || points.length === 0) continue;
      yield {
        at: { resource: policy.key, path: ["spec", "mtls", "mode"] },
        message: `ztunnel takes mutual TLS in front of ${pointsText(points)} all the same`,
        hint: "PERMISSIVE says what happens",
        evidence: () => tunnelled(policy, points, mesh),
      };
    }
  },
};

function tunnelled(
  policy: PeerAuthentication,
  points: readonly Point[],
  mesh: Parameters<typeof witnessed>[0],
) {
  const [point] = points;
  const request = point && {
    from: "sa/default/someone",
    to: point.to(portOf(point)),
    transport: "hbone" as const,
    http: { method: "GET", path: "/" },
    token: "none",
  };
  const found = request && witnessed(mesh, [{ request, wants: allows }]);
  return (
    found ??
    ({
      kind: "proof",
      because: `istiod makes no rule for ztunnel of the mode DISABLE of ${keyText(policy.key)}`,
    } as const)
  );
}
