import { expect, test } from "vitest";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";

function meshOf(rule: string, normalization = "BASE"): Mesh {
  const text = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [${rule}] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }
`;
  const meshConfig = { pathNormalization: { normalization } };
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31", meshConfig }).mesh;
}

const keys = "jwksUri: https://a.example/keys";
const plain = `{ issuer: https://a.example, ${keys} }`;

test.each([
  ["{ issuer: https://a.example, jwksUri: https://b.example/keys }", "the key set of https://a"],
  [`{ issuer: https://a.example, ${keys}, fromHeaders: [{ name: x-jwt }] }`, "is read from"],
  [`{ issuer: https://a.example, ${keys}, fromParams: [token] }`, "is read from"],
  [`{ issuer: https://a.example, ${keys}, forwardOriginalToken: true }`, "is passed on"],
])("%s in place of the plain rule is no difference that could be worked out", (rule, told) => {
  const { result, diffs } = diffMeshes(meshOf(plain), meshOf(rule));
  const texts = diffs.flatMap(({ undecided }) => undecided.map(({ text }) => text));
  expect(result).toBe("undecided");
  expect(texts).toEqual([expect.stringContaining(told)]);
});

test("the same rule written twice is no difference", () => {
  expect(diffMeshes(meshOf(plain), meshOf(`${plain}, ${plain}`)).result).toBe("same");
});

test("a mesh is not proved to be the same as one that reads tokens or paths in another way", () => {
  const proved = (other: Mesh): readonly string[] =>
    prove(meshOf(plain), [{ name: "it", expect: { "same-as": other } }]).map((each) => each.result);
  expect(proved(meshOf(plain))).toEqual(["holds"]);
  expect(proved(meshOf("{ issuer: https://a.example, jwksUri: https://b.example }"))).toEqual([
    "undecided",
  ]);
  expect(proved(meshOf(plain, "MERGE_SLASHES"))).toEqual(["undecided"]);
});

function askedMesh(authorizer: Readonly<Record<string, unknown>>): Mesh {
  const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec:
  action: CUSTOM
  provider: { name: login }
  rules: [{ to: [{ operation: { paths: ["/admin/*"] } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: login, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;
  const service = { service: "login.shop.svc.cluster.local", port: 80 };
  const extensionProviders = [{ name: "login", envoyExtAuthzHttp: { ...service, ...authorizer } }];
  const meshConfig = { extensionProviders };
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31", meshConfig }).mesh;
}

test.each([
  [{ failOpen: true }, "cannot be asked (failOpen)"],
  [{ statusOnError: "503" }, "cannot be asked (statusOnError)"],
  [{ includeRequestHeadersInCheck: ["x-user"] }, "which headers login sees"],
  [{ headersToDownstreamOnDeny: ["x-why"] }, "a denial by login"],
  [{ includeRequestBodyInCheck: { maxRequestBytes: 100 } }, "how much of a body login sees"],
])(
  "an authorizer that is asked with %j is no difference that could be worked out",
  (settings, told) => {
    const { result, diffs } = diffMeshes(askedMesh({}), askedMesh(settings));
    expect(result).toBe("undecided");
    const texts = diffs.flatMap(({ undecided }) => undecided.map(({ text }) => text));
    expect(texts).toContainEqual(expect.stringContaining(told));
    expect(diffMeshes(askedMesh(settings), askedMesh(settings)).result).toBe("same");
  },
);

test.each(["http", "tcp"] as const)("nor is a mesh proved to be the same over %s", (protocol) => {
  const other = askedMesh({ failOpen: true });
  const invariant = { name: "it", requests: { protocol }, expect: { "same-as": other } };
  const [proof] = prove(askedMesh({}), [invariant]);
  expect(proof?.result).toBe("undecided");
});

test("headers that an authorizer sets are worked out: no rule reads them", () => {
  const settings = { headersToUpstreamOnAllow: ["x-user"] };
  expect(diffMeshes(askedMesh({}), askedMesh(settings)).result).toBe("same");
});

test("an authorizer that moves is taken to answer alike, and that is said", () => {
  const [here, there] = [askedMesh({}), askedMesh({ port: 81, pathPrefix: "/v2" })];
  const diff = diffMeshes(here, there);
  const moved = expect.stringMatching(
    /^the authorizer \S+ was at \S+:80, and now is at \S+:81\/v2: /,
  );
  expect([diff.result, diff.assumptions]).toEqual(["same", expect.arrayContaining([moved])]);
  const [proof] = prove(there, [{ name: "it", expect: { "same-as": here } }]);
  expect(proof?.assumptions).toContainEqual(moved);
  expect(diffMeshes(here, here).assumptions.join()).not.toMatch(/authorizer/);
});
