import { loadMesh, parseDocuments } from "@meshproof/engine";
import { type Invariant, prove } from "@meshproof/engine/analyse";
import { expect, test } from "vitest";
import {
  type Counterexample,
  parseSuite,
  runSuite,
  suiteText,
  witnessSuite,
} from "../src/index.ts";

const inventory = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } } } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80 }, { name: tcp, port: 9000 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop }
spec: { parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: orders, port: 80 }] }] }
---
`;

const login = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  jwtRules: [{ issuer: https://i, jwksUri: https://i/keys, audiences: [a], fromHeaders: [{ name: x-jwt }] }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    extensionProviders: [{ name: oauth, envoyExtAuthzHttp: { service: o.o.svc.cluster.local, port: 80 } }]
---
`;

function policy(spec: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { selector: { matchLabels: { app: orders } }, ${spec} }
`;
}

const rules = {
  "a path": `rules: [{ to: [{ operation: { paths: ["/a/*"] } }] }]`,
  "an identity and an address": `rules: [{ from: [{ source: { serviceAccounts: [web], ipBlocks: [192.0.2.0/24] } }] }]`,
  "a token with claims": `rules: [{ when: [{ key: "request.auth.claims[groups]", values: [admins] }] }]`,
  "a header": `rules: [{ when: [{ key: "request.headers[x-env]", values: ["prod*"], notValues: [prod-1] }] }]`,
  "an external authorizer": `action: CUSTOM, provider: { name: oauth }, rules: [{ to: [{ operation: { ports: ["80"] } }] }]`,
  "a port of bytes": `action: DENY, rules: [{ to: [{ operation: { ports: ["9000"] } }] }]`,
};

const through = { through: "gateway/shop/edge", namespace: "shop", workload: "orders" };

const alone = { namespace: "shop", labels: { app: "orders" } };

const cases = Object.entries(rules).flatMap(([name, spec]) =>
  [inventory, ""].flatMap((loaded) =>
    (["never-allowed", "always-allowed"] as const).flatMap((expected) =>
      (loaded === "" ? [alone] : [alone, through]).map((target) => ({
        name,
        text: loaded + login + policy(spec),
        invariant: { name, expect: expected, target } satisfies Invariant,
      })),
    ),
  ),
);

test.each(cases)(
  "witnesses about $name are tests that fail until they are mended",
  async (each) => {
    const { text, invariant } = each;
    const files = [{ path: "mesh.yaml", text }];
    const proofs = prove(loadMesh({ files, istio: "1.31" }).mesh, [invariant]);
    const examples = proofs.flatMap(({ violations }) =>
      violations.flatMap(({ regions }) =>
        regions.map(
          ({ witness }): Counterexample => ({
            name: invariant.name,
            witness,
            expect: invariant.expect === "always-allowed" ? "allow" : "deny",
          }),
        ),
      ),
    );
    const world = { mesh: ["mesh.yaml"], environment: { istio: "1.31" } };
    expect(proofs.map(({ result }) => result)).toEqual([
      examples.length > 0 ? "violated" : "holds",
    ]);
    if (examples.length === 0) return;
    const written = suiteText(witnessSuite("witnesses", examples, world));
    const [document] = parseDocuments({ path: "suite.yaml", text: written }).documents;
    const { parsed } = document ? parseSuite(document) : {};
    const result = parsed && (await runSuite(parsed, { files }));
    const decisions = result?.cases.map(({ verdict }) => verdict?.decision) ?? [];
    expect(decisions).toHaveLength(examples.length);
    for (const [index, one] of examples.entries()) expect(decisions[index]).not.toBe(one.expect);
  },
);

test("whatever characters a request has, its suite can be read", () => {
  const codes = [...Array(0x100).keys(), 0x2028, 0x2029, 0xd7ff, 0xfeff, 0xfffd, 0xffff, 0x1f600];
  const tests = codes.map((code) => ({
    name: `after ${code}`,
    request: { to: "orders:80", http: { path: `/x${String.fromCodePoint(code)}` } },
    expect: "deny" as const,
  }));
  const text = suiteText({
    spec: { mesh: ["mesh.yaml"], tests },
  });
  const { documents, findings } = parseDocuments({ path: "suite.yaml", text });
  expect(findings).toEqual([]);
  expect(documents[0]?.value).toMatchObject({ spec: { tests } });
  expect(text).not.toMatch(/[\u0085\u2028\u2029]/); // the end of a line for other readers
});
