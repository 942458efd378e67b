import type { Release } from "../model/mesh.ts";
import type { Fields } from "../parse/objects.ts";
import { checkSchema } from "../parse/policy-schema.ts";
import type { Remark } from "../parse/remark.ts";
import { without } from "../parse/without.ts";
import { annotationFaults } from "./annotations.ts";
import { crdAuthorizationPolicy, webhookAuthorizationPolicy } from "./authorization-policy.ts";
import { metadataFaults, unknownMetadata } from "./metadata.ts";
import { networkingKinds, webhookNetworking } from "./networking.ts";
import { checkNetworking } from "./networking-schema.ts";
import { crdPeerAuthentication, webhookPeerAuthentication } from "./peer-authentication.ts";
import { type Part, part } from "./read.ts";
import {
  crdRequestAuthentication,
  webhookRequestAuthentication,
} from "./request-authentication.ts";

/** What the API server and istiod's webhook say of an object, in the order in which they are asked. */
export interface Judgement {
  readonly unknown: readonly Remark[]; // fields that a strict client is refused for, and a lenient one loses
  readonly empty: readonly Remark[]; // keys without a value: dropped
  readonly crd: readonly Remark[]; // of what is left: the schema, then its rules
  readonly webhook: readonly Remark[]; // of what the CRD lets through: errors and warnings
  readonly stored: Fields; // the object as the cluster would hold it
}

interface Judges {
  readonly crd: (spec: Part) => readonly Remark[];
  readonly webhook?: (spec: Part, release: Release) => readonly Remark[];
}

const judges: ReadonlyMap<string, Judges> = new Map<string, Judges>([
  ["AuthorizationPolicy", { crd: crdAuthorizationPolicy, webhook: webhookAuthorizationPolicy }],
  ["PeerAuthentication", { crd: crdPeerAuthentication, webhook: webhookPeerAuthentication }],
  [
    "RequestAuthentication",
    { crd: crdRequestAuthentication, webhook: webhookRequestAuthentication },
  ],
  ...networkingKinds.map((kind) => [kind, { crd: () => [] }] as const), // its rules are in its schema
]);

/** Judges a policy, or an object of networking.istio.io. Other kinds pass. */
export function judge(kind: string, object: Fields, release: Release): Judgement {
  const found = judges.get(kind);
  const schema = checkSchema(kind, object, release) ?? checkNetworking(kind, object, release);
  if (found === undefined || schema === undefined)
    return { unknown: [], empty: [], crd: [], webhook: [], stored: object };
  const whole: Part = { path: [], fields: object };
  const { empty, faults, isComplete } = schema;
  const strange = unknownMetadata(whole);
  const paths = strange.map(({ path }) => path);
  const stored = without(schema.stored, paths);
  const spec = part({ path: [], fields: stored }, "spec");
  const crd = [...metadataFaults(whole), ...faults, ...(isComplete ? found.crd(spec) : [])];
  const webhook = crd.length > 0 ? [] : webhookRemarks(kind, stored, release);
  return { unknown: [...schema.unknown, ...strange], empty, crd, webhook, stored };
}

/** What istiod's webhook alone says, whatever the CRD would have said before. */
export function webhookRemarks(kind: string, object: Fields, release: Release): readonly Remark[] {
  const whole: Part = { path: [], fields: object };
  const annotations = annotationFaults(kind, whole);
  if (annotations.length > 0) return annotations;
  const ofPolicy = judges.get(kind)?.webhook;
  return ofPolicy
    ? ofPolicy(part(whole, "spec"), release)
    : webhookNetworking(kind, whole, release);
}
