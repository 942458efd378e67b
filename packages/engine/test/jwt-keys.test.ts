import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { parseJwks } from "../src/parse/jwks.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ format: "jwk" });
const p521 = generateKeyPairSync("ec", { namedCurve: "P-521" }).publicKey.export({ format: "jwk" });
const k1 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({
  format: "jwk",
});
const ed = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
const x25519 = generateKeyPairSync("x25519").publicKey.export({ format: "jwk" });

const one = (key: object): string => JSON.stringify({ keys: [key] });

test.each<[string, object]>([
  ["RSA", rsa],
  ["RSA for encryption", { ...rsa, use: "enc", alg: "RSA-OAEP" }],
  ["RSA with padding in n", { ...rsa, n: `${rsa.n}=` }],
  ["RSA with a number for kid and alg", { ...rsa, kid: 1, alg: 2 }],
  ["RSA with an empty alg", { ...rsa, alg: "" }],
  ["EC", ec],
  ["EC without a curve", { ...ec, crv: undefined }],
  ["EC P-384 without a curve, by its alg", { ...p384, crv: undefined, alg: "ES384" }],
  ["EC P-521", { ...p521, alg: "ES512" }],
  ["a secret", { kty: "oct", k: "c2VjcmV0" }],
  ["Ed25519", { ...ed, alg: "EdDSA" }],
])("%s is usable (an:RA-42)", (_what, key) => {
  const set = parseJwks(one(key));
  expect(set.unusable).toBeUndefined();
});

test.each<[string, object]>([
  ["[kty] is missing in [keys]", {}],
  ["[kty] is bad in [keys]", { kty: 1 }],
  ["[kty] is not supported in [keys]", { kty: "rsa" }],
  ["[alg] is not started with [RS] or [PS] for an RSA key", { ...rsa, alg: "ES256" }],
  ["[n] field is missing for a RSA key", { kty: "RSA", e: "AQAB" }],
  ["[e] field is not string for a RSA key", { ...rsa, e: 65537 }],
  ["Jwks RSA [n] or [e] field is missing or has a parse error", { ...rsa, e: "EQ" }],
  ["Jwks RSA [n] or [e] field is missing or has a parse error", { ...rsa, n: "AQAB" }],
  ["Jwks RSA [n] or [e] field is missing or has a parse error", { ...rsa, n: `${rsa.n}+` }],
  ["[alg] is not started with [ES] for an EC key", { ...ec, alg: "RS256" }],
  ["[crv] field specified is not compatible with [alg] for an EC key", { ...ec, alg: "ES384" }],
  ["[crv] or [alg] field is not supported for an EC key", k1],
  ["[crv] field is not string for an EC key", { ...ec, crv: null }],
  ["[y] field is missing for an EC key", { ...ec, y: undefined }],
  ["Jwks EC [x] or [y] field is an invalid Base64.", { ...ec, y: "+" }],
  ["Jwks EC [x] and [y] fields have a parse error.", { ...ec, y: ec.x }],
  ["Jwks EC [x] and [y] fields have a parse error.", { ...p384, crv: "P-256" }],
  ["[alg] does not start with [HS] for an HMAC key", { kty: "oct", k: "aa", alg: "RS256" }],
  ["Jwks Oct key is an invalid Base64", { kty: "oct", k: "" }],
  ["[alg] is not [EdDSA] for an OKP key", { ...ed, alg: "ES256" }],
  ["[crv] field is not supported for an OKP key", x25519],
  ["Jwks OKP [x] field is wrong length.", { ...ed, x: "AQAB" }],
])("%s (an:RA-42, an:RA-43)", (why, key) => {
  expect(parseJwks(one(key)).unusable).toBe(why);
});

test.each<[string, string]>([
  ["Jwks is an invalid JSON", "{"],
  ["Jwks is an invalid JSON", "[]"],
  ["Jwks does not have [keys] field", "{}"],
  ["Jwks does not have [keys] field", JSON.stringify(rsa)],
  ["[keys] in Jwks is not an array", '{"keys":{}}'],
  ["Jwks doesn't have any valid public key", '{"keys":[]}'],
  ["Jwks doesn't have any valid public key", '{"keys":[1,"x",null]}'],
  ["[kty] is missing in [keys]", '{"keys":[1,{},{"kty":1}]}'],
  [
    "X509 parse pubkey fails",
    `{"k":"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n"}`,
  ],
])("a set without a usable key: %s (an:RA-40, an:RA-41)", (why, text) => {
  expect(parseJwks(text).unusable).toBe(why);
});

