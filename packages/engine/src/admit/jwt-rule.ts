import type { Release } from "../model/mesh.ts";
import { textOf } from "../parse/decode.ts";
import type { Remark } from "../parse/remark.ts";
import { behaves } from "../release.ts";
import { parseDuration } from "./duration.ts";
import { parseJwkSet } from "./jwk-set.ts";
import { emptyValues, isPresent, type Layer, type Part, parts, values, when } from "./read.ts";
import { isRequestUri, parseUrl } from "./url.ts";

const millisecond = 1_000_000n;
const keySources: readonly string[] = ["jwks", "jwksUri", "jwks_uri"];
const uriFields: readonly string[] = ["jwksUri", "jwks_uri"];

/** The CRD's rules for one of the `jwtRules` (an:V-47, V-48). */
export function crdJwtRule(rule: Part): readonly Remark[] {
  const { path, fields } = rule;
  const [, second] = keySources.filter((name) => isPresent(rule, name));
  return [
    ...(second === undefined ? [] : [twoKeySources([...path, second])]),
    ...uriFields.flatMap((name) => {
      const uri = textOf(fields[name]);
      return when(
        uri !== undefined && !(isRequestUri(uri) && isHttp(uri)),
        badUrl("schema", rule, name),
      );
    }),
    ...when(durationOf(rule) !== undefined && (durationOf(rule) ?? 0n) < millisecond, {
      code: "schema/bad-duration",
      path: [...path, "timeout"],
      message: `\`${textOf(fields["timeout"])}\` is no duration of 1ms or more`,
      hint: "like `5s` or `500ms`",
    }),
  ];
}

/** What istiod's webhook says of one (istio/istio:pkg/config/validation/validation.go validateJwtRule, an:V-36 to V-46). */
export function webhookJwtRule(rule: Part, release: Release): readonly Remark[] {
  const { path, fields } = rule;
  const uriField = isPresent(rule, "jwksUri") ? "jwksUri" : "jwks_uri";
  const uri = textOf(fields[uriField]) ?? "";
  return [
    ...["audiences", "fromParams", "fromCookies"].flatMap((name) =>
      emptyValues(values(rule, name)),
    ),
    ...when((textOf(fields["issuer"]) ?? "") === "" && uri === "", {
      code: "webhook/no-issuer",
      path,
      message: "neither `issuer` nor `jwksUri`",
      hint: "state the `issuer` whose tokens are meant",
    }),
    ...when(uri !== "" && !isUsable(uri), badUrl("webhook", rule, uriField)),
    ...keySetRemarks(rule, release),
    ...parts(rule, "fromHeaders").flatMap((header) => withoutName(header)),
    ...parts(rule, "outputClaimToHeaders").flatMap(outputFaults),
    ...timeoutFaults(rule),
  ];
}

function twoKeySources(path: Part["path"]): Remark {
  const message = "only one of `jwks` and `jwksUri` can be set";
  return { code: "schema/two-key-sources", path, at: "key", message };
}

function isHttp(uri: string): boolean {
  return /^https?$/.test(parseUrl(uri)?.scheme ?? "");
}

function isUsable(uri: string): boolean {
  return isHttp(uri) && BigInt(parseUrl(uri)?.port || "0") < 2n ** 63n;
}

function badUrl(layer: Layer, { path, fields }: Part, name: string): Remark {
  return {
    code: `${layer}/bad-url`,
    path: [...path, name],
    message: `\`${textOf(fields[name])}\` is no http or https URL`,
    hint: "like `https://login.example/.well-known/jwks.json`",
  };
}

/** Nanoseconds; -1 for what is no duration. */
function durationOf({ fields }: Part): bigint | undefined {
  const text = textOf(fields["timeout"]);
  return text === undefined ? undefined : (parseDuration(text) ?? -1n);
}

function timeoutFaults(rule: Part): readonly Remark[] {
  const timeout = durationOf(rule) ?? millisecond;
  return when(timeout < millisecond || timeout % millisecond !== 0n, {
    code: "webhook/bad-duration",
    path: [...rule.path, "timeout"],
    message: `\`${textOf(rule.fields["timeout"])}\` is no whole number of milliseconds`,
    hint: "like `5s` or `500ms`",
  });
}

function keySetRemarks({ path, fields }: Part, release: Release): readonly Remark[] {
  const text = textOf(fields["jwks"]) ?? "";
  if (text === "") return [];
  const at = [...path, "jwks"];
  const set = parseJwkSet(text);
  if (set.fault !== undefined)
    return [{ code: "webhook/bad-jwks", path: at, message: `no key set: ${set.fault}` }];
  if (!behaves(release, "private-key-warning")) return [];
  return set.secret.map((index) => ({
    code: "webhook/private-key",
    path: at,
    message: `key ${index + 1} of \`jwks\` is secret: who reads this policy can sign tokens`,
    hint: "publish the public key only",
  }));
}

function withoutName({ path, fields }: Part): readonly Remark[] {
  return when((textOf(fields["name"]) ?? "") === "", {
    code: "webhook/empty-value",
    path,
    message: "a header without a name",
  });
}

function outputFaults({ path, fields }: Part): readonly Remark[] {
  const header = textOf(fields["header"]) ?? "";
  if (header === "" || (textOf(fields["claim"]) ?? "") === "")
    return [{ code: "webhook/empty-value", path, message: "`header` and `claim` are both needed" }];
  return when(!/^[-_A-Za-z0-9]+$/.test(header), {
    code: "webhook/bad-header",
    path: [...path, "header"],
    message: `\`${header}\` is no header name for a claim`,
    hint: "letters, digits, `-` and `_`",
  });
}
