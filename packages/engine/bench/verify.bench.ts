import { createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import { bench, describe } from "vitest";
import { verifySignature } from "../src/envoy/jwt-authn/verify.ts";

const pair = await crypto.subtle.generateKey(
  {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  },
  true,
  ["sign", "verify"],
);
const key = { ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid: "a", alg: "RS256" };
const jwks = JSON.stringify({ keys: [key] });
const token = await new SignJWT({ sub: "alice" })
  .setProtectedHeader({ alg: "RS256", kid: "a" })
  .setIssuer("https://login.example")
  .sign(pair.privateKey);
const keys = createLocalJWKSet({ keys: [key] });

describe("one RS256 token under a known set of keys", () => {
  bench("verifySignature", async () => {
    await verifySignature(token, jwks);
  });
  bench("jose.jwtVerify", async () => {
    await jwtVerify(token, keys);
  });
});
