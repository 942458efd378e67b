import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { pointsText } from "../words.ts";

/** Port-level modes that mean another thing in ambient (ctx:T20 to T22). */
export const ambientPortMode: Check = fromNotes({
  code: "ambient/port-mode",
  title: "a port-level mode means another thing in ambient",
  why: "What istiod makes of port-level mTLS for ztunnel differs from the documented meaning on this port: DISABLE under an inherited STRICT stays STRICT, and some combinations come to nothing. State the mode of the workload itself, and PERMISSIVE instead of DISABLE.",
  notes: ["ztunnel-port-mode"],
  say: ({ points }) => ({
    message: `this mode does not mean at ${pointsText(points)} what it means at a sidecar`,
  }),
  evidence: () => ({
    kind: "proof",
    because:
      "istio/istio:pilot/pkg/serviceregistry/ambient/authorization.go convertPeerAuthentication",
  }),
});
