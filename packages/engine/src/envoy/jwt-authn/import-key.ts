import { encodeBase64, toCodes } from "../../parse/base64.ts";
import type { PublicKey } from "../../parse/jwks-key.ts";

export type Hash = "SHA-256" | "SHA-384" | "SHA-512";

/** What a key is imported for. */
export interface Algorithm {
  readonly name: "RSASSA-PKCS1-v1_5" | "RSA-PSS" | "ECDSA" | "HMAC" | "Ed25519";
  readonly hash?: Hash;
  readonly namedCurve?: string;
}

type Imported = ReturnType<typeof crypto.subtle.importKey>;

const imports = new WeakMap<PublicKey, Map<string, Imported>>();

/** A key as the platform wants it, imported once for each algorithm. Rejects where the platform lacks the algorithm. */
export function importKey(key: PublicKey, algorithm: Algorithm): Imported {
  const use = `${algorithm.name} ${algorithm.hash ?? ""}`;
  const uses = imports.get(key) ?? new Map<string, Imported>();
  imports.set(key, uses);
  const before = uses.get(use);
  if (before !== undefined) return before;
  const imported = importOnce(key, algorithm);
  uses.set(use, imported);
  return imported;
}

function importOnce(key: PublicKey, algorithm: Algorithm): Imported {
  switch (key.kind) {
    case "rsa":
      return importJwk(
        { kty: "RSA", n: base64Url(key.modulus), e: base64Url(key.exponent) },
        algorithm,
      );
    case "ec":
      return importJwk(
        { kty: "EC", crv: key.curve, x: base64Url(key.x), y: base64Url(key.y) },
        algorithm,
      );
    case "oct":
      return crypto.subtle.importKey("raw", toCodes(key.secret), algorithm, false, ["verify"]);
    case "okp":
      return crypto.subtle.importKey("raw", toCodes(key.x), algorithm, false, ["verify"]);
  }
}

function importJwk(jwk: Readonly<Record<string, string>>, algorithm: Algorithm): Imported {
  return crypto.subtle.importKey("jwk", { ...jwk }, algorithm, false, ["verify"]);
}

function base64Url(bytes: string): string {
  return encodeBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
