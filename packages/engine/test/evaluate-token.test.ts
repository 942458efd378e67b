import { createSign, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { evaluate, evaluateAsync } from "../src/evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { JwtRule, RequestAuthentication } from "../src/model/policy.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { handPolicy } from "./mesh.ts";
import { cluster } from "./ways.ts";

const issuer = "https://login.example";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwks = JSON.stringify({
  keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256" }],
});
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

const noon = Date.parse("2026-09-01T12:00:00Z");
const seconds = noon / 1000;

function sign(claims: object, key = privateKey): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "k" })}.${part({ iss: issuer, sub: "alice", ...claims })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

function mesh(rule: Partial<JwtRule>): Mesh {
  const authentication: RequestAuthentication = {
    key: { kind: "RequestAuthentication", namespace: "shop", name: "jwt" },
    labels: {},
    annotations: {},
    spec: { jwtRules: [{ issuer, ...rule }] },
  };
  const alice = { rules: [{ from: [{ source: { requestPrincipals: [`${issuer}/alice`] } }] }] };
  return cluster({
    requestAuthentications: [authentication],
    authorizationPolicies: [handPolicy("shop/alice", alice)],
  });
}

const request = (token: AccessRequest["token"]): AccessRequest => ({
  from: "deploy/c/web",
  to: "svc/shop/orders:80",
  http: "GET /",
  ...(token === undefined ? {} : { token }),
});
const async = (of: Mesh, token: string, options: EvaluateOptions = {}): Promise<Verdict> =>
  evaluateAsync(of, request(token), { now: noon, ...options });

const valid = sign({ exp: seconds + 60 });
const inline = mesh({ jwks });
const remote = mesh({ jwksUri: "https://login.example/keys" });

test("a signature is verified with the keys of the mesh", async () => {
  const verdict = await async(inline, valid);
  expect(verdict.decision).toBe("allow");
  expect(verdict.facts.find(({ id }) => id.startsWith("signature:"))).toMatchObject({
    state: "derived",
    value: "valid",
  });
});

test("a signature by another key is refused", async () => {
  const verdict = await async(inline, sign({ exp: seconds + 60 }, foreign));
  expect(verdict).toMatchObject({ decision: "deny", layer: "jwt", outcome: { status: 401 } });
});

test("without waiting, a signature is unknown", () => {
  const verdict = evaluate(inline, request(valid), { now: noon });
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.branches.map(({ decision }) => decision)).toEqual(["allow", "deny"]);
});

test("who made a token says whether it is valid", () => {
  const signatures = { [valid]: "valid" } as const;
  expect(evaluate(inline, request(valid), { now: noon, signatures }).decision).toBe("allow");
});

test("the keys behind a URI are unknown, stated, trusted or unavailable", async () => {
  expect((await async(remote, valid)).decision).toBe("undetermined");
  expect((await async(remote, valid, { keys: { [issuer]: jwks } })).decision).toBe("allow");
  const unavailable = await async(remote, valid, { keys: { [issuer]: "unavailable" } });
  expect(unavailable).toMatchObject({ decision: "deny", layer: "jwt" });
  const trusted: EvaluateOptions = {
    keys: { [issuer]: "trusted" },
    signatures: { [valid]: "valid" },
  };
  expect((await async(remote, valid, trusted)).decision).toBe("allow");
});

test("no token is refused by the policy and needs no keys", () => {
  expect(evaluate(remote, request("none"))).toMatchObject({ decision: "deny", layer: "allow" });
  expect(evaluate(remote, request(undefined))).toMatchObject({ decision: "deny", layer: "allow" });
});

test("without a time, a token that expires is undetermined, and every span of its life is tried", async () => {
  const token = sign({ nbf: seconds, exp: seconds + 3600 });
  const verdict = await evaluateAsync(inline, request(token));
  expect(verdict.decision).toBe("undetermined");
  const now = verdict.facts.find(({ id }) => id === "now");
  expect(now?.then?.map(({ decision }) => decision)).toEqual(
    expect.arrayContaining(["allow", "deny"]),
  );
  expect(now?.then?.[0]?.decision).toBe("allow");
});

test("without a time, a token that never expires needs none", async () => {
  expect((await evaluateAsync(inline, request(sign({})))).decision).toBe("allow");
});

test("the request's own time comes before the option's", async () => {
  const late = { ...request(valid), now: "2027-01-01T00:00:00+01:00" };
  expect((await evaluateAsync(inline, late, { now: noon })).decision).toBe("deny");
});

test.each([
  [-61, "deny"],
  [-60, "allow"],
  [-59, "allow"],
  [0, "allow"],
])("a token that expired %i s ago: %s", async (left, decision) => {
  expect((await async(inline, sign({ exp: seconds + left }))).decision).toBe(decision);
});
