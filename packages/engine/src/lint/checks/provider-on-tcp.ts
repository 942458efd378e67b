import type { Check } from "../check.ts";
import { fromNotes } from "../from-notes.ts";
import { pointsText } from "../words.ts";

/** An HTTP authorizer is not asked about TCP connections. */
export const providerOnTcp: Check = fromNotes({
  code: "custom/provider-on-tcp",
  title: "an HTTP extension provider is not asked about TCP",
  why: "A provider that speaks HTTP cannot be asked about connections: on TCP ports the CUSTOM policy does nothing. A gRPC provider is asked on both.",
  notes: ["http-provider-on-tcp"],
  when: ({ points }) =>
    points.some(
      ({ plane, proxy }) =>
        plane === "sidecar" && proxy?.ports.some(({ protocol }) => protocol === "tcp"),
    ),
  say: ({ points }) => ({
    message: `the provider is not asked on the TCP ports of ${pointsText(points)}`,
  }),
  evidence: () => ({
    kind: "proof",
    because: "istiod builds no ext_authz filter with an HTTP service for network filter chains",
  }),
});
