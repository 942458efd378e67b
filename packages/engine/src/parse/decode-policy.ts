import type {
  Action,
  Attachment,
  AuthorizationPolicySpec,
  Condition,
  JwtRule,
  MutualTlsMode,
  Operation,
  OperationField,
  PeerAuthenticationSpec,
  PolicyRule,
  RequestAuthenticationSpec,
  Source,
  SourceField,
  TargetRef,
} from "../model/policy.ts";
import {
  booleanOf,
  fieldsOf,
  itemsOf,
  listOf,
  present,
  presentItemsOf,
  textMapOf,
  textOf,
} from "./decode.ts";
import { type Fields, isFields } from "./objects.ts";

const actions: readonly Action[] = ["ALLOW", "DENY", "AUDIT", "CUSTOM"];
const modes: readonly MutualTlsMode[] = ["UNSET", "DISABLE", "PERMISSIVE", "STRICT"];

const sourceFields = bothSides<SourceField>([
  "principals",
  "requestPrincipals",
  "namespaces",
  "serviceAccounts",
  "trustDomains",
  "ipBlocks",
  "remoteIpBlocks",
]);
const operationFields = bothSides<OperationField>(["hosts", "ports", "methods", "paths"]);

/** A key of `portLevelMtls`: no number without it. */
const portKey = /^(?:0|[1-9]\d{0,9})$/;

/** The spec of an AuthorizationPolicy. */
export function decodeAuthorizationPolicy(spec: Fields): AuthorizationPolicySpec {
  const provider = isFields(spec["provider"]) ? spec["provider"] : undefined;
  return present({
    ...decodeAttachment(spec),
    action: actions.find((action) => action === spec["action"]),
    provider: provider && present({ name: textOf(provider["name"]) }),
    rules: itemsOf(spec["rules"], decodeRule),
  });
}

function decodeRule(rule: Fields): PolicyRule {
  return present({
    from: itemsOf(rule["from"], ({ source }) =>
      present({ source: isFields(source) ? decodeSource(source) : undefined }),
    ),
    to: itemsOf(rule["to"], ({ operation }) =>
      present({ operation: isFields(operation) ? decodeOperation(operation) : undefined }),
    ),
    when: itemsOf(rule["when"], decodeCondition),
  });
}

function decodeSource(source: Fields): Source {
  return decodeFields(source, sourceFields);
}

function decodeOperation(operation: Fields): Operation {
  return decodeFields(operation, operationFields);
}

/** Each field and its negation. */
function bothSides<Name extends string>(names: readonly Name[]): readonly string[] {
  return names.flatMap((name) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`]);
}

/** The fields that hold a text. */
function decodeFields(
  fields: Fields,
  names: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const decoded: Record<string, readonly string[]> = {};
  for (const name of names) {
    const values = wordsOf(fields[name]);
    if (values) decoded[name] = values;
  }
  return decoded;
}

function decodeCondition(condition: Fields): Condition {
  return present({
    key: textOf(condition["key"]) ?? "",
    values: wordsOf(condition["values"]),
    notValues: wordsOf(condition["notValues"]),
  });
}

function decodeAttachment(spec: Fields): Attachment {
  const { selector, targetRef } = spec;
  return present({
    selector: isFields(selector) ? decodeSelector(selector) : undefined,
    targetRef: isFields(targetRef) ? decodeTargetRef(targetRef) : undefined,
    targetRefs: presentItemsOf(spec["targetRefs"], decodeTargetRef),
  });
}

function decodeSelector(selector: Fields): {
  readonly matchLabels?: Readonly<Record<string, string>>;
} {
  return isFields(selector["matchLabels"])
    ? { matchLabels: textMapOf(selector["matchLabels"]) }
    : {};
}

function decodeTargetRef(ref: Fields): TargetRef {
  return present({
    group: textOf(ref["group"]),
    kind: textOf(ref["kind"]) ?? "",
    name: textOf(ref["name"]) ?? "",
    namespace: textOf(ref["namespace"]),
  });
}

/** The spec of a PeerAuthentication. */
export function decodePeerAuthentication(spec: Fields): PeerAuthenticationSpec {
  const { selector, mtls, portLevelMtls } = spec;
  return present({
    selector: isFields(selector) ? decodeSelector(selector) : undefined,
    mtls: isFields(mtls) ? decodeMode(mtls) : undefined,
    portLevelMtls: isFields(portLevelMtls)
      ? Object.fromEntries(
          Object.entries(portLevelMtls)
            .filter(([port]) => portKey.test(port))
            .map(([port, mode]) => [port, decodeMode(fieldsOf(mode))]),
        )
      : undefined,
  });
}

function decodeMode(fields: Fields): { readonly mode?: MutualTlsMode } {
  return present({ mode: modes.find((mode) => mode === fields["mode"]) });
}

/** The spec of a RequestAuthentication. */
export function decodeRequestAuthentication(spec: Fields): RequestAuthenticationSpec {
  return present({
    ...decodeAttachment(spec),
    jwtRules: itemsOf(spec["jwtRules"], decodeJwtRule),
  });
}

function decodeJwtRule(rule: Fields): JwtRule {
  return present({
    issuer: textOf(rule["issuer"]),
    audiences: wordsOf(rule["audiences"]),
    jwksUri: textOf(rule["jwksUri"]) ?? textOf(rule["jwks_uri"]),
    jwks: textOf(rule["jwks"]),
    fromHeaders: presentItemsOf(rule["fromHeaders"], (header) =>
      present({ name: textOf(header["name"]) ?? "", prefix: textOf(header["prefix"]) }),
    ),
    fromParams: wordsOf(rule["fromParams"]),
    fromCookies: wordsOf(rule["fromCookies"]),
    outputPayloadToHeader: textOf(rule["outputPayloadToHeader"]),
    forwardOriginalToken: booleanOf(rule["forwardOriginalToken"]),
    outputClaimToHeaders: presentItemsOf(rule["outputClaimToHeaders"], (output) => ({
      header: textOf(output["header"]) ?? "",
      claim: textOf(output["claim"]) ?? "",
    })),
    timeout: textOf(rule["timeout"]),
    spaceDelimitedClaims: wordsOf(rule["spaceDelimitedClaims"]),
  });
}

/** A list of texts as protobuf reads it: what is null in it is an empty text. Absent when it is empty. */
function wordsOf(value: unknown): readonly string[] | undefined {
  const words = listOf(value).flatMap((item) =>
    typeof item === "string" ? [item] : item === null ? [""] : [],
  );
  return words.length > 0 ? words : undefined;
}
