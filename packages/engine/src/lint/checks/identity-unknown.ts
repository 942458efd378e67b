import { modeOfPort, peerModes } from "../../istiod/peer-authentication.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Proxy } from "../../model/program.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import type { Point } from "../points.ts";
import { valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** Without mutual TLS nobody has an identity (KIA0105). */
export const identityUnknown: Check = {
  code: "identity/never-known",
  title: "an identity where mutual TLS is off",
  why: "Identities come from the client's certificate. Where PeerAuthentication says DISABLE the proxy takes plaintext only: every condition on an identity fails, and every one that excludes an identity holds.",
  like: ["KIA0105"],
  *find({ mesh, boundTo }) {
    const off = new Map<Point, boolean>();
    for (const value of valuesOn(mesh, "peer", "sni")) {
      const points = boundTo(value.policy).filter((point) => {
        const known = off.get(point) ?? isOff(mesh, point);
        off.set(point, known);
        return known;
      });
      if (points.length === 0 || points.length < boundTo(value.policy).length) continue;
      const path = value.at.path.slice(0, -1);
      yield {
        at: { ...value.at, path },
        message: value.negated
          ? `mutual TLS is off at ${pointsText(points)}: nobody has an identity, and this excludes nobody`
          : `mutual TLS is off at ${pointsText(points)}: nobody has an identity, so ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because: "the mode of every port is DISABLE, and what does not end TLS knows no peer",
        },
      };
    }
  },
};

function isOff(mesh: Mesh, { plane, proxy }: Point): boolean {
  if (plane !== "sidecar" || proxy === undefined) return false;
  const modes = peerModes(mesh, proxy);
  return [0, ...portsOf(proxy), ...modes.ports.keys()].every(
    (port) => modeOfPort(modes, port) === "DISABLE",
  );
}

function portsOf({ ports }: Proxy): readonly number[] {
  return ports.map(({ port }) => port);
}
