import type { Inventory, Other, Workload } from "../model/kubernetes.ts";
import type { Mesh } from "../model/mesh.ts";
import type {
  AuthorizationPolicy,
  PeerAuthentication,
  RequestAuthentication,
  Resource,
} from "../model/policy.ts";
import { fieldsOf } from "../parse/decode.ts";
import {
  decodeAuthorizationPolicy,
  decodePeerAuthentication,
  decodeRequestAuthentication,
} from "../parse/decode-policy.ts";
import { hasEnded } from "../parse/ended-pod.ts";
import { conditionsOf, type Described } from "../parse/metadata.ts";
import type { Fields } from "../parse/objects.ts";
import { type Control, whyUnread } from "./discovery.ts";
import { isWorkload, toNamespace, toOther, toService, toWorkload } from "./inventory.ts";

/** What a mesh has besides the objects of its files. */
export interface Surroundings
  extends Pick<Mesh, "release" | "features" | "config" | "configLoaded" | "locate"> {
  readonly workloads: readonly Workload[]; // stated
}

/** An object of a file: described, or a policy that needs no decoding. */
export type Loaded = Described | AuthorizationPolicy;

/** The loaded objects as one mesh. */
export function meshOf(
  objects: readonly Loaded[],
  { workloads, ...surroundings }: Surroundings,
): Mesh {
  const authorizationPolicies: AuthorizationPolicy[] = [];
  const requestAuthentications: RequestAuthentication[] = [];
  const peerAuthentications: PeerAuthentication[] = [];
  const rest: Described[] = [];
  for (const object of objects)
    if ("spec" in object) authorizationPolicies.push(object);
    else if (object.key.kind === "AuthorizationPolicy")
      authorizationPolicies.push(resource(object, decodeAuthorizationPolicy));
    else if (object.key.kind === "RequestAuthentication")
      requestAuthentications.push(resource(object, decodeRequestAuthentication));
    else if (object.key.kind === "PeerAuthentication")
      peerAuthentications.push(resource(object, decodePeerAuthentication));
    else rest.push(object);
  return {
    ...surroundings,
    authorizationPolicies,
    requestAuthentications,
    peerAuthentications,
    inventory: inventoryOf(rest, workloads, surroundings),
  };
}

function inventoryOf(
  objects: readonly Described[],
  stated: readonly Workload[],
  surroundings: Omit<Surroundings, "workloads">,
): Inventory {
  const services: Described[] = [];
  const described: Described[] = [];
  const spaces: Described[] = [];
  const others: Described[] = [];
  for (const object of objects)
    if (object.key.kind === "Namespace") spaces.push(object);
    else if (object.key.kind === "Service" && object.apiVersion === "v1") services.push(object);
    else if (isWorkload(object)) described.push(object);
    else others.push(object);
  const namespaces = spaces.map(toNamespace);
  const ended = described.filter(isEnded).map(toWorkload);
  const control = { ...surroundings, inventory: { namespaces } };
  return {
    namespaces,
    workloads: [...described.filter((each) => !isEnded(each)).map(toWorkload), ...stated],
    ...(ended.length === 0 ? {} : { ended }),
    services: services.map(toService),
    others: others.map(toOther).filter((object) => isRead(object, control)),
  };
}

function isEnded({ key, fields }: Described): boolean {
  return hasEnded(key.kind, fields);
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
  return {
    key,
    labels,
    annotations,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...conditionsOf(fields["status"]),
    spec: decode(fieldsOf(fields["spec"])),
  };
}
