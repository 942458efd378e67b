import type { AuthorizationPolicySpec } from "../model/policy.ts";
import { consistsOf, hasAny, letters, lowerLetters, tableOf } from "./characters.ts";
import { type Fields, isFields } from "./objects.ts";

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

type Check = (value: unknown) => boolean;
type Checks = ReadonlyMap<string, Check>;

/** Some field, and each one that is there known and fine. */
function every(fields: Fields, checks: Checks): boolean {
  let isEmpty = true;
  for (const name in fields) {
    const check = checks.get(name);
    if (check === undefined || !check(fields[name])) return false;
    isEmpty = false;
  }
  return !isEmpty;
}

function checksOf(...checks: readonly Readonly<Record<string, Check>>[]): Checks {
  return new Map(checks.flatMap((some) => Object.entries(some)));
}

function fieldsOf(checks: Checks): Check {
  return (value) => isFields(value) && every(value, checks);
}

/** A list of some of these. The CRD bounds all lists but those of values. */
function listOf(check: Check, most: number): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) return false;
    for (let at = 0; at < value.length; at += 1) if (!check(value[at])) return false;
    return true;
  };
}
const most = 500;

const nameCharacters = tableOf(`${lowerLetters}-`);
const labelCharacters = tableOf(`${letters}-_.`);
const marks = tableOf("$<>{}"); // of a template or a placeholder; of a path template
const labelPrefix = /^[a-z0-9]+(?:[-.][a-z0-9]+)*\/[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$/;
const conditionKey = /^(?:request\.headers|request\.auth\.claims)\[[A-Za-z0-9_-]+\]$/;

/** A word of these characters that begins and ends with a letter or digit. */
function isWord(text: string, characters: Uint8Array): boolean {
  const { length } = text;
  if (length === 0 || length > 63 || !consistsOf(text, characters)) return false;
  return !isMark(text.charCodeAt(0)) && !isMark(text.charCodeAt(length - 1));
}

/** Of the characters that a word may have: whether it is `-`, `.` or `_`, not a letter or digit. */
function isMark(code: number): boolean {
  return code < 0x30 || code === 0x5f;
}

const isName: Check = (value) => typeof value === "string" && isWord(value, nameCharacters);
const isWritten: Check = (value) =>
  typeof value === "string" && value !== "" && !hasAny(value, marks);
const isWhole: Check = (value) => Number.isInteger(value);
const time = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const isTime: Check = (value) => typeof value === "string" && time.test(value);

function isLabelKey(key: string): boolean {
  return isWord(key, labelCharacters) || (key.length <= 63 && labelPrefix.test(key));
}

const isLabels: Check = (value) => {
  if (!isFields(value)) return false;
  let count = 0;
  for (const key in value) {
    const text = value[key];
    if (typeof text !== "string" || !isWord(text, labelCharacters) || !isLabelKey(key))
      return false;
    count += 1;
  }
  return count > 0 && count <= 64;
};

/** Far below 256 KiB, and none of Istio's own. */
const isAnnotations: Check = (value) => {
  if (!isFields(value)) return false;
  let length = 0;
  for (const key in value) {
    const text = value[key];
    if (typeof text !== "string" || !isLabelKey(key) || key.includes("istio.io")) return false;
    length += key.length + text.length;
  }
  return length < 60_000;
};

/** What the cluster keeps for itself: nobody looks at it but for what was not rendered. */
function isTree(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !hasAny(value, marks);
  if (typeof value !== "object" || value === null) return true;
  if (depth > 20) return false;
  if (Array.isArray(value)) return value.every((item) => isTree(item, depth + 1));
  if (!isFields(value)) return false;
  for (const key in value) if (key.startsWith("$") || !isTree(value[key], depth + 1)) return false;
  return true;
}
const isKept: Check = (value) => isTree(value, 0);
const areKept: Check = (value) => Array.isArray(value) && value.every(isFields) && isKept(value);

/** `principals` and `notPrincipals` of each name. */
function sides(names: readonly string[], check: Check): Readonly<Record<string, Check>> {
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

const texts = listOf(isWritten, Number.POSITIVE_INFINITY);
const blocks = listOf(
  (value) => typeof value === "string" && block.test(value),
  Number.POSITIVE_INFINITY,
);
const ports = listOf(
  (value) => typeof value === "string" && port.test(value),
  Number.POSITIVE_INFINITY,
);

const connectionFields = checksOf(
  sides(["principals", "namespaces"], texts),
  sides(["ipBlocks", "remoteIpBlocks"], blocks),
);
const portFields = checksOf(sides(["ports"], ports));
const isSource = fieldsOf(
  new Map([...connectionFields, ...checksOf(sides(["requestPrincipals"], texts))]),
);
const isOperation = fieldsOf(
  new Map([...portFields, ...checksOf(sides(["hosts", "methods", "paths"], texts))]),
);
const isCondition = fieldsOf(
  checksOf({
    key: (value) => typeof value === "string" && conditionKey.test(value),
    values: texts,
    notValues: texts,
  }),
);

const isRule = fieldsOf(
  checksOf({
    from: listOf(fieldsOf(checksOf({ source: isSource })), most),
    to: listOf(fieldsOf(checksOf({ operation: isOperation })), most),
    when: listOf(
      (value) =>
        isCondition(value) &&
        isFields(value) &&
        value["key"] !== undefined &&
        (value["values"] ?? value["notValues"]) !== undefined,
      most,
    ),
  }),
);

const isSpec = fieldsOf(
  checksOf({
    selector: fieldsOf(checksOf({ matchLabels: isLabels })),
    action: (value) => value === "ALLOW" || value === "DENY" || value === "AUDIT",
    rules: listOf(isRule, most),
  }),
);

const isMetadata = fieldsOf(
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

function hasSome(value: unknown, checks: Checks): boolean {
  if (!isFields(value)) return false;
  for (const name in value) if (checks.has(name)) return true;
  return false;
}
