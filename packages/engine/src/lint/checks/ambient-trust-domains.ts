import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { pointsText } from "../words.ts";

/** istiod drops trustDomains for ztunnel without a word (ctx:T09). */
export const ambientTrustDomains: Check = fromNotes({
  code: "ambient/trust-domains",
  title: "ztunnel is not told of trust domains",
  why: "istiod leaves `trustDomains` and `notTrustDomains` out of what it tells ztunnel, without a word in the status: the rule holds for every trust domain.",
  notes: ["ztunnel-trust-domains"],
  say: ({ note, points }) => ({
    message: `the trust domains are left out at ${pointsText(points)}${note.effect === "wider" ? ": the rule lets in more than it says" : ""}`,
  }),
  evidence: () => ({
    kind: "proof",
    because:
      "istio/istio:pilot/pkg/serviceregistry/ambient/authorization.go copies no trust domains",
  }),
});
