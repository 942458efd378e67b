import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { pointsText } from "../words.ts";

/** ztunnel knows ALLOW and DENY only (ctx:T07). */
export const ambientAction: Check = fromNotes({
  code: "ambient/action",
  title: "ztunnel does not know this action",
  why: "ztunnel knows ALLOW and DENY only. A CUSTOM or AUDIT policy does nothing there; it needs a waypoint, and must name it or a Service behind it as its target.",
  like: ["IST0171"],
  notes: ["ztunnel-unsupported-action"],
  say: ({ points }, _scene) => ({
    message: `ztunnel does not know this action: the policy does nothing at ${pointsText(points)}`,
  }),
  evidence: () => ({
    kind: "proof",
    because: "istiod does not send policies of this action to ztunnel, and says so in the status",
  }),
});
