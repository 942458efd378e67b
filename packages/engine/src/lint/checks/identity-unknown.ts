import { modeOfPort, peerModes } from "../../istiod/peer-authentication.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { hasSelector } from "../inventory.ts";
import type { Point } from "../points.ts";
import { hasTarget } from "../policies.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** Without mutual TLS nobody has an identity (KIA0105). */
export const identityUnknown: Check = {
  code: "identity/never-known",
  title: "an identity where mutual TLS is off",
  why: "Identities come from the client's certificate. Where PeerAuthentication says DISABLE, and at a gateway whose servers ask for no client certificate, nobody shows one: every condition on an identity fails, and every one that excludes an identity holds.",
  like: ["KIA0105"],
  *find({ mesh, boundTo }) {
    const off = new Map<Point, boolean>();
    for (const value of valuesOn(mesh, "peer")) {
      const points = boundTo(value.policy).filter((point) => {
        const known = off.get(point) ?? isOff(mesh, point);
        off.set(point, known);
        return known;
      });
      const isWide = !hasSelector(value.policy) && !hasTarget(value.policy);
      if (isWide && points.some(({ plane }) => plane === "gateway")) continue; // binding/mesh-wide-at-gateways
      if (points.length === 0 || points.length < boundTo(value.policy).length) continue;
      const path = value.at.path.slice(0, -1);
      yield {
        at: { ...value.at, path },
        message: value.negated
          ? `nobody shows a certificate at ${pointsText(points)}: this excludes nobody`
          : `nobody shows a certificate at ${pointsText(points)}, so nobody has an identity: ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because:
            "no filter chain of the proxy asks for a certificate, and without one there is no peer",
        },
      };
    }
  },
};

function isOff(mesh: Mesh, { plane, proxy, program, standIn }: Point): boolean {
  if (plane === "gateway") {
    if (standIn) return false; // its servers are not known
    const chains = program()?.listeners.flatMap((listener) => listener.chains) ?? [];
    const asks = chains.some(({ tls }) => tls !== undefined && tls.clientCertificate !== "none");
    return chains.length > 0 && !asks;
  }
  if (plane !== "sidecar" || proxy === undefined) return false;
  const modes = peerModes(mesh, proxy);
  return [0, ...portsOf(proxy), ...modes.ports.keys()].every(
    (port) => modeOfPort(modes, port) === "DISABLE",
  );
}

function portsOf({ ports }: Proxy): readonly number[] {
  return ports.map(({ port }) => port);
}
