import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  type SignKeyObjectInput,
  sign,
} from "node:crypto";
import { expect, test } from "vitest";
import { trialOf } from "../src/envoy/jwt-authn/signature.ts";
import { parseToken } from "../src/envoy/jwt-authn/token.ts";
import { verifySignature } from "../src/envoy/jwt-authn/verify.ts";
import { parseJwks } from "../src/parse/jwks.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const p521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const ed = generateKeyPairSync("ed25519");
const secret = Buffer.from("a secret of some length");

type Signer = (data: Buffer) => Buffer;
const pkcs1 =
  (key: KeyObject, hash: string): Signer =>
  (data) =>
    sign(hash, data, key);
const pss =
  (key: KeyObject, hash: string, saltLength: number): Signer =>
  (data) =>
    sign(hash, data, { key, padding: 6, saltLength } as SignKeyObjectInput);
const ecdsa =
  (key: KeyObject, hash: string): Signer =>
  (data) =>
    sign(hash, data, { key, dsaEncoding: "ieee-p1363" });
const hmac =
  (hash: string): Signer =>
  (data) =>
    createHmac(hash, secret).update(data).digest();

function tokenOf(alg: string, signer: Signer, kid?: string): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg, kid })}.${encode({ iss: "i", sub: "s" })}`;
  return `${signed}.${signer(Buffer.from(signed)).toString("base64url")}`;
}

function jwks(...keys: readonly object[]): string {
  return JSON.stringify({ keys });
}

const jwk = (key: KeyObject, more: object = {}): object => ({
  ...key.export({ format: "jwk" }),
  ...more,
});
const oct = { kty: "oct", k: secret.toString("base64url") };
const flipped =
  (signer: Signer): Signer =>
  (data) => {
    const bytes = signer(data);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return bytes;
  };
const padded =
  (signer: Signer): Signer =>
  (data) => {
    const bytes = signer(data);
    const half = bytes.length / 2;
    const zeros = Buffer.alloc(8);
    return Buffer.concat([zeros, bytes.subarray(0, half), zeros, bytes.subarray(half)]);
  };

test.each<[string, boolean, string, Signer, string]>([
  ["RS256", true, "RS256", pkcs1(rsa.privateKey, "sha256"), jwks(jwk(rsa.publicKey))],
  ["RS512", true, "RS512", pkcs1(rsa.privateKey, "sha512"), jwks(jwk(rsa.publicKey))],
  [
    "RS256, signed otherwise",
    false,
    "RS256",
    pkcs1(rsa.privateKey, "sha512"),
    jwks(jwk(rsa.publicKey)),
  ],
  [
    "RS256, a bit flipped",
    false,
    "RS256",
    flipped(pkcs1(rsa.privateKey, "sha256")),
    jwks(jwk(rsa.publicKey)),
  ],
  [
    "RS256 of 1024 bits",
    true,
    "RS256",
    pkcs1(small.privateKey, "sha256"),
    jwks(jwk(small.publicKey)),
  ],
  [
    "PS256 of 1024 bits",
    true,
    "PS256",
    pss(small.privateKey, "sha256", 32),
    jwks(jwk(small.publicKey)),
  ],
  ["PS384", true, "PS384", pss(rsa.privateKey, "sha384", 48), jwks(jwk(rsa.publicKey))],
  [
    "PS256, another salt",
    false,
    "PS256",
    pss(rsa.privateKey, "sha256", 20),
    jwks(jwk(rsa.publicKey)),
  ],
  [
    "use enc, key_ops sign",
    true,
    "RS256",
    pkcs1(rsa.privateKey, "sha256"),
    jwks(jwk(rsa.publicKey, { use: "enc", key_ops: ["sign"] })),
  ],
  ["ES256", true, "ES256", ecdsa(p256.privateKey, "sha256"), jwks(jwk(p256.publicKey))],
  ["ES384", true, "ES384", ecdsa(p384.privateKey, "sha384"), jwks(jwk(p384.publicKey))],
  ["ES512", true, "ES512", ecdsa(p521.privateKey, "sha512"), jwks(jwk(p521.publicKey))],
  [
    "ES256 by a P-384 key",
    true,
    "ES256",
    ecdsa(p384.privateKey, "sha256"),
    jwks(jwk(p384.publicKey)),
  ],
  [
    "ES256, padded numbers",
    true,
    "ES256",
    padded(ecdsa(p256.privateKey, "sha256")),
    jwks(jwk(p256.publicKey)),
  ],
  [
    "RS256 by an EC key",
    true,
    "RS256",
    ecdsa(p256.privateKey, "sha256"),
    jwks(jwk(p256.publicKey)),
  ],
  [
    "HS512 by an EC key",
    true,
    "HS512",
    ecdsa(p256.privateKey, "sha256"),
    jwks(jwk(p256.publicKey)),
  ],
  [
    "ES256 by an RSA key",
    false,
    "ES256",
    pkcs1(rsa.privateKey, "sha256"),
    jwks(jwk(rsa.publicKey)),
  ],
  ["HS256", true, "HS256", hmac("sha256"), jwks(oct)],
  ["HS384", true, "HS384", hmac("sha384"), jwks(oct)],
  ["RS384 by a secret", true, "RS384", hmac("sha256"), jwks(oct)],
  ["EdDSA", true, "EdDSA", (data) => sign(null, data, ed.privateKey), jwks(jwk(ed.publicKey))],
  [
    "ES256 by an Ed25519 key",
    true,
    "ES256",
    (data) => sign(null, data, ed.privateKey),
    jwks(jwk(ed.publicKey)),
  ],
  [
    "the third of three keys",
    true,
    "RS256",
    pkcs1(rsa.privateKey, "sha256"),
    jwks(jwk(small.publicKey, { kid: "a" }), oct, jwk(rsa.publicKey, { kid: "b" })),
  ],
  [
    "an Ed25519 key in the way",
    false,
    "RS256",
    pkcs1(rsa.privateKey, "sha256"),
    jwks(jwk(ed.publicKey), jwk(rsa.publicKey)),
  ],
  [
    "an Ed25519 key behind",
    true,
    "RS256",
    pkcs1(rsa.privateKey, "sha256"),
    jwks(jwk(rsa.publicKey), jwk(ed.publicKey)),
  ],
])("%s: %s (an:RA-44 to an:RA-50)", async (_what, valid, alg, signer, keys) => {
  expect(await verifySignature(tokenOf(alg, signer), keys)).toBe(valid);
});

test("older Envoys take a PS256 salt of any length", async () => {
  for (const saltLength of [0, 20, 32, 222]) {
    const token = tokenOf("PS256", pss(rsa.privateKey, "sha256", saltLength));
    const keys = jwks(jwk(rsa.publicKey));
    expect(await verifySignature(token, keys, { anySaltLength: true })).toBe(true);
    expect(await verifySignature(token, keys)).toBe(saltLength === 32);
  }
});

test("a signature may be padded, and what is signed may not be", async () => {
  const token = tokenOf("RS256", pkcs1(rsa.privateKey, "sha256"));
  const [header, payload, signature] = token.split(".");
  const keys = jwks(jwk(rsa.publicKey));
  expect(await verifySignature(`..${header}.${payload}.${signature}==`, keys)).toBe(true);
  expect(await verifySignature(`${header} .${payload}.${signature}`, keys)).toBe(false);
});

test.each<[string, string, string | undefined, string]>([
  ["no-matching-key", "RS256", "x", jwks(jwk(rsa.publicKey, { kid: "y" }))],
  ["verification-fails", "RS256", "x", jwks(jwk(rsa.publicKey))],
  ["verification-fails", "RS256", undefined, jwks(jwk(rsa.publicKey, { kid: "y" }))],
  ["no-matching-key", "RS512", undefined, jwks(jwk(rsa.publicKey, { alg: "RS256" }))],
  ["ed25519-length", "RS256", undefined, jwks(jwk(ed.publicKey), jwk(rsa.publicKey))],
])("a token that no key signed: %s (an:RA-44, an:RA-48, an:RA-49)", (fault, alg, kid, keys) => {
  const token = parseToken(tokenOf(alg, flipped(pkcs1(rsa.privateKey, "sha256")), kid));
  const set = parseJwks(keys);
  if (typeof token === "string" || set.unusable !== undefined) throw new Error("not parsed");
  expect(trialOf(token, set.keys).fault).toBe(fault);
});

test.each(["", "a.b.c", "..", "e30.e30.e30"])(
  "%j is no token and verifies nothing",
  async (token) => {
    expect(await verifySignature(token, jwks(jwk(rsa.publicKey)))).toBe(false);
    expect(await verifySignature(token, "no keys")).toBe(false);
  },
);
