import { generateKeyPairSync } from "node:crypto";
import type { Mesh } from "../../src/model/mesh.ts";
import type { Proxy } from "../../src/model/program.ts";
import { prototypeNames } from "./hostile.ts";
import { load } from "./use-mesh.ts";

function publicKey(type: "ec" | "rsa" | "ed25519", kid: string): object {
  const pair =
    type === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : type === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 1024 })
        : generateKeyPairSync("ed25519");
  return { ...pair.publicKey.export({ format: "jwk" }), kid };
}

/** A key of each kind. */
export const jwks: string = JSON.stringify({
  keys: [
    publicKey("rsa", "r"),
    publicKey("ec", "e"),
    publicKey("ed25519", "o"),
    { kty: "oct", k: "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", kid: "a" },
  ],
});

const header = "apiVersion: security.istio.io/v1\nkind: ";

function policy(kind: string, name: string, spec: object): string {
  return `${header}${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: ${JSON.stringify(spec)}\n`;
}

const selector = { matchLabels: { app: "orders" } };
const names = prototypeNames.flatMap((name) => [
  { key: `request.headers[${name}]`, values: ["x", "*"] },
  { key: `request.auth.claims[${name}][${name}]`, values: ["x", "*y"] },
]);

/** Rules on everything that a request can hold. */
const documents = [
  policy("RequestAuthentication", "tokens", {
    selector,
    jwtRules: [
      {
        issuer: "https://login.example",
        jwks,
        fromHeaders: [{ name: "Authorization", prefix: "Bearer " }, { name: "x-jwt" }],
        fromParams: ["token", "__proto__"],
        fromCookies: ["session", "__proto__"],
        outputPayloadToHeader: "x-payload",
        outputClaimToHeaders: prototypeNames.map((claim, at) => ({ header: `x-c${at}`, claim })),
        forwardOriginalToken: true,
      },
      {
        issuer: "other",
        jwks,
        fromParams: ["token"],
        spaceDelimitedClaims: ["scope", "__proto__"],
      },
    ],
  }),
  policy("AuthorizationPolicy", "deny", {
    selector,
    action: "DENY",
    rules: [
      {
        to: [
          { operation: { paths: ["/admin*", "*.php", "/a/{*}/b", "/x/{**}"], ports: ["8080"] } },
        ],
      },
      { to: [{ operation: { hosts: ["*.evil", "evil:*"], methods: ["TRACE"] } }] },
      {
        from: [
          {
            source: {
              ipBlocks: ["10.66.0.0/16", "2001:db8::/32"],
              remoteIpBlocks: ["10.67.0.0/16"],
            },
          },
        ],
      },
      { from: [{ source: { notPrincipals: ["*"], principals: ["*/sa/x*", "cluster.local/*"] } }] },
      ...names.map((condition) => ({ when: [condition] })),
    ],
  }),
  policy("AuthorizationPolicy", "allow", {
    selector,
    rules: [
      { to: [{ operation: { paths: ["/api/*", "/"], notHosts: ["a.b"] } }] },
      { from: [{ source: { requestPrincipals: ["https://login.example/*", "*/b"] } }] },
      { when: [{ key: "request.headers[x-user]", notValues: ["*", "a*"] }] },
      {
        when: [
          { key: "remote.ip", values: ["10.0.0.0/8"] },
          { key: "source.namespace", values: ["sh*p"] },
        ],
      },
      { when: [{ key: "request.auth.claims[groups]", values: ["a", "b*"] }] },
    ],
  }),
].join("---\n");

function worldOf(istio: string, meshConfig: Readonly<Record<string, unknown>>): Mesh {
  const { mesh, findings } = load(
    { files: [{ path: "world.yaml", text: documents }], istio, meshConfig, admission: "bypass" },
    documents,
  );
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return mesh;
}

/** The same policies under releases and settings that read requests differently. */
export const worlds: readonly [Mesh, ...Mesh[]] = [
  worldOf("1.31", {}),
  worldOf("1.27", { pathNormalization: { normalization: "DECODE_AND_MERGE_SLASHES" } }),
  worldOf("1.28.0", { pathNormalization: { normalization: "NONE" }, trustDomain: "old" }),
  worldOf("1.32-dev", { pathNormalization: { normalization: "MERGE_SLASHES" } }),
];

export const sidecar: Proxy = {
  kind: "sidecar",
  namespace: "shop",
  name: "orders-1",
  labels: { app: "orders" },
  serviceAccount: "orders",
  addresses: ["10.9.9.9"],
  ports: [
    { port: 8080, protocol: "http" },
    { port: 9000, protocol: "tcp" },
  ],
};
