import { trustDomainsOf } from "../../istiod/authorization/trust-domain.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { valuesOn } from "../values.ts";

/** A trust domain that the mesh does not take. */
export const unknownTrustDomain: Check = {
  code: "binding/unknown-trust-domain",
  title: "a trust domain that the mesh does not know",
  why: "Sidecars and ztunnel refuse certificates of a trust domain that is neither the mesh's own, nor an alias, nor one of a CA certificate of the mesh config. Only gateways and waypoints may see others.",
  like: ["KIA0108"],
  *find({ mesh, boundTo }) {
    if (!mesh.configLoaded) return;
    const { caCertificates = [] } = mesh.config;
    const known = new Set([
      "cluster.local",
      ...trustDomainsOf(mesh.config),
      ...caCertificates.flatMap(({ trustDomains }) => trustDomains ?? []),
    ]);
    for (const value of valuesOn(mesh, "peer")) {
      const [, domain] = /^([^/*]+)\/(?:ns\/|\*$)/.exec(value.text) ?? [];
      const isPrincipal = value.field === "principals" || value.field === "source.principal";
      const atSidecars = boundTo(value.policy).every(
        ({ plane }) => plane === "sidecar" || plane === "ambient",
      );
      if (domain === undefined || !isPrincipal || known.has(domain) || !atSidecars) continue;
      yield {
        at: value.at,
        message: `the trust domain \`${domain}\` is none of the mesh's: ${whenDead(value)}`,
        hint: `one of ${[...known].join(", ")}`,
        evidence: {
          kind: "proof",
          because:
            "the handshake with a certificate of this trust domain fails before any policy is asked",
        },
      };
    }
  },
};
