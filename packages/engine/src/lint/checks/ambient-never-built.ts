import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { portOf } from "../request-of.ts";
import { allows, witnessed } from "../witness.ts";
import { pointsText } from "../words.ts";

/** istiod refers to a policy that it does not build (an:PA-69). */
export const ambientNeverBuilt: Check = fromNotes({
  code: "ambient/never-built",
  title: "ztunnel is referred to a policy that is never built",
  why: "For port-level modes istiod points the workload at a policy that it converts from the PeerAuthentication. Here it converts nothing, ztunnel skips the reference, and plaintext is taken on every port although STRICT is asked for. State the mode of the workload itself beside its ports.",
  notes: ["ztunnel-never-built"],
  say: ({ points }) => ({
    message: `the policy that istiod makes of this for ztunnel is never built: nothing is enforced at ${pointsText(points)}`,
  }),
  evidence: ({ points: [point] }, { mesh }) =>
    witnessed(mesh, [
      {
        request: {
          from: "none",
          to: point.to(portOf(point), "http"),
          transport: "plaintext",
          http: { method: "GET", path: "/" },
          token: "none",
        },
        wants: allows,
      },
    ]),
});
