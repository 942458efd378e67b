import { fromCodes, toCodes } from "../../parse/base64.ts";
import { recallJwks } from "../../parse/jwks.ts";
import { type PublicKey, padZeros, stripZeros } from "../../parse/jwks-key.ts";
import { type Hash, importKey } from "./import-key.ts";
import { trialOf } from "./signature.ts";
import { type ParsedToken, parseToken, recallToken } from "./token.ts";
import { verifiedBefore, verifiedOnce } from "./verified.ts";

/** What a release of Envoy does otherwise, and how what was verified is remembered. */
export interface VerifyOptions {
  readonly anySaltLength?: boolean; // of a PS256 signature; else it is as long as the digest
  readonly hashed?: boolean; // for servers that live long: no token is kept, only its SHA-256
}

/**
 * Whether Envoy would find a key of the set that signed the token: a signature and nothing else, no time, issuer or audience.
 * False also for what is no token or no key set. Rejects where the platform lacks the algorithm (Ed25519 in old browsers).
 */
export async function verifySignature(
  token: string,
  jwks: string,
  options: VerifyOptions = {},
): Promise<boolean> {
  const set = recallJwks(jwks);
  if (set.unusable !== undefined) return false;
  return verifiedOnce(set, token, options, () => verifyBy(set.keys, token, options));
}

/** What `verifySignature` said before of this token and key set; undefined: it has to be asked, or no longer remembers. */
export function recallSignature(
  token: string,
  jwks: string,
  { anySaltLength = false }: VerifyOptions = {},
): boolean | undefined {
  const set = recallJwks(jwks);
  return set.unusable === undefined ? verifiedBefore(set, token, anySaltLength) : false;
}

/** A signature alone, which no time changes: issuer, audience and times are judged on each use. */
async function verifyBy(
  keys: readonly PublicKey[],
  token: string,
  options: VerifyOptions,
): Promise<boolean> {
  const parsed = options.hashed ? parseToken(token) : recallToken(token);
  if (typeof parsed === "string") return false;
  for (const key of trialOf(parsed, keys).keys)
    if (await verifyWith(key, parsed, options)) return true;
  return false;
}

function verifyWith(key: PublicKey, token: ParsedToken, options: VerifyOptions): Promise<boolean> {
  switch (key.kind) {
    case "rsa":
      return token.alg.startsWith("PS") ? verifyPss(key, token, options) : verifyPkcs1(key, token);
    case "ec":
      return verifyEcdsa(key, token);
    case "oct":
      return verifyHmac(key, token);
    case "okp":
      return verifyEd25519(key, token);
  }
}

/** What was signed: the alphabet of base64url, dots and white space, each a byte. */
function signedCodes({ signed }: ParsedToken): Uint8Array<ArrayBuffer> {
  return encoder.encode(signed);
}

const encoder = new TextEncoder();

type Rsa = Extract<PublicKey, { readonly kind: "rsa" }>;
const saltBytes: Readonly<Record<Hash, number>> = { "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 };

/** The digits of the algorithm name; for other kinds of algorithms, SHA-256. */
function hashOf({ alg }: ParsedToken, family: RegExp): Hash {
  if (!family.test(alg)) return "SHA-256";
  if (alg.endsWith("384")) return "SHA-384";
  return alg.endsWith("512") ? "SHA-512" : "SHA-256";
}

async function verifyPkcs1(key: Rsa, token: ParsedToken): Promise<boolean> {
  const name = "RSASSA-PKCS1-v1_5";
  const imported = await importKey(key, { name, hash: hashOf(token, /^RS/) });
  return crypto.subtle.verify(name, imported, token.signature, signedCodes(token));
}

async function verifyPss(
  key: Rsa,
  token: ParsedToken,
  { anySaltLength = false }: VerifyOptions,
): Promise<boolean> {
  const name = "RSA-PSS";
  const hash = hashOf(token, /^PS/);
  const imported = await importKey(key, { name, hash });
  const [signature, signed] = [token.signature, signedCodes(token)];
  const longest = key.modulus.length - saltBytes[hash] - 2;
  const lengths = anySaltLength
    ? Array.from({ length: Math.max(0, longest + 1) }, (_, saltLength) => saltLength)
    : [saltBytes[hash]];
  for (const saltLength of lengths)
    if (await crypto.subtle.verify({ name, saltLength }, imported, signature, signed)) return true;
  return false;
}

/** The signature is two numbers of equal length, which need not be that of the curve. The digest goes by the algorithm's name alone. */
async function verifyEcdsa(
  key: Extract<PublicKey, { readonly kind: "ec" }>,
  token: ParsedToken,
): Promise<boolean> {
  const half = Math.floor(token.signature.length / 2);
  const numbers = [0, half].map((start) =>
    fromCodes(token.signature.subarray(start, start + half)),
  );
  if (numbers.some((number) => stripZeros(number).length > key.x.length)) return false;
  const signature = numbers.map((number) => padZeros(number, key.x.length)).join("");
  const name = "ECDSA";
  const imported = await importKey(key, { name, namedCurve: key.curve });
  const hash = hashOf(token, /^ES/);
  return crypto.subtle.verify({ name, hash }, imported, toCodes(signature), signedCodes(token));
}

async function verifyHmac(
  key: Extract<PublicKey, { readonly kind: "oct" }>,
  token: ParsedToken,
): Promise<boolean> {
  const imported = await importKey(key, { name: "HMAC", hash: hashOf(token, /^HS/) });
  return crypto.subtle.verify("HMAC", imported, token.signature, signedCodes(token));
}

async function verifyEd25519(
  key: Extract<PublicKey, { readonly kind: "okp" }>,
  token: ParsedToken,
): Promise<boolean> {
  const imported = await importKey(key, { name: "Ed25519" });
  return crypto.subtle.verify("Ed25519", imported, token.signature, signedCodes(token));
}
