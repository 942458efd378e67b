import { expect, test } from "vitest";
import { jwtFilter } from "../src/istiod/request-authentication.ts";
import type { Release } from "../src/model/mesh.ts";
import type { JwtRule, RequestAuthentication } from "../src/model/policy.ts";
import { resolveRelease } from "../src/release.ts";

const jwks = JSON.stringify({ keys: [{ kty: "oct", k: "c2VjcmV0" }] });

function release(text: string): Release {
  const found = resolveRelease(text);
  if ("unknown" in found) throw new Error(text);
  return found;
}

function policy(name: string, ...jwtRules: readonly (JwtRule | null)[]): RequestAuthentication {
  const key = { kind: "RequestAuthentication", namespace: "foo", name };
  return { key, labels: {}, annotations: {}, spec: { jwtRules } };
}

const current = release("1.31");

test("a rule becomes a provider with the usual places of a token", () => {
  expect(jwtFilter([policy("ra", { issuer: "i", jwks })], current)).toEqual({
    filter: {
      kind: "jwt",
      providers: [
        {
          name: "origins-0",
          at: { resource: policy("ra").key, path: ["spec", "jwtRules", 0] },
          issuer: "i",
          audiences: [],
          keys: { kind: "inline", jwks },
          headers: [{ name: "authorization", prefix: "Bearer " }],
          params: ["access_token"],
          cookies: [],
          forward: false,
          claimHeaders: [],
          spaceDelimited: ["permission", "scope"],
        },
      ],
    },
    notes: [],
  });
});

test("every field arrives as Envoy reads it: names in lower case, bytes, claim paths", () => {
  const rule: JwtRule = {
    issuer: "i",
    jwksUri: "https://keys",
    audiences: ["a"],
    fromHeaders: [{ name: "X-É", prefix: "é " }],
    fromParams: ["T"],
    fromCookies: ["C"],
    forwardOriginalToken: true,
    outputPayloadToHeader: "X-P",
    outputClaimToHeaders: [{ header: "X-C", claim: "a..b" }],
    spaceDelimitedClaims: ["z", "scope"],
  };
  expect(jwtFilter([policy("ra", rule)], current).filter?.providers).toMatchObject([
    {
      keys: { kind: "uri", uri: "https://keys" },
      headers: [{ name: "x-\xc3\x89", prefix: "\xc3\xa9 " }],
      params: ["T"],
      cookies: ["C"],
      forward: true,
      payloadHeader: "x-p",
      claimHeaders: [{ header: "x-c", claim: ["a", "", "b"] }],
      spaceDelimited: ["permission", "scope", "z"],
    },
  ]);
});

test("the rules of all policies are sorted by issuer, equal ones stay in order (an:RA-11)", () => {
  const first = policy("first", { issuer: "b", jwks }, { issuer: "", jwks }, null);
  const second = policy("second", { issuer: "a", jwks }, { issuer: "b", jwks });
  const { filter } = jwtFilter([first, second], current);
  const order = filter?.providers.map(({ name, issuer, at }) => [
    name,
    issuer,
    at.resource.name,
    at.path[2],
  ]);
  expect(order).toEqual([
    ["origins-0", "", "first", 1],
    ["origins-1", "a", "second", 0],
    ["origins-2", "b", "first", 0],
    ["origins-3", "b", "second", 1],
  ]);
});

test("policies without rules make no filter (an:RA-10)", () => {
  expect(jwtFilter([policy("ra")], current)).toEqual({ notes: [] });
});

const both: JwtRule = { issuer: "i", jwks, jwksUri: "https://keys" };

test.each<[string | undefined, JwtRule, object]>([
  [undefined, both, { kind: "inline", jwks }],
  ["false", both, { kind: "inline", jwks }],
  ["hybrid", both, { kind: "uri", uri: "https://keys", fetcher: "either" }],
  ["envoy", both, { kind: "uri", uri: "https://keys", fetcher: "envoy" }],
  ["envoy", { issuer: "i", jwks }, { kind: "inline", jwks }],
  ["envoy", { issuer: "i" }, { kind: "discovery" }],
])("with PILOT_JWT_ENABLE_REMOTE_JWKS=%s the keys of %j are %j (an:RA-64)", (mode, rule, keys) => {
  const features: Readonly<Record<string, string>> =
    mode === undefined ? {} : { PILOT_JWT_ENABLE_REMOTE_JWKS: mode };
  expect(jwtFilter([policy("ra", rule)], current, features).filter?.providers[0]?.keys).toEqual(
    keys,
  );
});

const blocks = "10.0.0.0/8, nonsense,192.168.1.1, 2001:db8::/32,";

