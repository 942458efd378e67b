import type { Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type { Resource, StatusCondition } from "../model/policy.ts";
import { fieldsOf, listOf, textOf } from "../parse/decode.ts";
import {
  decodeAuthorizationPolicy,
  decodePeerAuthentication,
  decodeRequestAuthentication,
} from "../parse/decode-policy.ts";
import type { Described } from "../parse/metadata.ts";
import type { Fields } from "../parse/objects.ts";
import { type Control, whyUnread } from "./discovery.ts";
import { isWorkload, toNamespace, toOther, toService, toWorkload } from "./inventory.ts";

/** What a mesh has besides the objects of its files. */
export interface Surroundings
  extends Pick<Mesh, "release" | "features" | "config" | "configLoaded" | "locate"> {
  readonly workloads: readonly Workload[]; // stated
}

const policies: ReadonlySet<string> = new Set([
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
]);

/** The loaded objects as one mesh. */
export function meshOf(
  objects: readonly Described[],
  { workloads, ...surroundings }: Surroundings,
): Mesh {
  const byKind = new Map<string, Described[]>();
  for (const object of objects) {
    const same = byKind.get(object.key.kind);
    if (same) same.push(object);
    else byKind.set(object.key.kind, [object]);
  }
  const of = (kind: string): readonly Described[] => byKind.get(kind) ?? [];
  const services = of("Service").filter(({ apiVersion }) => apiVersion === "v1");
  const described = objects.filter(isWorkload);
  const namespaces = of("Namespace").map(toNamespace);
  const sorted = new Set<Described>([...of("Namespace"), ...services, ...described]);
  const control = { ...surroundings, inventory: { namespaces } };
  return {
    ...surroundings,
    authorizationPolicies: of("AuthorizationPolicy").map((object) =>
      resource(object, (spec) => object.spec ?? decodeAuthorizationPolicy(spec)),
    ),
    requestAuthentications: of("RequestAuthentication").map((object) =>
      resource(object, decodeRequestAuthentication),
    ),
    peerAuthentications: of("PeerAuthentication").map((object) =>
      resource(object, decodePeerAuthentication),
    ),
    inventory: {
      namespaces,
      workloads: [...described.map(toWorkload), ...workloads],
      services: services.map(toService),
      others: objects
        .filter((object) => !sorted.has(object) && !policies.has(object.key.kind))
        .map(toOther)
        .filter((object) => isRead(object, control)),
    },
  };
}

/** What configures proxies only counts if istiod reads it; a Gateway of the Gateway API may also be of a revision's tag. */
function isRead(object: Other, control: Control): boolean {
  const { apiVersion, key } = object;
  if (!/\.istio\.io\/|^gateway\.networking\.k8s\.io\//.test(apiVersion)) return true;
  const unread = whyUnread(control, object);
  const isTagged = key.kind === "Gateway" && !apiVersion.includes(".istio.io/");
  return unread === undefined || (isTagged && unread.because === "other-revision");
}

function resource<Spec>(
  { key, labels, annotations, createdAt, fields }: Described,
  decode: (spec: Fields) => Spec,
): Resource<Spec> {
  const conditions = listOf(fieldsOf(fields["status"])["conditions"]).map(toCondition);
  return {
    key,
    labels,
    annotations,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(conditions.length > 0 ? { conditions } : {}),
    spec: decode(fieldsOf(fields["spec"])),
  };
}

function toCondition(item: unknown): StatusCondition {
  const { type, status, reason, message } = fieldsOf(item);
  return {
    type: textOf(type) ?? "",
    status: textOf(status) ?? "",
    reason: textOf(reason) ?? "",
    message: textOf(message) ?? "",
  };
}
