import type { AuthorizationPolicySpec } from "../model/policy.ts";
import { type Fields, isFields } from "./objects.ts";
import { checksOf, every, hasSome, itemsOf, mappingOf, sides } from "./ordinary-checks.ts";
import {
  areKept,
  blocks,
  isAnnotations,
  isConditionKey,
  isKept,
  isLabels,
  isName,
  isTime,
  isWhole,
  isWritten,
  ports,
  texts,
} from "./ordinary-values.ts";

/** What needs no decoding. */
export interface OrdinaryPolicy extends Fields {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: unknown;
  };
  readonly spec: AuthorizationPolicySpec;
}

/**
 * Whether an AuthorizationPolicy is one of the great many of which neither the API server nor istiod's webhook has anything to say,
 * in any release: known fields only, each with a value, nothing unusual. Looked at in one pass that makes nothing. `false` says
 * nothing: then it is judged in full.
 */
export function isOrdinaryPolicy(value: unknown): value is OrdinaryPolicy {
  if (!isFields(value)) return false;
  const { apiVersion, kind, metadata, spec } = value;
  return (
    kind === "AuthorizationPolicy" &&
    (apiVersion === "security.istio.io/v1" || apiVersion === "security.istio.io/v1beta1") &&
    isFields(metadata) &&
    metadata["name"] !== undefined &&
    isFields(spec) &&
    every(value, topFields) &&
    (spec["action"] !== "DENY" || isAboutConnections(spec["rules"]))
  );
}

const most = 500;

const connectionFields = checksOf(
  sides(["principals", "namespaces"], texts),
  sides(["ipBlocks", "remoteIpBlocks"], blocks),
);
const portFields = checksOf(sides(["ports"], ports));
const isSource = mappingOf(
  new Map([...connectionFields, ...checksOf(sides(["requestPrincipals"], texts))]),
);
const isOperation = mappingOf(
  new Map([...portFields, ...checksOf(sides(["hosts", "methods", "paths"], texts))]),
);
const isCondition = mappingOf(
  checksOf({
    key: isConditionKey,
    values: texts,
    notValues: texts,
  }),
);

const isRule = mappingOf(
  checksOf({
    from: itemsOf(mappingOf(checksOf({ source: isSource })), most),
    to: itemsOf(mappingOf(checksOf({ operation: isOperation })), most),
    when: itemsOf(
      (value) =>
        isCondition(value) &&
        isFields(value) &&
        value["key"] !== undefined &&
        (value["values"] ?? value["notValues"]) !== undefined,
      most,
    ),
  }),
);

const isSpec = mappingOf(
  checksOf({
    selector: mappingOf(checksOf({ matchLabels: isLabels })),
    action: (value) => value === "ALLOW" || value === "DENY" || value === "AUDIT",
    rules: itemsOf(isRule, most),
  }),
);

const isMetadata = mappingOf(
  checksOf({
    ...{ name: isName, namespace: isName, labels: isLabels, annotations: isAnnotations },
    ...{ creationTimestamp: isTime, generation: isWhole, resourceVersion: isWritten },
    ...{ uid: isWritten, selfLink: isWritten, managedFields: areKept, ownerReferences: areKept },
  }),
);

const topFields = checksOf({
  ...{ apiVersion: isWritten, kind: isWritten },
  ...{ metadata: isMetadata, spec: isSpec, status: isKept },
});

/** Of a DENY the webhook warns where a rule has only HTTP attributes: then it denies all TCP. */
function isAboutConnections(rules: unknown): boolean {
  return (
    Array.isArray(rules) &&
    rules.every(({ from, to }: Fields) =>
      Array.isArray(to)
        ? to.some(({ operation }: Fields) => hasSome(operation, portFields))
        : Array.isArray(from) &&
          from.some(({ source }: Fields) => hasSome(source, connectionFields)),
    )
  );
}
