import { rootNamespace } from "../../istiod/attach-rules.ts";
import { backendsOf } from "../../kubernetes/service.ts";
import type { AuthorizationPolicy } from "../../model/policy.ts";
import { httpRules } from "../as-meant.ts";
import type { Check, Evidence, Found } from "../check.ts";
import { type Addressed, addressed, type ClientTls, clientTls, tlsFor } from "../client-tls.ts";
import type { Point } from "../points.ts";
import { requestOf } from "../request-of.ts";
import { sampleOf } from "../sample.ts";
import type { Scene } from "../scene.ts";
import { type Value, valuesOn } from "../values.ts";
import { allows, witnessed } from "../witness.ts";

/** Clients that a DestinationRule makes speak plaintext show no identity (ctx:T82). */
export const clientWithoutTls: Check = {
  code: "identity/client-without-tls",
  title: "a DestinationRule takes the identity away that a rule asks for",
  why: "Clients that follow the DestinationRule connect without mutual TLS, so the server does not know who they are: an ALLOW on their identity does not let them in, and a DENY on it does not keep them out. Take the tls block away, or say ISTIO_MUTUAL.",
  like: ["KIA0105"],
  find(scene) {
    const { mesh, boundTo } = scene;
    if (!clientTls(mesh).some(isWithout)) return [];
    const once = new Map(
      valuesOn(mesh, "peer")
        .filter(({ negated, action }) => !negated && action !== "AUDIT")
        .map((value) => [JSON.stringify([value.policy.key, value.rule]), value]),
    );
    return [...once.values()].flatMap((value) =>
      boundTo(value.policy).flatMap((point) => ofPoint(scene, value, point)),
    );
  },
};

function ofPoint(scene: Scene, value: Value, point: Point): readonly Found[] {
  const service = inFront(scene, point);
  const [rule] = service === undefined ? [] : tlsFor(scene.mesh, service.service);
  if (service === undefined || rule === undefined || !isWithout(rule)) return [];
  const what = value.action === "DENY" ? "does not keep them out" : "does not let them in";
  return [
    {
      at: { ...value.at, path: value.at.path.slice(0, -1) },
      message: `clients of \`${point.name}\` that follow a DestinationRule come without identity: this ${what}`,
      related: [{ message: `the DestinationRule says ${rule.mode}`, at: rule.at }],
      evidence: () => unknown(scene, value.policy, value.rule, { service, rule }),
    },
  ];
}

function isWithout({ mode }: ClientTls): boolean {
  return mode === "DISABLE" || mode === "SIMPLE";
}

/** The Service in front of a workload; one is made up where none was loaded. */
function inFront({ mesh }: Scene, { plane, workload, standIn }: Point): Addressed | undefined {
  if (plane !== "sidecar") return undefined;
  const service = mesh.inventory.services.find((each) =>
    backendsOf(mesh.inventory, each).includes(workload),
  );
  if (service !== undefined) return { mesh, service, workload };
  return standIn ? addressed(mesh, workload) : undefined;
}

interface Way {
  readonly service: Addressed;
  readonly rule: ClientTls;
}

function unknown(
  { mesh, points }: Scene,
  policy: AuthorizationPolicy,
  index: number,
  { service, rule: { namespace } }: Way,
): Evidence | undefined {
  const rule = httpRules(mesh, policy).find((each) => each.index === index);
  const sample = rule && sampleOf(mesh, rule);
  const [point] = points;
  if (sample?.from === undefined || point === undefined) return undefined;
  const { key, ports } = service.service;
  const home = namespace === rootNamespace(mesh) || namespace === key.namespace;
  const made = requestOf(mesh, point, sample);
  const from = home ? made?.from : undefined;
  if (made === undefined || from === undefined) return undefined;
  const request = { ...made, from, to: `svc/${key.namespace}/${key.name}:${ports[0]?.port ?? 80}` };
  const denies = policy.spec.action === "DENY";
  return witnessed(service.mesh, [
    {
      request,
      wants: denies ? allows : ({ decision, layer }) => decision === "deny" && layer === "allow",
      ...(service.isMade ? { without: "where such a Service is" } : {}),
    },
  ]);
}
