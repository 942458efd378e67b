import { rootNamespace } from "../../istiod/attach-rules.ts";
import { modeOfPort, peerModes } from "../../istiod/peer-authentication.ts";
import { namespaceTakesTls } from "../../journey/programs.ts";
import { proxyOf } from "../../kubernetes/proxy.ts";
import { backendsOf, portBehind } from "../../kubernetes/service.ts";
import type { AccessRequest } from "../../model/access-request.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Place } from "../../model/place.ts";
import type { Check, Evidence, Found } from "../check.ts";
import { type Addressed, type ClientTls, clientTls, madeServices, tlsFor } from "../client-tls.ts";
import type { Scene } from "../scene.ts";
import { witnessed } from "../witness.ts";

/** Clients of the mesh that speak another transport than the server takes (an:T-36 to T-41). */
export const clientsRefused: Check = {
  code: "mtls/clients-refused",
  title: "clients of the mesh cannot connect",
  why: "A DestinationRule says which transport clients use, and PeerAuthentication which one servers take; where they disagree every connection fails. Without a DestinationRule clients go by the namespace's mode, so that a workload that is STRICT in a namespace that is DISABLE gets plaintext. Let auto mTLS choose: take the tls block away.",
  like: ["KIA0207", "KIA0208", "KIA0401", "KIA0501", "KIA0505", "KIA0506"],
  find: (scene) => [
    ...loadedServices(scene).flatMap((service) => ofService(scene, service)),
    ...clientTls(scene.mesh).flatMap((rule) => unloaded(scene, rule)),
  ],
};

/** A Service of which nothing was loaded: whichever workload is behind it. */
function unloaded(scene: Scene, rule: ClientTls): readonly Found[] {
  const found = madeServices(scene, rule).map((service) => ofRule(scene, service, rule));
  const isOne = !rule.host.startsWith("*");
  return isOne && found.some((each) => each.length === 0) ? [] : found.flat();
}

function loadedServices({ mesh, points }: Scene): readonly Addressed[] {
  return mesh.inventory.services.flatMap((service) => {
    const behind = new Set(backendsOf(mesh.inventory, service));
    const point = points.find(({ plane, workload }) => plane === "sidecar" && behind.has(workload));
    return point === undefined ? [] : [{ mesh, service, workload: point.workload }];
  });
}

function ofService(scene: Scene, addressed: Addressed): readonly Found[] {
  const rules = tlsFor(scene.mesh, addressed.service);
  return rules.length === 0
    ? ofRule(scene, addressed, undefined)
    : rules.flatMap((rule) => ofRule(scene, addressed, rule));
}

function ofRule(
  { mesh }: Scene,
  addressed: Addressed,
  rule: ClientTls | undefined,
): readonly Found[] {
  const { service, workload } = addressed;
  const proxy = proxyOf(addressed.mesh.inventory, workload, "sidecar");
  const modes = peerModes(mesh, proxy);
  const by = modes.policies.at(-1);
  const peer: Place | undefined = by && { resource: by.key, path: ["spec"] };
  const at = rule?.at ?? peer;
  return service.ports.flatMap((port) => {
    const target = portBehind(addressed.mesh.inventory, service, port, workload);
    if (target === undefined || port.transport !== "TCP" || at === undefined) return [];
    const mode = modeOfPort(modes, target);
    const mayDisagree =
      mode !== "PERMISSIVE" &&
      (rule === undefined ? infersOtherwise(addressed, mode) : disagrees(mode, rule));
    if (mode === "PERMISSIVE" || !mayDisagree) return [];
    return [disagreement({ addressed, port: port.port, mode, rule, at, peer })];
  });
}

/** Without a rule the clients' proxies go by the mode of the namespace: who is STRICT where that one takes TLS is understood. */
function infersOtherwise(
  { mesh, service, workload }: Addressed,
  mode: "DISABLE" | "STRICT",
): boolean {
  const usual = workload.accountless ? "disabled" : "istio";
  const isMarked = (workload.labels["security.istio.io/tlsMode"] ?? usual) === "istio";
  const isHeadless = service.clusterIps.includes("None"); // one pod without a proxy counts for all
  if (mode === "DISABLE" || !isMarked || isHeadless) return true;
  const isAutomatic = mesh.config.enableAutoMtls !== false;
  return !(isAutomatic && namespaceTakesTls(mesh, service.key.namespace));
}

function disagrees(mode: "DISABLE" | "STRICT", rule: ClientTls): boolean {
  return (rule.mode === "ISTIO_MUTUAL") === (mode === "DISABLE");
}

interface Disagreement {
  readonly addressed: Addressed;
  readonly port: number;
  readonly mode: "DISABLE" | "STRICT";
  readonly rule: ClientTls | undefined;
  readonly at: Place;
  readonly peer: Place | undefined;
}

const takes = { STRICT: "mutual TLS only", DISABLE: "plaintext only" } as const;

function disagreement({ addressed, port, mode, rule, at, peer }: Disagreement): Found {
  const { service, mesh } = addressed;
  const { namespace, name } = service.key;
  const clients =
    rule === undefined ? "their proxies go by the namespace's mode" : `this says ${rule.mode}`;
  const what = addressed.isMade
    ? `a Service of namespace \`${namespace}\``
    : `\`${namespace}/${name}:${port}\``;
  return {
    at,
    message: `clients of the mesh cannot connect to ${what}: the workload takes ${takes[mode]}, and ${clients}`,
    ...(rule !== undefined && peer !== undefined
      ? { related: [{ message: "the mode of the workload", at: peer }] }
      : {}),
    evidence: () => refused(mesh, addressed, port, rule),
  };
}

function refused(
  mesh: Mesh,
  { service: { key }, isMade }: Addressed,
  port: number,
  rule: ClientTls | undefined,
): Evidence | undefined {
  const { namespace, name } = key;
  const home =
    rule === undefined || rule.namespace === rootNamespace(mesh) ? namespace : rule.namespace;
  const http = { method: "GET", path: "/" };
  for (const sent of [{ http }, {}]) {
    const request: AccessRequest = {
      from: `sa/${home}/client`,
      to: `svc/${namespace}/${name}:${port}`,
      ...sent,
      token: "none",
    };
    const asked = {
      request,
      mesh,
      wants: ({ decision, layer }: { decision: string; layer?: string }) =>
        decision === "deny" && layer === "mtls",
      ...(isMade ? { without: "where such a Service is" } : {}),
    };
    const found = witnessed(mesh, [asked]);
    if (found !== undefined) return found;
  }
  return undefined;
}
