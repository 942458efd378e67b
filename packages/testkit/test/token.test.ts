import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { jwksFor, keyOf, signingKeys } from "../src/keys.ts";
import { type Minted, mint, type TokenSpec, type Unusable } from "../src/token.ts";

const now = Date.parse("2026-09-01T10:00:00Z");
const alice: TokenSpec = { issuer: "https://a.example", claims: { sub: "alice", groups: ["x"] } };

function minted(result: Minted | Unusable): Minted {
  if ("fault" in result) throw new Error(result.fault);
  return result;
}

test.each(Object.keys(keyOf).filter((alg) => !alg.startsWith("HS")))(
  "a %s token verifies under the key set of its issuer",
  async (alg) => {
    const spec = { ...alice, alg } as TokenSpec;
    const { token } = minted(await mint(spec, now));
    const keys = createLocalJWKSet(JSON.parse(jwksFor("https://a.example")));
    const { payload } = await jwtVerify(token, keys, { currentDate: new Date(now) });
    expect(payload).toMatchObject({ iss: "https://a.example", sub: "alice", groups: ["x"] });
    expect(payload.exp).toBe(now / 1000 + 3600);
  },
);

test("the secret key is published only on request", () => {
  const kinds = (text: string): unknown =>
    JSON.parse(text).keys.map(({ kty }: { kty: string }) => kty);
  expect(kinds(jwksFor("i"))).toEqual(["RSA", "EC", "EC", "EC", "OKP"]);
  expect(kinds(jwksFor("i", { secret: true }))).toContain("oct");
});

test("no private half is published", () => {
  const text = jwksFor("i");
  for (const key of [signingKeys.rsa, signingKeys.p256, signingKeys.ed25519])
    expect(text).not.toContain(key["d"]);
});

test("a token inherits what it does not say, claim by claim", async () => {
  const named = { alice, late: { extends: "alice", expiresIn: "-2m" } };
  const spec = { extends: "late", claims: { sub: "bob" } };
  const { token } = minted(await mint(spec, now, named));
  expect(decodeJwt(token)).toMatchObject({ sub: "bob", groups: ["x"], exp: now / 1000 - 120 });
});

test.each<[TokenSpec["invalid"], object]>([
  ["expired", { exp: now / 1000 - 3600 }],
  ["not-yet-valid", { nbf: now / 1000 + 3600 }],
  ["unknown-issuer", { iss: "https://unknown.invalid" }],
  ["wrong-audience", { aud: "https://wrong.invalid" }],
])("a token that is %s says so, and is signed all the same", async (invalid, claims) => {
  const { token, signature } = minted(await mint({ ...alice, ...{ invalid } } as TokenSpec, now));
  expect(decodeJwt(token)).toMatchObject(claims);
  expect(signature).toBe("valid");
});

test("a bad signature has the right length and does not verify", async () => {
  const good = minted(await mint(alice, now));
  const bad = minted(await mint({ ...alice, invalid: "bad-signature" }, now));
  expect(bad.token.length).toBe(good.token.length);
  expect(bad.signature).toBe("invalid");
  const keys = createLocalJWKSet(JSON.parse(jwksFor("i")));
  await expect(jwtVerify(bad.token, keys, { currentDate: new Date(now) })).rejects.toThrow();
});

test("tokens can be malformed, unsigned, or name a key that nobody has", async () => {
  const of = async (invalid: "malformed" | "alg-none" | "unknown-kid"): Promise<string> =>
    minted(await mint({ ...alice, invalid }, now)).token;
  expect((await of("malformed")).split(".")).toHaveLength(2);
  expect(decodeProtectedHeader(await of("alg-none"))).toEqual({ alg: "none", typ: "JWT" });
  expect(decodeProtectedHeader(await of("unknown-kid")).kid).toBe("unknown");
});

test("a token that never expires has no exp", async () => {
  const { token } = minted(await mint({ ...alice, expiresIn: "never" }, now));
  expect(decodeJwt(token).exp).toBeUndefined();
});

test.each<[string, TokenSpec, Record<string, TokenSpec>]>([
  ["unknown token `x`", { extends: "x" }, {}],
  ["token `a` extends itself", { extends: "a" }, { a: { extends: "b" }, b: { extends: "a" } }],
  ["not a duration: `soon`, such as 15m, 1h30m or -2m", { expiresIn: "soon" }, {}],
  ["not a duration: `1.5h`, such as 15m, 1h30m or -2m", { notBefore: "1.5h" }, {}],
])("what makes no token is said: %s", async (fault, spec, named) => {
  expect(await mint(spec, now, named)).toEqual({ fault });
});
