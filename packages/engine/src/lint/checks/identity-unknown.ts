import { modeOfPort, peerModes } from "../../istiod/peer-authentication.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Check } from "../check.ts";
import { whenDead } from "../effects.ts";
import { hasSelector } from "../inventory.ts";
import type { Point } from "../points.ts";
import { hasTarget } from "../policies.ts";
import { type Value, valuesOn } from "../values.ts";
import { pointsText } from "../words.ts";

/** Without mutual TLS nobody has an identity (KIA0105). */
export const identityUnknown: Check = {
  code: "identity/never-known",
  title: "an identity where mutual TLS is off",
  why: "Identities come from the client's certificate. Where PeerAuthentication says DISABLE, for the workload or for the ports that a rule names, and at a gateway whose servers ask for no client certificate, nobody shows one: every condition on an identity fails, and every one that excludes an identity holds.",
  like: ["KIA0105"],
  *find({ mesh, boundTo }) {
    const off = new Map<Point, Map<string, boolean>>();
    const isKnownOff = (point: Point, asked: readonly number[] | undefined): boolean => {
      const known = off.get(point) ?? new Map<string, boolean>();
      off.set(point, known);
      const found = known.get(`${asked}`) ?? isOff(mesh, point, asked);
      known.set(`${asked}`, found);
      return found;
    };
    for (const value of valuesOn(mesh, "peer")) {
      const asked = portsAsked(value);
      const points = boundTo(value.policy).filter((point) => isKnownOff(point, asked));
      const isWide = !hasSelector(value.policy) && !hasTarget(value.policy);
      if (isWide && points.some(({ plane }) => plane === "gateway")) continue; // binding/mesh-wide-at-gateways
      if (points.length === 0 || points.length < boundTo(value.policy).length) continue;
      const path = value.at.path.slice(0, -1);
      const ports = asked && `port ${asked.join(" or ")}`;
      const where = [pointsText(points), ...(ports ? [ports] : [])].join(", ");
      yield {
        at: { ...value.at, path },
        message: value.negated
          ? `nobody shows a certificate at ${where}: this excludes nobody`
          : `nobody shows a certificate at ${where}, so nobody has an identity: ${whenDead(value)}`,
        evidence: {
          kind: "proof",
          because: `no filter chain of ${ports ?? "the proxy"} asks for a certificate, and without one there is no peer`,
        },
      };
    }
  },
};

/** The ports that a rule is confined to, if it is. */
function portsAsked({ policy, rule }: Value): readonly number[] | undefined {
  const { to = [] } = policy.spec.rules?.[rule] ?? {};
  const ports = to.map((each) => each?.operation?.ports ?? []);
  if (ports.length === 0 || ports.some((each) => each.length === 0)) return undefined;
  return [...new Set(ports.flat().map(Number))];
}

function isOff(
  mesh: Mesh,
  { plane, proxy, program, standIn }: Point,
  asked: readonly number[] | undefined,
): boolean {
  if (plane === "gateway") {
    if (standIn) return false; // its servers are not known
    const chains = program()?.listeners.flatMap((listener) => listener.chains) ?? [];
    const asks = chains.some(({ tls }) => tls !== undefined && tls.clientCertificate !== "none");
    return chains.length > 0 && !asks;
  }
  if (plane !== "sidecar" || proxy === undefined) return false;
  const modes = peerModes(mesh, proxy);
  const ports = asked ?? [0, ...proxy.ports.map(({ port }) => port), ...modes.ports.keys()];
  return ports.every((port) => modeOfPort(modes, port) === "DISABLE");
}