test.each<[string, string, JwtRule, boolean]>([
  ["1.31", blocks, { issuer: "i", jwksUri: "http://10.1.2.3:8080/keys" }, true],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://user@10.1.2.3?x" }, true],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://[2001:db8::1]:443/keys" }, true],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://[::ffff:10.1.2.3]/keys" }, true],
  ["1.31", blocks, { issuer: "http://10.1.2.3/" }, true],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://11.1.2.3/keys" }, false],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://192.168.1.1/keys" }, false],
  ["1.31", blocks, { issuer: "i", jwksUri: "https://keys.example/10.1.2.3" }, false],
  ["1.31", "", { issuer: "i", jwksUri: "https://10.1.2.3/keys" }, false],
  ["1.31", "", { issuer: "i", jwksUri: "https://169.254.169.254/keys" }, false],
  ["1.32-dev", "", { issuer: "i", jwksUri: "https://169.254.169.254/keys" }, true],
  ["1.32-dev", "", { issuer: "i", jwksUri: "https://[fd00:ec2::254]/keys" }, true],
  ["1.32-dev", "", { issuer: "i", jwksUri: "https://10.1.2.3/keys" }, false],
  ["1.28.5", blocks, { issuer: "i", jwksUri: "https://10.1.2.3/keys" }, false],
  ["1.28.6", blocks, { issuer: "i", jwksUri: "https://10.1.2.3/keys" }, true],
  ["1.29.0", blocks, { issuer: "i", jwksUri: "https://10.1.2.3/keys" }, true],
])(
  "%s with BLOCKED_CIDRS_IN_JWKS_URIS=%j: keys of %j are out of reach: %s (an:RA-69)",
  (istio, blocked, rule, out) => {
    const features = { BLOCKED_CIDRS_IN_JWKS_URIS: blocked };
    const { filter } = jwtFilter([policy("ra", rule)], release(istio), features);
    expect(filter?.providers[0]?.keys).toMatchObject(out ? { blocked: true } : {});
    expect("blocked" in (filter?.providers[0]?.keys ?? {})).toBe(out);
  },
);

test("addresses that istiod does not dial do not matter where Envoy fetches", () => {
  const features = {
    BLOCKED_CIDRS_IN_JWKS_URIS: blocks,
    PILOT_JWT_ENABLE_REMOTE_JWKS: "envoy",
  };
  const uri = policy("ra", { issuer: "i", jwksUri: "http://10.1.2.3/keys" });
  const { filter } = jwtFilter([uri], current, features);
  expect(filter?.providers[0]?.keys).not.toHaveProperty("blocked");
});

test("a key source that nobody reads leaves a note", () => {
  expect(jwtFilter([policy("ra", both)], current).notes).toMatchObject([
    { because: "other-keys-used", at: { path: ["spec", "jwtRules", 0, "jwksUri"] } },
  ]);
});

test("older releases know a key that everybody can sign with, and take any salt", () => {
  const uri = policy("ra", { issuer: "i", jwksUri: "https://keys" });
  const { filter } = jwtFilter([uri], release("1.28.0"));
  expect(filter).toMatchObject({ anySaltLength: true, providers: [{ keys: { kind: "uri" } }] });
  expect(filter?.providers[0]?.keys).toHaveProperty("fallback");
  const fixed = jwtFilter([uri], release("1.28.5")).filter?.providers[0]?.keys;
  expect(fixed).not.toHaveProperty("fallback");
});

test.each<[JwtRule, string, readonly (string | number)[]]>([
  [
    { jwks: '{"keys":[]}' },
    "has invalid local jwks: Jwks doesn't have any valid public key",
    ["jwks"],
  ],
  [{ jwks: '{"kty":"RSA","n":"AQAB","e":"AQAB"}' }, "Jwks does not have [keys] field", ["jwks"]],
  [
    { jwks, fromHeaders: [{ name: "a" }, { name: "x\n" }] },
    "FromHeaders[1]: embedded message failed validation | caused by JwtHeaderValidationError.Name: value does not match",
    ["fromHeaders", 1, "name"],
  ],
  [
    { jwks, fromHeaders: [{ name: "" }] },
    "JwtHeaderValidationError.Name: value length",
    ["fromHeaders", 0, "name"],
  ],
  [
    { jwks, fromHeaders: [{ name: "x", prefix: "a\0" }] },
    "JwtHeaderValidationError.ValuePrefix",
    ["fromHeaders", 0, "prefix"],
  ],
  [{ jwks, outputPayloadToHeader: "x\r" }, "ForwardPayloadHeader", ["outputPayloadToHeader"]],
  [
    { jwks, outputClaimToHeaders: [{ header: "x", claim: "" }] },
    "ClaimName",
    ["outputClaimToHeaders", 0, "claim"],
  ],
  [
    { jwks, outputClaimToHeaders: [{ header: "x\n", claim: "a" }] },
    "HeaderName",
    ["outputClaimToHeaders", 0, "header"],
  ],
])("Envoy refuses a listener with %j: %s", (rule, cause, below) => {
  const { refused } = jwtFilter([policy("ra", { issuer: "i", ...rule })], current);
  expect(refused?.effect).toBe("update-refused");
  expect(refused?.cause).toContain(cause);
  expect(refused?.at.path).toEqual(["spec", "jwtRules", 0, ...below]);
});
