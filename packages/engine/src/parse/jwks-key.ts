import { decodeBase64Url } from "./base64.ts";
import { type Curve, isOnCurve } from "./jwks-curve.ts";
import type { JsonObject } from "./protobuf-json.ts";

/** A key that Envoy verifies with. `kid` and `alg` are "" where the key does not say. Members are byte strings. */
export type PublicKey = { readonly kid: string; readonly alg: string } & KeyMaterial;

type KeyMaterial =
  | { readonly kind: "rsa"; readonly modulus: string; readonly exponent: string } // without leading zeros
  | { readonly kind: "ec"; readonly curve: Curve; readonly x: string; readonly y: string } // as long as the field
  | { readonly kind: "oct"; readonly secret: string }
  | { readonly kind: "okp"; readonly x: string }; // Ed25519

/** One key of a set, or why Envoy skips it. `use`, `key_ops` and `x5c` say nothing to it. */
export function parseKey(jwk: JsonObject): PublicKey | string {
  const kid = textOr(jwk, "kid");
  const alg = textOr(jwk, "alg") || undefined; // an empty one is none
  const kty = jwk["kty"];
  if (kty === undefined) return "[kty] is missing in [keys]";
  if (typeof kty !== "string") return "[kty] is bad in [keys]";
  const material = materialOf(kty, jwk, alg);
  return typeof material === "string" ? material : { kid, alg: alg ?? "", ...material };
}

function materialOf(kty: string, jwk: JsonObject, alg: string | undefined): KeyMaterial | string {
  if (kty === "RSA") return rsaKey(jwk, alg);
  if (kty === "EC") return ecKey(jwk, alg);
  if (kty === "oct") return octKey(jwk, alg);
  if (kty === "OKP") return okpKey(jwk, alg);
  return "[kty] is not supported in [keys]";
}

function rsaKey(jwk: JsonObject, alg: string | undefined): KeyMaterial | string {
  if (alg !== undefined && !/^[RP]S/.test(alg))
    return "[alg] is not started with [RS] or [PS] for an RSA key";
  const n = memberOf(jwk, "n", "a RSA");
  if ("fault" in n) return n.fault;
  const e = memberOf(jwk, "e", "a RSA");
  if ("fault" in e) return e.fault;
  const modulus = stripZeros(decodeBase64Url(n.text) ?? "");
  const exponent = stripZeros(decodeBase64Url(e.text) ?? "");
  const standard = exponent === "\x03" || exponent === "\x01\x00\x01";
  if (!standard || !isModulus(modulus))
    return "Jwks RSA [n] or [e] field is missing or has a parse error";
  return { kind: "rsa", modulus, exponent };
}

/** What BoringSSL takes for a modulus: odd, of 512 to 16384 bits. `bytes` without leading zeros. */
export function isModulus(bytes: string): boolean {
  const odd = bytes.charCodeAt(bytes.length - 1) % 2 === 1;
  const bits = bytes.length * 8 - (Math.clz32(bytes.charCodeAt(0)) - 24);
  return odd && bits >= 512 && bits <= 16384;
}

const curves: ReadonlyMap<string, Curve> = new Map([
  ["ES256", "P-256"],
  ["ES384", "P-384"],
  ["ES512", "P-521"],
]);
const incompatible = "[crv] field specified is not compatible with [alg] for an EC key";

function ecKey(jwk: JsonObject, alg: string | undefined): KeyMaterial | string {
  const crv = jwk["crv"] ?? "";
  if (alg !== undefined && !alg.startsWith("ES"))
    return "[alg] is not started with [ES] for an EC key";
  if (typeof crv !== "string" || jwk["crv"] === null)
    return "[crv] field is not string for an EC key";
  if (alg !== undefined && crv !== "" && curves.get(alg) !== crv) return incompatible;
  const named =
    crv === "" ? curves.get(alg ?? "ES256") : [...curves.values()].find((c) => c === crv);
  if (named === undefined) return "[crv] or [alg] field is not supported for an EC key";
  return pointOn(named, jwk);
}

const fieldBytes: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };

function pointOn(curve: Curve, jwk: JsonObject): KeyMaterial | string {
  const [xMember, yMember] = [memberOf(jwk, "x", "an EC"), memberOf(jwk, "y", "an EC")];
  if ("fault" in xMember) return xMember.fault;
  if ("fault" in yMember) return yMember.fault;
  const [x, y] = [decodeBase64Url(xMember.text), decodeBase64Url(yMember.text)];
  if (x === undefined || y === undefined) return "Jwks EC [x] or [y] field is an invalid Base64.";
  if (!isOnCurve(curve, x, y)) return "Jwks EC [x] and [y] fields have a parse error.";
  const length = fieldBytes[curve];
  return { kind: "ec", curve, x: padZeros(x, length), y: padZeros(y, length) };
}

function octKey(jwk: JsonObject, alg: string | undefined): KeyMaterial | string {
  if (alg !== undefined && !/^HS(?:256|384|512)$/.test(alg))
    return "[alg] does not start with [HS] for an HMAC key";
  const k = memberOf(jwk, "k", "an HMAC");
  if ("fault" in k) return k.fault;
  const secret = decodeBase64Url(k.text) ?? "";
  return secret === "" ? "Jwks Oct key is an invalid Base64" : { kind: "oct", secret };
}

function okpKey(jwk: JsonObject, alg: string | undefined): KeyMaterial | string {
  if (alg !== undefined && alg !== "EdDSA") return "[alg] is not [EdDSA] for an OKP key";
  const crv = memberOf(jwk, "crv", "an OKP");
  if ("fault" in crv) return crv.fault;
  if (crv.text !== "Ed25519") return "[crv] field is not supported for an OKP key";
  const member = memberOf(jwk, "x", "an OKP");
  if ("fault" in member) return member.fault;
  const x = decodeBase64Url(member.text);
  if (x === undefined) return "Jwks OKP [x] field is an invalid Base64.";
  return x.length === 32 ? { kind: "okp", x } : "Jwks OKP [x] field is wrong length.";
}

function memberOf(
  jwk: JsonObject,
  name: string,
  owner: string,
): { readonly text: string } | { readonly fault: string } {
  const value = jwk[name];
  if (value === undefined) return { fault: `[${name}] field is missing for ${owner} key` };
  if (typeof value !== "string") return { fault: `[${name}] field is not string for ${owner} key` };
  return { text: value };
}

function textOr(jwk: JsonObject, name: string): string {
  const value = jwk[name];
  return typeof value === "string" ? value : "";
}

/** A number in big-endian bytes without leading zeros. */
export function stripZeros(bytes: string): string {
  let start = 0;
  while (start < bytes.length && bytes.charCodeAt(start) === 0) start += 1;
  return bytes.slice(start);
}

/** A number in big-endian bytes, exactly `length` long. It must fit. */
export function padZeros(bytes: string, length: number): string {
  return stripZeros(bytes).padStart(length, "\0");
}
