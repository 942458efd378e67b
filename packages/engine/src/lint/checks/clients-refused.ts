import { modeOfPort, peerModes } from "../../istiod/peer-authentication.ts";
import { backendsOf, targetPortOf } from "../../kubernetes/service.ts";
import type { AccessRequest } from "../../model/access-request.ts";
import type { Service } from "../../model/kubernetes.ts";
import type { Place } from "../../model/place.ts";
import type { Check, Found } from "../check.ts";
import { type ClientTls, clientTlsFor } from "../client-tls.ts";
import type { Point } from "../points.ts";
import type { Scene } from "../scene.ts";
import { witnessed } from "../witness.ts";

/** Clients of the mesh that speak another transport than the server takes (an:T-36 to T-41). */
export const clientsRefused: Check = {
  code: "mtls/clients-refused",
  title: "clients of the mesh cannot connect",
  why: "A DestinationRule says which transport clients use, and PeerAuthentication which one servers take; where they disagree every connection fails. Without a DestinationRule clients go by the namespace's mode, so that a workload that is STRICT in a namespace that is DISABLE gets plaintext. Let auto mTLS choose: take the tls block away.",
  like: ["KIA0207", "KIA0208", "KIA0401", "KIA0501", "KIA0505", "KIA0506"],
  find: (scene) => scene.mesh.inventory.services.flatMap((service) => ofService(scene, service)),
};

function ofService(scene: Scene, service: Service): readonly Found[] {
  const { mesh, points } = scene;
  const behind = new Set(backendsOf(mesh.inventory, service));
  const point = points.find(({ plane, workload }) => plane === "sidecar" && behind.has(workload));
  if (point?.proxy === undefined) return [];
  const modes = peerModes(mesh, point.proxy);
  const tls = clientTlsFor(mesh, service);
  const by = modes.policies.at(-1);
  const peer: Place | undefined = by && { resource: by.key, path: ["spec"] };
  const at = tls?.at ?? peer;
  return service.ports.flatMap((port) => {
    const target = targetPortOf(port, point.workload);
    if (target === undefined || port.transport !== "TCP" || at === undefined) return [];
    const mode = modeOfPort(modes, target);
    if (mode === "PERMISSIVE" && tls === undefined) return [];
    return [disagreement(scene, { service, port: port.port, point, mode, tls, at, peer })];
  });
}

interface Disagreement {
  readonly service: Service;
  readonly port: number;
  readonly point: Point;
  readonly mode: string;
  readonly tls: ClientTls | undefined;
  readonly at: Place;
  readonly peer: Place | undefined;
}

function disagreement(
  { mesh }: Scene,
  { service, port, point, mode, tls, at, peer }: Disagreement,
): Found {
  const { namespace, name } = service.key;
  const clients =
    tls === undefined
      ? "their proxies go by the namespace's mode"
      : `the DestinationRule says ${tls.mode}`;
  return {
    at,
    message: `clients of the mesh cannot connect to \`${namespace}/${name}:${port}\`: \`${point.name}\` takes ${mode === "STRICT" ? "mutual TLS only" : mode === "DISABLE" ? "plaintext only" : "both"}, and ${clients}`,
    ...(tls !== undefined && peer !== undefined
      ? { related: [{ message: "the mode of the workload", at: peer }] }
      : {}),
    evidence: () => {
      for (const http of [{ method: "GET", path: "/" }, undefined]) {
        const request: AccessRequest = {
          from: `sa/${namespace}/client`,
          to: `svc/${namespace}/${name}:${port}`,
          ...(http === undefined ? {} : { http }),
          token: "none",
        };
        const found = witnessed(mesh, [
          { request, wants: ({ decision, layer }) => decision === "deny" && layer === "mtls" },
        ]);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}
