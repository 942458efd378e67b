import { parseDocuments } from "@meshproof/engine";
import { expect, test } from "vitest";
import {
  isSuite,
  jwksFor,
  parseSuite,
  runSuite,
  type SuiteResult,
  sharedLoads,
} from "../src/index.ts";

/** A suite over its own file, whose text this is, with a key set that a file holds. */
async function runText(
  text: string,
  keyFiles: Readonly<Record<string, string>> = {},
): Promise<SuiteResult> {
  const file = { path: "suite.yaml", text };
  const [suite] = parseDocuments(file)
    .documents.filter(isSuite)
    .map((each) => parseSuite(each));
  if (suite?.parsed === undefined) throw new Error(JSON.stringify(suite?.findings));
  return runSuite(suite.parsed, { files: [file], keyFiles });
}

function failuresOf({ cases }: SuiteResult): readonly unknown[] {
  return cases.flatMap(({ failures }) => failures);
}

test("a key set that is given by its jwksUri decides about a token that was minted here", async () => {
  const text = (keys: string): string => `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ jwksUri: https://login.example/keys }] }
---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: shop
  environment: { istio: "1.31" }
  keys: { https://login.example/keys: ${keys} }
  workloads: { orders: { ports: { 8080: http } } }
  tokens: { alice: { issuer: https://login.example, claims: { sub: alice } } }
  tests:
  - { name: reads, request: { from: sa/shop/web, to: "orders:8080", http: GET /, token: alice }, expect: allow }
`;
  const others = JSON.stringify({ keys: [{ kty: "oct", kid: "other", k: "c2VjcmV0" }] });
  expect(failuresOf(await runText(text("trusted")))).toEqual([]);
  const { cases: all } = await runText(text("keys.json"), { "keys.json": others });
  expect(all.map(({ verdict }) => verdict?.outcome?.status)).toEqual([401]);
  const own = await runText(text("keys.json"), { "keys.json": jwksFor("") });
  expect(failuresOf(own)).toEqual([]);
});

test.each([
  ["{ from: wbe }", "did you mean `web`?"],
  ["{ from: clints }", "did you mean `clients`?"],
  ['{ from: web, to: "ordrs:8080" }', "did you mean `orders:8080`?"],
])("a name that is almost one of the suite's is told: %s", async (request, hint) => {
  const { findings } = await runText(`apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: shop
  environment: { istio: "1.31" }
  actors: { web: sa/shop/web }
  groups: { clients: [web] }
  workloads: { orders: { ports: { 8080: http } } }
  given: { to: "orders:8080", http: GET / }
  tests: [{ name: reads, request: ${request}, expect: allow }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
`);
  expect(findings.map((finding) => finding.hint)).toEqual([hint]);
});

test("suites over the same files that say the same share a mesh", () => {
  const load = sharedLoads();
  const files = [
    { path: "a.yaml", text: "kind: Namespace\napiVersion: v1\nmetadata: { name: a }\n" },
  ];
  const first = load({ files, istio: "1.31", allowEmpty: true });
  expect(load({ files: [...files], istio: "1.31", allowEmpty: true })).toBe(first);
  expect(load({ files, istio: "1.30", allowEmpty: true })).not.toBe(first);
  const changed = [{ path: "a.yaml", text: `${files[0]?.text}# changed\n` }];
  expect(load({ files: changed, istio: "1.31", allowEmpty: true })).not.toBe(first);
});

test("behind a waypoint the ztunnel decides last, and what the waypoint sent on is what is received", async () => {
  const { findings, cases } = await runText(`apiVersion: v1
kind: Namespace
metadata: { name: bank, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: bank, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: bank }
spec:
  selector: { matchLabels: { app: ledger } }
  template: { metadata: { labels: { app: ledger } }, spec: { serviceAccountName: ledger, containers: [{ name: c }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: portal, namespace: bank }
spec:
  selector: { matchLabels: { app: portal } }
  template: { metadata: { labels: { app: portal } }, spec: { serviceAccountName: web, containers: [{ name: c }] } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: bank }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: bank }
spec:
  targetRefs: [{ kind: Service, group: "", name: ledger }]
  rules: [{ from: [{ source: { serviceAccounts: [web] } }] }]
---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: bank
  environment: { istio: "1.31" }
  actors: { portal: deploy/bank/portal }
  given: { to: svc/bank/ledger:80 }
  tests:
  - { name: status, request: { from: portal, http: GET /a }, expect: { status: 200, path: /a, hop: ztunnel } }
  - { name: who, whoCan: { http: GET /a }, exactly: [portal] }
`);
  expect([findings, cases.flatMap(({ failures }) => failures)]).toEqual([[], []]);
  expect(cases.map(({ request }) => request.from)).not.toContain("sa/bank/web");
});
