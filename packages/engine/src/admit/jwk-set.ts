import { base64UrlCodes } from "../parse/base64.ts";
import { listOf } from "../parse/decode.ts";
import { nativeJson } from "../parse/native-json.ts";
import { isFields } from "../parse/objects.ts";
import { isCertificateShaped } from "./certificate.ts";

/** A key set as istiod's webhook reads it: which keys are secret, or what is wrong with it. */
export type JwkSet =
  | { readonly secret: readonly number[]; readonly fault?: undefined } // private and symmetric ones, by index
  | { readonly fault: string };

interface Shape {
  readonly bytes: readonly string[]; // members in base64
  readonly texts: readonly string[];
  readonly required: readonly string[];
}

const commonTexts: readonly string[] = ["alg", "kid", "use", "x5t", "x5t#S256", "x58"]; // jwx means x5u

const publicShapes: ReadonlyMap<string, Shape> = new Map([
  ["RSA", { bytes: ["n", "e"], texts: [], required: ["e", "n"] }],
  ["EC", { bytes: ["x", "y"], texts: ["crv"], required: ["crv", "x", "y"] }],
  ["OKP", { bytes: ["x"], texts: ["crv"], required: ["crv", "x"] }],
  ["oct", { bytes: ["k"], texts: [], required: ["k"] }],
]);
const privateBytes: Readonly<Record<string, readonly string[]>> = {
  RSA: ["d", "dp", "dq", "p", "q", "qi"],
  EC: ["d"],
  OKP: ["d"],
};

/**
 * A key set, or a single key, as github.com/lestrrat-go/jwx v1 parses it (jwk/set.go, jwk/jwk.go; an:V-39, V-40, V-52). It refuses the
 * whole set for one key that it cannot read; Envoy skips such a key. Of certificates in `x5c` only the outer shape is looked at.
 */
export function parseJwkSet(text: string): JwkSet {
  const set = firstJson(text);
  if (!isFields(set)) return { fault: "not a JSON object" };
  const isSet = Object.hasOwn(set, "keys");
  const keys = isSet ? (set["keys"] ?? []) : [set];
  if (!Array.isArray(keys)) return { fault: "`keys` is not a list" };
  const faults = keys.map(keyFault);
  const first = faults.findIndex((fault) => fault !== undefined);
  if (first >= 0) return { fault: `${isSet ? `key ${first + 1}` : "the key"}: ${faults[first]}` };
  return { secret: keys.flatMap((key, index) => (isSecret(key) ? [index] : [])) };
}

/** Go's decoder reads one value and does not look at what follows. */
function firstJson(text: string): unknown {
  const end = endOfObject(text);
  try {
    return nativeJson(end === undefined ? text : text.slice(0, end));
  } catch {
    return undefined;
  }
}

function endOfObject(text: string): number | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs;
  let depth = 0;
  for (const found of text.matchAll(token)) {
    if (found[0] === "{") depth += 1;
    if (found[0] === "}") depth -= 1;
    if (found[0] === "}" && depth === 0) return found.index + 1;
  }
  return undefined;
}

function isSecret(key: unknown): boolean {
  return isFields(key) && (key["kty"] === "oct" || Object.hasOwn(key, "d"));
}

function keyFault(key: unknown): string | undefined {
  if (!isFields(key)) return "not a JSON object";
  const kty = key["kty"] ?? "";
  const shape = typeof kty === "string" ? publicShapes.get(kty) : undefined;
  if (typeof kty !== "string" || shape === undefined)
    return `unknown \`kty\` ${JSON.stringify(kty)}`;
  const isPrivate = Object.hasOwn(key, "d") && kty !== "oct";
  const bytes = isPrivate ? [...shape.bytes, ...(privateBytes[kty] ?? [])] : shape.bytes;
  const wrongText = [...shape.texts, ...commonTexts].find((name) => !isText(key[name]));
  if (wrongText !== undefined) return `\`${wrongText}\` is no text`;
  const wrongBytes = bytes.find((name) => !isText(key[name]) || !isBase64(key[name] ?? ""));
  if (wrongBytes !== undefined) return `\`${wrongBytes}\` is not in base64`;
  const wrongList = ["key_ops", "x5c"].find((name) => !isTextList(key[name]));
  if (wrongList !== undefined) return `\`${wrongList}\` is no list of texts`;
  if (!listOf(key["x5c"]).every(isCertificate)) return "`x5c` holds what is no certificate";
  const absent = shape.required.find((name) => !Object.hasOwn(key, name));
  return absent === undefined ? undefined : `\`${absent}\` is missing`;
}

/** Absent and null pass: Go leaves the field as it is. */
function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === "string";
}

function isTextList(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isText));
}

/** jwk/certchain.go, Accept. */
function isCertificate(value: unknown): boolean {
  if (typeof value !== "string" || !isBase64(value)) return false;
  const plain = value
    .replace(/[\r\n=]/g, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  const bytes = base64UrlCodes(plain);
  return bytes !== undefined && isCertificateShaped(bytes);
}

/** Base64 as jwx decodes it: the standard alphabet if `+` or `/` is in it, padded if it ends with `=`. Line breaks do not count. */
function isBase64(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const text = value.replace(/[\r\n]/g, "");
  const body = text.replace(/={1,2}$/, "");
  if (body.length % 4 === 1) return false;
  if (value.endsWith("=") ? text.length % 4 !== 0 : body !== text) return false;
  return /[+/]/.test(value) ? /^[A-Za-z0-9+/]*$/.test(body) : /^[A-Za-z0-9\-_]*$/.test(body);
}
