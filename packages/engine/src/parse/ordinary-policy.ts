import type { AuthorizationPolicySpec } from "../model/policy.ts";
import { type Fields, isFields } from "./objects.ts";

/** What needs no decoding. */
export type OrdinaryPolicy = Fields & { readonly spec: AuthorizationPolicySpec };

/**
 * Whether an AuthorizationPolicy is one of the great many of which neither the API server nor istiod's webhook has anything to say,
 * in any release: known fields only, each with a value, nothing unusual. Looked at in one pass that makes nothing. `false` says
 * nothing: then it is judged in full.
 */
export function isOrdinaryPolicy(fields: Fields): fields is OrdinaryPolicy {
  const { apiVersion, kind, metadata, spec } = fields;
  return (
    kind === "AuthorizationPolicy" &&
    (apiVersion === "security.istio.io/v1" || apiVersion === "security.istio.io/v1beta1") &&
    Object.keys(fields).length === 4 &&
    isFields(metadata) &&
    every(metadata, metadataFields) &&
    metadata["name"] !== undefined &&
    isFields(spec) &&
    every(spec, specFields) &&
    (spec["action"] !== "DENY" || isAboutConnections(spec["rules"]))
  );
}

type Check = (value: unknown) => boolean;
type Checks = Readonly<Record<string, Check>>;

const word = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const labelKey = /^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*\/)?[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$/;
const labelValue = /^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$/;
const conditionKey = /^(?:request\.headers|request\.auth\.claims)\[[A-Za-z0-9_-]+\]$/;
const mark = /[<>${}]/; // of a template or a placeholder; of a path template

const isName: Check = (value) =>
  typeof value === "string" && value.length <= 63 && word.test(value);
const isWritten: Check = (value) => typeof value === "string" && value !== "" && !mark.test(value);
const isCluster: Check = (value) => typeof value === "number" || isWritten(value);

const isLabels: Check = (value) => {
  if (!isFields(value)) return false;
  const pairs = Object.entries(value);
  return (
    pairs.length > 0 &&
    pairs.length <= 64 &&
    pairs.every(
      ([key, text]) =>
        key.length <= 63 &&
        labelKey.test(key) &&
        typeof text === "string" &&
        text.length <= 63 &&
        labelValue.test(text),
    )
  );
};

const metadataFields: Checks = {
  name: isName,
  namespace: isName,
  labels: isLabels,
  creationTimestamp: isCluster,
  generation: isCluster,
  resourceVersion: isCluster,
  uid: isCluster,
};

/** As many as the CRD allows of anything. */
const most = 500;

function listOf(check: Check): Check {
  return (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= most && value.every(check);
}

/** Of values there may be any number. */
function textsOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(check);
}

function fieldsOf(checks: Checks): Check {
  return (value) => isFields(value) && every(value, checks);
}

/** Some field, and each one that is there known and fine. */
function every(fields: Fields, checks: Checks): boolean {
  const names = Object.keys(fields);
  return (
    names.length > 0 &&
    names.every((name) => Object.hasOwn(checks, name) && checks[name]?.(fields[name]) === true)
  );
}

/** `principals` and `notPrincipals` of each name. */
function sides(names: readonly string[], check: Check): Checks {
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, check],
      [`not${name.charAt(0).toUpperCase()}${name.slice(1)}`, check],
    ]),
  );
}

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const block = new RegExp(`^${octet}(?:\\.${octet}){3}(?:/(?:[12]?\\d|3[0-2]))?$`);
const port = /^(?:\d{1,4}|[1-5]\d{4})$/;

const isBlock: Check = (value) => typeof value === "string" && block.test(value);
const isPort: Check = (value) => typeof value === "string" && port.test(value);

const connectionFields: Checks = {
  ...sides(["principals", "namespaces"], textsOf(isWritten)),
  ...sides(["ipBlocks", "remoteIpBlocks"], textsOf(isBlock)),
};
const portFields: Checks = sides(["ports"], textsOf(isPort));

const isSource = fieldsOf({
  ...connectionFields,
  ...sides(["requestPrincipals"], textsOf(isWritten)),
});
const isOperation = fieldsOf({
  ...portFields,
  ...sides(["hosts", "methods", "paths"], textsOf(isWritten)),
});
const isCondition = fieldsOf({
  key: (value) => typeof value === "string" && conditionKey.test(value),
  ...{ values: textsOf(isWritten), notValues: textsOf(isWritten) },
});

const specFields: Checks = {
  selector: fieldsOf({ matchLabels: isLabels }),
  action: (value) => value === "ALLOW" || value === "DENY" || value === "AUDIT",
  rules: listOf(
    fieldsOf({
      from: listOf(fieldsOf({ source: isSource })),
      to: listOf(fieldsOf({ operation: isOperation })),
      when: listOf(
        (value) =>
          isCondition(value) && isFields(value) && "key" in value && Object.keys(value).length > 1,
      ),
    }),
  ),
};

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

function hasSome(value: unknown, fields: Checks): boolean {
  return isFields(value) && Object.keys(value).some((name) => Object.hasOwn(fields, name));
}