test("bad keys are skipped, good ones keep their order", () => {
  const set = parseJwks(
    JSON.stringify({
      keys: [{ kty: "x" }, { ...ec, kid: "a" }, 1, { ...rsa, kid: "b", alg: "RS256" }],
    }),
  );
  const named =
    set.unusable === undefined ? set.keys.map(({ kid, alg, kind }) => [kid, alg, kind]) : [];
  expect(named).toEqual([
    ["a", "", "ec"],
    ["b", "RS256", "rsa"],
  ]);
});

const certificate = `-----BEGIN CERTIFICATE-----
MIIB/DCCAWWgAwIBAgIUd8XZR/wjbx2MYvs1FLTpRuZ9jxowDQYJKoZIhvcNAQEL
BQAwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjYwMTI3NDNaGA8yMTI2MTEwMjAx
Mjc0M1owDzENMAsGA1UEAwwEdGVzdDCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC
gYEAuYxpWbIh4vIT4v1ZWmi06DHNZhmR45OW5rOasXxFlVE9IJitKVWAg6X8Tt/G
jEqMe/kpNRU7+tFf8pEejZuz0Mv7oqy2l0fCWri+t6KZ8H5WkUr/EDeDYCnGV/hn
7eKYqLDn4wxJrjKTS4NNd5C2EXamB+BC7Rse4fuqRUbhupcCAwEAAaNTMFEwHQYD
VR0OBBYEFJdK7JFE7g+S1LzcJro8YJ/thl9VMB8GA1UdIwQYMBaAFJdK7JFE7g+S
1LzcJro8YJ/thl9VMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEA
BVT5vyHQyjBcL7wEM+BpXFCOToBpNvJMb0Qlns1H1AVT+ey/eUHUCrfcuoVERzu0
TOcD1BSDuYfIL0peqauS4+OXajYVQsIjXlS4wJ5L2yobbf2be0TeVbyVmm2nvlzQ
gvQ9vCrSLcg4hKktUlpnq3Sd90EJApyZ2pofnlaDRUs=
-----END CERTIFICATE-----
`;

const ecCertificate = `-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUV4pWvcIA+nZpFx6X09kQQmoo9r8wCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjYwMTI3NDNaGA8yMTI2MTEwMjAxMjc0
M1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJQ2
zRpLhBb065g6SK0fbDLR1GO+d7aA/jaA4jQnoOd7qkoFiRsETrkH/Uno0eKPv+QP
qvWFFvw2QxFAzMgOzi6jUzBRMB0GA1UdDgQWBBRi78s8CCevDauUaVRYygan3GTd
gDAfBgNVHSMEGDAWgBRi78s8CCevDauUaVRYygan3GTdgDAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCICitsN21Q8cQ6CkNWTwOS872stJ736lko8ov
591+1leGAiArQO5+OAcpk0AlxFzFSsoHd3Pys3chFKejuP+dHbS5CA==
-----END CERTIFICATE-----
`;

test("an RSA certificate is a key, named by its member", () => {
  const set = parseJwks(JSON.stringify({ one: certificate }));
  const keys = set.unusable === undefined ? set.keys : [];
  expect(keys).toMatchObject([{ kid: "one", alg: "", kind: "rsa", exponent: "\x01\0\x01" }]);
  expect(keys[0]?.kind === "rsa" && keys[0].modulus.length).toBe(128);
});

test.each<[string, object]>([
  ["X509 parse pubkey internal fails: get pubkey", { one: ecCertificate }],
  ["X509 parse pubkey fails", { one: certificate.replace("MII", "MIJ") }],
  ["Jwks does not have [keys] field", { one: certificate.trim() }],
  ["Jwks does not have [keys] field", { "": certificate }],
  ["Jwks does not have [keys] field", { one: certificate, two: 1 }],
])("certificates without use: %s (an:RA-40)", (why, document) => {
  expect(parseJwks(JSON.stringify(document)).unusable).toBe(why);
});
