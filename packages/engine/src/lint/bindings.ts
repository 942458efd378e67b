import { boundAuthorizationPolicies, boundRequestAuthentications } from "../istiod/attach.ts";
import type { TargetService } from "../istiod/attach-rules.ts";
import { servedServices } from "../istiod/listener/waypoint-services.ts";
import { peerModes } from "../istiod/peer-authentication.ts";
import { ztunnelAttachment } from "../istiod/ztunnel-attachment.ts";
import { gatewayNameLabel } from "../kubernetes/gateway-class.ts";
import type { Mesh } from "../model/mesh.ts";
import { keyText } from "../model/place.ts";
import type { Attachment, Resource } from "../model/policy.ts";
import type { Proxy } from "../model/program.ts";
import type { Point } from "./points.ts";

type Bound = ReadonlyMap<string, readonly Point[]>;

/** Which points each policy binds to, worked out when it is first asked for. */
export function boundPoints(mesh: Mesh, points: readonly Point[]): () => Bound {
  let made: Bound | undefined;
  return () => {
    made ??= bindingsOf(mesh, points);
    return made;
  };
}

function bindingsOf(mesh: Mesh, points: readonly Point[]): Bound {
  const bound = new Map<string, Point[]>();
  for (const point of points) {
    if (point.proxy === undefined) continue;
    const keys = new Set(bindingTo(mesh, point.proxy).map(({ key }) => keyText(key)));
    for (const key of keys) {
      const known = bound.get(key);
      if (known === undefined) bound.set(key, [point]);
      else known.push(point);
    }
  }
  return bound;
}

function bindingTo(mesh: Mesh, proxy: Proxy): readonly Resource<Attachment>[] {
  if (proxy.kind === "ztunnel")
    return [...ztunnelAttachment(mesh, proxy).bound, ...peerModes(mesh, proxy).policies];
  const services: readonly (TargetService | undefined)[] =
    proxy.kind === "waypoint" ? [undefined, ...behind(mesh, proxy)] : [undefined];
  const own = services.flatMap((service): readonly Resource<Attachment>[] => [
    ...boundAuthorizationPolicies(mesh, proxy, service).bound,
    ...boundRequestAuthentications(mesh, proxy, service).bound,
  ]);
  return proxy.kind === "sidecar" ? [...own, ...peerModes(mesh, proxy).policies] : own;
}

function behind(mesh: Mesh, { namespace, labels }: Proxy): readonly TargetService[] {
  const name = labels[gatewayNameLabel] ?? "";
  return servedServices(mesh, { namespace, name }).map(({ target }) => target);
}
