import { CompactSign, decodeJwt, importJWK, type JWK } from "jose";
import { type Algorithm, keyOf, signingKeys } from "./keys.ts";
import { parseSeconds } from "./token-duration.ts";

/** A token as a suite describes it. Everything is optional: `{}` is a valid token of no issuer. */
export interface TokenSpec {
  readonly extends?: string; // a token of the same suite; what is given here wins, claims one by one
  readonly issuer?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly audience?: string | readonly string[];
  readonly expiresIn?: string; // "15m", "-2m", "never"; default 1h
  readonly notBefore?: string; // "5m" from now; absent: no such claim
  readonly kid?: string; // of the header; default: that of the test key
  readonly alg?: Algorithm; // RS256
  readonly invalid?: TokenFault;
}

/** What can be wrong with a token on purpose. */
export type TokenFault =
  | "bad-signature"
  | "expired"
  | "not-yet-valid"
  | "unknown-issuer"
  | "unknown-kid"
  | "wrong-audience"
  | "malformed"
  | "alg-none";

/** A signed token. `signature`: whether its owner's key signed what it says. */
export interface Minted {
  readonly token: string;
  readonly signature: "valid" | "invalid";
}

/** Why a description is no token: what it extends is not there, or leads back to itself; or a duration cannot be read. */
export interface Unusable {
  readonly fault: string;
}

/** Who says to have issued a token, whether or not that is so. */
export function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** The token with all that it inherits, as one description. */
export function resolveToken(
  spec: TokenSpec,
  named: Readonly<Record<string, TokenSpec>>,
): TokenSpec | Unusable {
  const chain: TokenSpec[] = [spec];
  const seen = new Set<string>();
  for (let name = spec.extends; name !== undefined; name = chain[0]?.extends) {
    if (seen.has(name)) return { fault: `token \`${name}\` extends itself` };
    seen.add(name);
    const base = Object.hasOwn(named, name) ? named[name] : undefined;
    if (base === undefined) return { fault: `unknown token \`${name}\`` };
    chain.unshift(base);
  }
  const { extends: _base, ...merged } = chain.reduce(merge, {});
  return merged;
}

function merge(base: TokenSpec, own: TokenSpec): TokenSpec {
  const claims = { ...base.claims, ...own.claims };
  return { ...base, ...own, ...(Object.keys(claims).length === 0 ? {} : { claims }) };
}

/** Signs a token with the test key of its algorithm. `now`: milliseconds since 1970; nothing reads a clock. */
export async function mint(
  spec: TokenSpec,
  now: number,
  named: Readonly<Record<string, TokenSpec>> = {},
): Promise<Minted | Unusable> {
  const resolved = resolveToken(spec, named);
  if ("fault" in resolved) return resolved;
  const claims = claimsOf(resolved, Math.floor(now / 1000));
  if ("fault" in claims) return claims;
  const token = await signedOnce(resolved, claims.claims);
  return { token, signature: unsigned.has(resolved.invalid ?? "") ? "invalid" : "valid" };
}

const unsigned: ReadonlySet<string> = new Set([
  "bad-signature",
  "unknown-kid",
  "malformed",
  "alg-none",
]);

interface Claims {
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What `invalid` is about comes last: a claim that is written out does not hide it. */
function claimsOf(spec: TokenSpec, now: number): Claims | Unusable {
  const times = timesOf(spec, now);
  if ("fault" in times) return times;
  const { issuer: iss, audience: aud, claims, invalid } = spec;
  return {
    claims: {
      iss,
      aud,
      ...times,
      ...claims,
      ...(invalid === "unknown-issuer" ? { iss: "https://unknown.invalid" } : {}),
      ...(invalid === "wrong-audience" ? { aud: "https://wrong.invalid" } : {}),
      ...(invalid === "expired" ? { exp: now - 3600 } : {}),
      ...(invalid === "not-yet-valid" ? { nbf: now + 3600 } : {}),
    },
  };
}

interface Times {
  readonly iat: number;
  readonly nbf?: number;
  readonly exp?: number;
}

function timesOf({ expiresIn = "1h", notBefore }: TokenSpec, now: number): Times | Unusable {
  const expires = expiresIn === "never" ? undefined : parseSeconds(expiresIn);
  if (expires === undefined && expiresIn !== "never") return unreadable(expiresIn);
  const begins = notBefore === undefined ? undefined : parseSeconds(notBefore);
  if (begins === undefined && notBefore !== undefined) return unreadable(notBefore);
  return {
    iat: now,
    ...(begins === undefined ? {} : { nbf: now + begins }),
    ...(expires === undefined ? {} : { exp: now + expires }),
  };
}

function unreadable(duration: string): Unusable {
  return { fault: `not a duration: \`${duration}\`, such as 15m, 1h30m or -2m` };
}

/** Signing takes longer than a request: suites send the same few tokens again and again. */
const signed = new Map<string, Promise<string>>();
const remembered = 1024;

function signedOnce(spec: TokenSpec, claims: object): Promise<string> {
  const { alg, kid, invalid } = spec;
  const key = JSON.stringify([alg, kid, invalid, claims]);
  const token = signed.get(key) ?? sign(spec, claims);
  if (signed.size >= remembered) signed.clear();
  signed.set(key, token);
  return token;
}

async function sign({ alg = "RS256", kid, invalid }: TokenSpec, claims: object): Promise<string> {
  const key: JWK = { ...signingKeys[keyOf[alg]] };
  const named = invalid === "unknown-kid" ? "unknown" : (kid ?? key.kid ?? "");
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  if (invalid === "alg-none") return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
  const token = await new CompactSign(payload)
    .setProtectedHeader({ alg, kid: named, typ: "JWT" })
    .sign(await importJWK(key, alg));
  if (invalid === "malformed") return token.slice(0, token.lastIndexOf("."));
  return invalid === "bad-signature" ? withoutItsSignature(token) : token;
}

function encode(value: object): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

/** Another signature of the same length: its first characters, turned into others. */
function withoutItsSignature(token: string): string {
  const start = token.lastIndexOf(".") + 1;
  const turned = [...token.slice(start, start + 8)].map((letter) => (letter === "A" ? "B" : "A"));
  return `${token.slice(0, start)}${turned.join("")}${token.slice(start + 8)}`;
}
