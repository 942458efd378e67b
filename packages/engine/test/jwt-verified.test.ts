import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifiedOnce } from "../src/envoy/jwt-authn/verified.ts";
import { verifySignature } from "../src/envoy/jwt-authn/verify.ts";

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwks = (secret: string): string =>
  JSON.stringify({
    keys: [{ kty: "oct", k: Buffer.from(secret).toString("base64url"), alg: "HS256" }],
  });

function tokenOf(secret: string, claims: object): string {
  const signed = `${part({ alg: "HS256" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

test.each([false, true])(
  "a key set never inherits what another one said (hashed: %s)",
  async (hashed) => {
    const token = tokenOf("one", { iss: "a", hashed });
    for (const _ of [1, 2]) {
      expect(await verifySignature(token, jwks("one"), { hashed })).toBe(true);
      expect(await verifySignature(token, jwks("two"), { hashed })).toBe(false);
      expect(await verifySignature(`${token}x`, jwks("one"), { hashed })).toBe(false);
    }
  },
);

test("a result is worked out once, for each way to verify", async () => {
  const set = {};
  let asked = 0;
  const verify = (): Promise<boolean> => {
    asked += 1;
    return Promise.resolve(true);
  };
  for (const options of [
    {},
    {},
    { anySaltLength: true },
    { hashed: true },
    { anySaltLength: true },
  ])
    expect(await verifiedOnce(set, "a.b.c", options, verify)).toBe(true);
  expect(asked).toBe(3);
});

test("what could not be verified is asked again", async () => {
  const set = {};
  const failing = verifiedOnce(set, "a.b.c", {}, () => Promise.reject(new Error("no Ed25519")));
  await expect(failing).rejects.toThrow("no Ed25519");
  expect(await verifiedOnce(set, "a.b.c", {}, () => Promise.resolve(true))).toBe(true);
});

test("strangers cannot fill memory: the older half is forgotten", async () => {
  const set = {};
  let asked = 0;
  const verify = (): Promise<boolean> => {
    asked += 1;
    return Promise.resolve(false);
  };
  for (let at = 0; at <= 4096; at += 1) await verifiedOnce(set, `t${at}`, {}, verify);
  expect(asked).toBe(4097);
  await verifiedOnce(set, "t4000", {}, verify);
  expect(asked).toBe(4097);
  await verifiedOnce(set, "t0", {}, verify);
  expect(asked).toBe(4098);
});
