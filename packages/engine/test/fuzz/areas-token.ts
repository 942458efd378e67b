import { authenticate } from "../../src/envoy/jwt-authn/authenticate.ts";
import { parseToken } from "../../src/envoy/jwt-authn/token.ts";
import { verifySignature } from "../../src/envoy/jwt-authn/verify.ts";
import { programFor } from "../../src/istiod/program.ts";
import { serve } from "../../src/journey/serve.ts";
import { parseJwks } from "../../src/parse/jwks.ts";
import { prototypeNames } from "./hostile.ts";
import { mutateText } from "./mutate-text.ts";
import { mutateValue, type Value } from "./mutate-value.ts";
import type { Random } from "./random.ts";
import type { Area } from "./run.ts";
import { facts, inspect, load, mtls, token, useMesh } from "./use-mesh.ts";
import { jwks, sidecar, worlds } from "./world.ts";

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

const claims: Value = {
  iss: "https://login.example",
  sub: "a",
  aud: ["x", "y"],
  exp: 2_000_000_000,
  nbf: 0,
  iat: 1,
  jti: "j",
  scope: "a b",
  groups: ["a", "b"],
  nested: { a: { b: [1, { c: null }] } },
};

function tokenOf(header: string, payload: string): string {
  return `${encode(header)}.${encode(payload)}.${"A".repeat(43)}`;
}

const algorithms = ["HS256", "RS256", "ES256", "EdDSA", "PS512", "none"];

/** Tokens: damaged as text, and whole around damaged JSON. */
export function tokenArea(): Area {
  const made = algorithms.map((alg) =>
    tokenOf(JSON.stringify({ alg, kid: "a" }), JSON.stringify(claims)),
  );
  const polluted = prototypeNames.map((name) =>
    tokenOf(
      `{"alg":"HS256","${name}":1}`,
      `{"iss":"https://login.example","${name}":{"${name}":"x"}}`,
    ),
  );
  return {
    name: "tokens",
    seeds: [token, ...made, ...polluted, "", "..", "a.b.c"],
    mutate: (seeds, random) => (random.chance(3) ? mutateText(seeds, random) : rebuilt(random)),
    check: checkToken,
  };
}

function rebuilt(random: Random): string {
  const header = JSON.stringify(
    mutateValue({ alg: random.any(algorithms) ?? "", kid: "a" }, random),
  );
  const payload = JSON.stringify(mutateValue(claims, random));
  const broken = random.chance(3) ? mutateText([payload], random) : payload;
  return tokenOf(random.chance(4) ? header : '{"alg":"HS256","kid":"a"}', broken);
}

async function checkToken(text: string): Promise<string> {
  const parsed = parseToken(text);
  inspect(parsed, text);
  const mesh = worlds[text.length % worlds.length] ?? worlds[0];
  const filters = programFor(mesh, sidecar).listeners.flatMap(
    ({ chains }) => chains[1]?.filters ?? [],
  );
  const places = [
    { headers: [["authorization", `Bearer ${text}`]], path: "/" },
    {
      headers: [
        ["x-jwt", text],
        ["cookie", `session=${text}`],
      ],
      path: `/?token=${text}`,
    },
  ] as const;
  const answers = filters.flatMap((filter) =>
    filter.kind !== "jwt"
      ? []
      : places.map((place) =>
          authenticate(
            filter,
            { version: "1.1", method: "GET", authority: "a", scheme: "http", ...place },
            facts,
          ),
        ),
  );
  const { path: target, headers } = places[text.length % 2] ?? places[0];
  const hop = serve(
    mesh,
    sidecar,
    mtls,
    { version: "1.1", method: "GET", host: "a", target, headers },
    facts,
  );
  const real = await verifySignature(text, jwks);
  inspect([answers, hop], text);
  const kind = typeof parsed === "string" ? parsed : `${Object.keys(parsed.payload).length}`;
  return `${kind}${real}${hop.outcome.details ?? hop.outcome.kind}`;
}

/** Key sets: damaged as text and as data, in a policy and under a token. */
export function jwksArea(): Area {
  const set: Value = JSON.parse(jwks);
  const odd = [
    '{"a": "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n"}',
    "{'keys': [{kty: 'oct', k: 'c2VjcmV0'},],}",
    '{"keys": [{"kty": "oct", "k": "c2VjcmV0", "__proto__": {"kty": "RSA"}}], "__proto__": 1}',
    '{"keys": []}',
    "null",
  ];
  const signed = algorithms.map((alg) => tokenOf(JSON.stringify({ alg }), JSON.stringify(claims)));
  return {
    name: "JWKS",
    seeds: [jwks, ...odd],
    mutate: (seeds, random) =>
      random.chance(2) ? mutateText(seeds, random) : JSON.stringify(mutateValue(set, random)),
    check: async (text) => {
      const parsed = parseJwks(text);
      inspect(parsed, text);
      const real = await verifySignature(signed[text.length % signed.length] ?? token, text);
      const kind = parsed.unusable ?? parsed.keys.map((key) => key.kind).join();
      return `${kind}${real}${asPolicy(text)}`;
    },
  };
}

function asPolicy(text: string): string {
  if (text.length % 4 > 0) return "";
  const object = {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: "a", namespace: "shop" },
    spec: { jwtRules: [{ issuer: "https://login.example", jwks: text }] },
  };
  const file = JSON.stringify(object);
  const admission = text.length % 3 === 0 ? "bypass" : "enforce";
  const { mesh, findings } = load(
    { files: [{ path: "p.json", text: file }], admission },
    text + file,
  );
  return (
    findings.map(({ code }) => code).join() + (text.length % 5 === 0 ? useMesh(mesh, text) : "")
  );
}
