import { expect, test } from "vitest";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { shownText } from "../src/analyse/space/shown.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import { parseNamespace, parsePrincipal, parseServiceAccount } from "../src/match/parse-text.ts";
import { allow, when } from "./analyse-spoken.ts";
import { worldOf } from "./analyse-world.ts";

const old = { namespaces: false, serviceAccounts: false };
const young = { namespaces: true, serviceAccounts: true };

test.each([
  ["namespaces", "ops", "namespace ops"],
  ["namespaces", "ops-*", "namespace ops-*"],
  ["principals", "*/sa/web", "*/sa/web"],
  ["serviceAccounts", "shop/web", "service account shop/web"],
])("%s %s is named alike whether a release quotes values or not", (field, value, text) => {
  const patterns = [old, young].map((literal) => {
    if (field === "namespaces") return parseNamespace(value, literal);
    if (field === "principals") return parsePrincipal(value, literal);
    return parseServiceAccount(value, "other", literal)[0] ?? { kind: "present" as const };
  });
  expect(patterns.map((pattern) => shownText(field, pattern))).toEqual([text, text]);
});

test("a value that is read as an expression is told from the same value as it is written", () => {
  expect(shownText("namespaces", parseNamespace("a.b", old))).toBe(
    "namespace a.b as an expression",
  );
  expect(shownText("namespaces", parseNamespace("a.b", young))).toBe("namespace a.b");
});

test("the spellings of an audience that a proxy takes are one", () => {
  const jwtRules = [{ issuer: "https://i", audiences: ["https://shop/", "shop"] }];
  const mesh = worldOf([], { mtls: "STRICT", jwtRules });
  const requests = { protocol: "http", from: [{ source: { requestPrincipals: ["*"] } }] } as const;
  const [proof] = prove(mesh, [{ name: "it", requests, expect: "never-allowed" }]);
  const [violation] = proof?.violations ?? [];
  expect(violation?.regions.map(({ text }) => text)).toEqual([
    "peer is there and claim iss is https://i and claim aud has shop in any spelling",
  ]);
});

test("what a policy asks of an audience is told from what a proxy takes for it", () => {
  const jwtRules = [{ issuer: "https://i", audiences: ["shop"] }];
  const asked = allow(when("request.auth.audiences", ["shop"]));
  const narrowed = diffMeshes(worldOf([], { jwtRules }), worldOf([asked], { jwtRules }));
  const texts = narrowed.diffs.flatMap(({ changes }) =>
    changes
      .filter(({ protocol }) => protocol === "http")
      .flatMap(({ regions }) => regions.map(({ text }) => text)),
  );
  expect(new Set(texts)).toEqual(
    new Set([
      "there is no token",
      "claim iss is https://i and claim aud has shop in any spelling except shop and claim aud does not have shop",
    ]),
  );
});

test("HTTP to a port that clients are told takes bytes, and the Sidecar of the workload does not name, can be asked again as it is shown", () => {
  const text = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{name: https, port: 8443}]}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: orders, namespace: shop}
spec:
  workloadSelector: {labels: {app: orders}}
  ingress: [{port: {number: 8080, protocol: HTTP, name: http}, defaultEndpoint: "127.0.0.1:8080"}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: orders, namespace: shop}
spec: {action: DENY, rules: [{to: [{operation: {paths: [/a]}}]}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
`;
  const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" });
  const requests = { protocol: "http", to: [{ operation: { ports: ["8443"] } }] } as const;
  const [proof] = prove(mesh, [{ name: "it", requests, expect: "never-allowed" }]);
  const [region] = proof?.violations[0]?.regions ?? [];
  if (!region) throw new Error("no counterexample");
  expect(evaluate(mesh, region.witness.request).decision).toBe("allow");
});
