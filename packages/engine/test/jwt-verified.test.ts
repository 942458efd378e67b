import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifiedOnce } from "../src/envoy/jwt-authn/verified.ts";
import { recallSignature, verifySignature } from "../src/envoy/jwt-authn/verify.ts";
import { evaluateAsync } from "../src/evaluate.ts";
import { cluster } from "./ways.ts";

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

test("what was verified before is recalled at once, of the same set and way alone", async () => {
  const token = tokenOf("one", { iss: "recalled" });
  expect(recallSignature(token, jwks("one"))).toBeUndefined();
  await verifySignature(token, jwks("one"));
  await verifySignature(token, jwks("three"));
  expect(recallSignature(token, jwks("one"))).toBe(true);
  expect(recallSignature(token, jwks("three"))).toBe(false);
  expect(recallSignature(token, jwks("two"))).toBeUndefined();
  expect(recallSignature(token, jwks("one"), { anySaltLength: true })).toBeUndefined();
  expect(recallSignature(token, "no set")).toBe(false);
});

test("a request with a token that was verified before is gone through once", async () => {
  const jwtRules = [{ issuer: "b", jwks: jwks("one") }];
  const key = { kind: "RequestAuthentication", namespace: "shop", name: "login" };
  const mesh = cluster({
    requestAuthentications: [{ key, labels: {}, annotations: {}, spec: { jwtRules } }],
  });
  const evaluated = async (token: string): Promise<readonly [string, number]> => {
    let asked = 0;
    const facts = new Proxy<Record<string, string>>(
      {},
      {
        get: (_, id) => {
          if (String(id).startsWith("signature:")) asked += 1;
          return undefined;
        },
      },
    );
    const request = { from: "deploy/c/web", to: "svc/shop/orders:80", http: "GET /", token };
    const { decision } = await evaluateAsync(mesh, request, { facts, now: Date.UTC(2026, 8, 1) });
    return [decision, asked];
  };
  const [good, bad] = [tokenOf("one", { iss: "b" }), tokenOf("two", { iss: "b" })];
  for (const [token, decision] of [
    [good, "allow"],
    [bad, "deny"],
  ] as const) {
    const [first, again] = [await evaluated(token), await evaluated(token)];
    expect([first[0], again]).toEqual([decision, [decision, 1]]);
    expect(first[1]).toBeGreaterThan(1);
  }
});
