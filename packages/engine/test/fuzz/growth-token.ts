import { parseToken } from "../../src/envoy/jwt-authn/token.ts";
import { verifySignature } from "../../src/envoy/jwt-authn/verify.ts";
import { evaluate } from "../../src/evaluate.ts";
import { explain } from "../../src/explain.ts";
import { serve } from "../../src/journey/serve.ts";
import { parseJwks } from "../../src/parse/jwks.ts";
import { parseProtobufJson } from "../../src/parse/protobuf-json.ts";
import type { Growth } from "./growth.ts";
import { facts, load, mtls } from "./use-mesh.ts";
import { jwks, sidecar, worlds } from "./world.ts";

const many = (size: number, make: (index: number) => string): string =>
  Array.from({ length: size }, (_, index) => make(index)).join("");

function tokenOf(payload: string): string {
  const encode = (text: string): string => Buffer.from(text).toString("base64url");
  return `${encode('{"alg":"HS256"}')}.${encode(payload)}.${"A".repeat(43)}`;
}

const claims = (more: string): string =>
  `{"iss": "https://login.example", "sub": "a", ${more} "x": 1}`;

/** What a token may say. */
const payloads: Readonly<Record<string, (size: number) => string>> = {
  "many claims": (n) => claims(many(n, (at) => `"c${at}": 1, `)),
  "a claim again and again": (n) => claims('"c": 1, '.repeat(n)),
  "a long text": (n) => claims(`"c": "${"a".repeat(n)}", `),
  "a text of escapes": (n) => claims(`"c": "${"\\n".repeat(n)}", `),
  "a text of surrogates": (n) => claims(`"c": "${"\\ud83d\\ude00".repeat(n)}", `),
  "many words": (n) => claims(`"scope": "${"a ".repeat(n)}", `),
  "many groups": (n) => claims(`"groups": [${'"a", '.repeat(n)}], `),
  "many audiences": (n) => claims(`"aud": [${'"a", '.repeat(n)} "b"], `),
  "a long number": (n) => claims(`"c": ${"1".repeat(n)}, `),
  "a long fraction": (n) => claims(`"__proto__": 0.${"1".repeat(n)}, `),
  "lists in lists": (n) => claims(`"constructor": ${"[".repeat(n)}${"]".repeat(n)}, `),
  "a long list in a header": (n) => claims(`"toString": [${"1, ".repeat(n)}], `),
  "a long mapping in a header": (n) =>
    claims(`"toString": {${many(n, (at) => `"c${at}": "\u00e9", `)}}, `),
  blanks: (n) => claims(" ".repeat(n)),
};

/** Texts that are no token. */
const broken: Readonly<Record<string, (size: number) => string>> = {
  dots: (n) => ".".repeat(n),
  parts: (n) => "a.".repeat(n),
  letters: (n) => "a".repeat(n),
  "letters in each part": (n) => `${"a".repeat(n)}.${"a".repeat(n)}.${"a".repeat(n)}`,
  padding: (n) => `${"=".repeat(n)}.${"=".repeat(n)}.${"=".repeat(n)}`,
  "a long signature": (n) => `eyJhbGciOiJIUzI1NiJ9.e30.${"A".repeat(n)}`,
  blanks: (n) => `eyJhbGciOiJIUzI1NiJ9${" ".repeat(n)}.e30.AA`,
};

const key = '{"kty": "oct", "k": "c2VjcmV0"}';
const point = '{"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}';

const sets: Readonly<Record<string, (size: number) => string>> = {
  "keys of one kind": (n) => `{"keys": [${`${key}, `.repeat(n)}]}`,
  "keys that are none": (n) => `{"keys": [${"1, ".repeat(n)}]}`,
  "points that are none": (n) => `{"keys": [${`${point}, `.repeat(n)}]}`,
  "a long modulus": (n) => `{"keys": [{"kty": "RSA", "e": "AQAB", "n": "${"A".repeat(n)}"}]}`,
  "a long coordinate": (n) =>
    `{"keys": [{"kty": "EC", "crv": "P-256", "x": "${"Q".repeat(n)}", "y": "Q"}]}`,
  "a long secret": (n) => `{"keys": [{"kty": "oct", "k": "${"A".repeat(n)}"}]}`,
  "members of a key": (n) =>
    `{"keys": [{${many(n, (at) => `"m${at}": 1, `)} "kty": "oct", "k": "AA"}]}`,
  certificates: (n) =>
    `{${many(n, (at) => `"c${at}": "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n", `)}}`,
  "a long certificate": (n) =>
    `{"c": "-----BEGIN CERTIFICATE-----\\n${"MIIB".repeat(n)}\\n-----END CERTIFICATE-----\\n"}`,
  "beginnings of certificates": (n) =>
    `{"c": "${"-----BEGIN CERTIFICATE-----\\n".repeat(n)}-----END CERTIFICATE-----\\n"}`,
  "dashes of a certificate": (n) =>
    `{"c": "-----BEGIN CERTIFICATE-----\\n${"-".repeat(n)}-----END CERTIFICATE-----\\n"}`,
  "blank lines of a certificate": (n) =>
    `{"c": "-----BEGIN CERTIFICATE-----\\n${"\\n".repeat(n)}-----END CERTIFICATE-----\\n"}`,
};

const json: Readonly<Record<string, (size: number) => string>> = {
  openings: (n) => "[".repeat(n),
  "openings of mappings": (n) => '{"a":'.repeat(n),
  blanks: (n) => " ".repeat(n),
  quotes: (n) => `{"${"\\".repeat(n)}`,
  "minus signs": (n) => `{"a": ${"-".repeat(n)}`,
  "a bare key": (n) => `{${"a".repeat(n)}`,
  commas: (n) => `{"a": [${",".repeat(n)}`,
};

const table = (
  what: string,
  makes: Readonly<Record<string, (size: number) => string>>,
  work: (text: string) => unknown,
): readonly Growth[] =>
  Object.entries(makes).map(([name, make]) => ({
    name: `${what} ${name}`,
    work: (size) => {
      const text = make(size);
      return () => work(text);
    },
  }));

function sendToken(token: string): unknown {
  return serve(
    worlds[0],
    sidecar,
    mtls,
    {
      version: "2",
      method: "GET",
      host: "a",
      target: "/",
      headers: [["authorization", `Bearer ${token}`]],
    },
    facts,
  );
}

/** Explaining looks for what came close: it may try much, but not more for each rule the more there are. */
const explained: Growth = {
  name: "explain many rules",
  from: 8,
  most: 512,
  work: (size) => {
    const rules = Array.from({ length: size }, (_, at) => ({
      to: [{ operation: { paths: [`/p${at}*`], methods: ["GET"] } }],
    }));
    const text = JSON.stringify({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "a", namespace: "shop" },
      spec: { rules },
    });
    const { mesh } = load({ files: [{ path: "p.json", text }] }, text);
    const to = {
      namespace: "shop",
      labels: { app: "orders" },
      port: 8080,
      protocol: "http",
    } as const;
    const request = { from: "sa/shop/web", to, http: "GET /q", source: { ip: "10.0.0.1" } };
    return () => explain({ mesh, request, options: {}, verdict: evaluate(mesh, request) });
  },
};

export const tokenGrowth: readonly Growth[] = [
  ...table("token with", payloads, (text) => [
    parseToken(tokenOf(text)),
    verifySignature(tokenOf(text), jwks),
  ]),
  ...table("request with a token with", payloads, (text) => sendToken(tokenOf(text))),
  ...table("token of", broken, (text) => [parseToken(text), sendToken(text)]),
  ...table("JWKS with", sets, (text) => parseJwks(text)),
  ...table("verify under a JWKS with", sets, (text) => verifySignature(tokenOf("{}"), text)).map(
    (growth) => ({
      ...growth,
      most: 2 ** 13,
    }),
  ),
  ...table("JSON of", json, (text) => parseProtobufJson(text)),
  explained,
];
