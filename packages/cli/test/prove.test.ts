import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: strict, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: https://login.example, jwksUri: https://login.example/keys }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { namespaces: [monitoring] } }]
    to: [{ operation: { methods: [GET], paths: [/metrics] } }]
  - from: [{ source: { requestPrincipals: ["*"] } }]
    to: [{ operation: { paths: ["/admin/*", /api] } }]
  - to: [{ operation: { paths: ["/admin/help"] } }]
`;

function invariants(list: string): string {
  return `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
metadata: { name: shop }
spec:
  mesh: policies.yaml
  environment: { istio: "1.31" }
  workloads:
    orders: { namespace: shop, labels: { app: orders }, ports: { 8080: http }, dataPlane: sidecar }
  invariants:
${list}`;
}

const held = `  - name: monitoring can scrape with a token of ours
    requests:
      protocol: http
      from: [{ source: { namespaces: [monitoring] } }]
      to: [{ operation: { methods: [GET], paths: [/metrics] } }]
      when: [{ key: "request.auth.claims[iss]", values: [https://login.example] }]
    expect: always-allowed
  - name: nobody writes metrics
    target: { namespace: shop, workload: orders }
    requests: { to: [{ operation: { methods: [POST], paths: [/metrics] } }] }
    expect: never-allowed
`;

const broken = `  - name: admin is for those who are signed in
    requests:
      from: [{ source: { notRequestPrincipals: ["*"] } }]
      to: [{ operation: { paths: ["/admin/*"] } }]
    expect: never-allowed
`;

test("invariants that hold are one line each", async () => {
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(held) };
  const { code, out, err } = await authz(files, "prove", "invariants.yaml");
  await expect(`${err}${out}`).toMatchFileSnapshot("prove/held.txt");
  expect(code).toBe(0);
});

test("an invariant that is violated is shown with a request, which becomes a test that fails", async () => {
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(held + broken) };
  const { code, out, written } = await authz(
    files,
    ...["prove", "invariants.yaml", "--save-witness", "witness.yaml"],
  );
  await expect(out).toMatchFileSnapshot("prove/violated.txt");
  await expect(written["witness.yaml"]).toMatchFileSnapshot("prove/witness.yaml");
  expect(code).toBe(1);
  const tested = await authz({ ...files, ...written }, "test", "witness.yaml");
  expect(tested.out).toContain("0 passed, 1 failed");
  expect(tested.code).toBe(1);
});

test.each(["junit", "markdown", "github"])("-o %s is for who runs it", async (format) => {
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(held + broken) };
  const { code, out } = await authz(files, "prove", "invariants.yaml", "-o", format);
  await expect(out).toMatchFileSnapshot(`prove/${format}.txt`);
  expect(code).toBe(1);
});

test("a report of invariants that cannot be read is not green", async () => {
  const files = { "policies.yaml": policies, "invariants.yaml": invariants("  - { nam: x }\n") };
  const { code, out } = await authz(files, "prove", "invariants.yaml", "-o", "junit");
  expect(code).toBe(2);
  expect(out).toContain('failures="0" errors="');
  expect(out).toContain("unknown field `nam`");
});

test("a token that nobody takes can be left out of what an invariant speaks of", async () => {
  const scrape = (token: string): string => `  - name: monitoring can scrape
    requests:
      protocol: http
      ${token}
      from: [{ source: { namespaces: [monitoring] } }]
      to: [{ operation: { methods: [GET], paths: [/metrics] } }]
    expect: always-allowed
`;
  const codes: number[] = [];
  for (const token of ["", "token: none", "token: accepted"]) {
    const files = { "policies.yaml": policies, "invariants.yaml": invariants(scrape(token)) };
    codes.push((await authz(files, "prove", "invariants.yaml")).code);
  }
  expect(codes).toEqual([1, 0, 0]);
});

test("what a mesh must not be wider than is another mesh", async () => {
  const narrower = policies.replace(/ {2}- to: .*\n/, "");
  const files = {
    "policies.yaml": policies,
    "before.yaml": narrower,
    "invariants.yaml": invariants(
      "  - { name: no more than before, expect: { no-wider-than: { mesh: before.yaml } } }\n",
    ),
  };
  const { code, out } = await authz(files, "prove", "invariants.yaml");
  expect([code, out.includes("✗ no more than before: violated")]).toEqual([1, true]);
});

test("a way that leads nowhere is told, and proves nothing", async () => {
  const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: ambient, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: ambient }
spec: { containers: [{ name: web }] }
---
`;
  const told = async (target: string): Promise<readonly unknown[]> => {
    const it = `  - { name: it, expect: never-allowed, target: { ${target} } }\n`;
    const files = { "policies.yaml": gateway + policies, "invariants.yaml": invariants(it) };
    const { code, err } = await authz(files, "prove", "invariants.yaml");
    return [code, /suite\/unknown-name: (.*)/.exec(err)?.[1]];
  };
  expect(await told("through: gateway/shop/edge, namespace: shop, workload: edge-istio")).toEqual([
    2,
    "`it`: no way leads from gateway/shop/edge to itself: without `through`, an invariant is about what comes to it",
  ]);
  const calls = "calls: 'http://orders.shop', namespace: shop, workload: orders";
  expect(await told(`through: pod/ambient/web, ${calls}`)).toEqual([
    2,
    "`it`: no workload with a sidecar is called pod/ambient/web: what is, has a ztunnel: name the waypoint that it calls first",
  ]);
  expect(await told("through: gateway/shop/edge, namespace: nowhere")).toEqual([
    2,
    "`it` speaks of no workload of the mesh",
  ]);
});

test("an invariant about requests that are refused before any policy is told apart, too", async () => {
  const nameless = `  - name: nobody without a name
    target: { workload: orders }
    requests: { from: [{ source: { notPrincipals: ["*"] } }] }
    expect: never-allowed
`;
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(nameless) };
  const { code, out } = await authz(files, "prove", "invariants.yaml");
  expect(code).toBe(1);
  expect(out.replace(/\s+/g, " ")).toContain(
    "holds only because every such request is refused before policies are asked, by mutual TLS or for its token (`vacuous: ok`",
  );
  const { out: json } = await authz(files, "prove", "invariants.yaml", "-o", "json");
  expect(JSON.parse(json).proofs).toMatchObject([{ result: "holds-vacuously", early: true }]);
  const open = { ...files, "policies.yaml": policies.replace("STRICT", "PERMISSIVE") };
  expect((await authz(open, "prove", "invariants.yaml")).out).toContain(": violated");
});

test("an invariant about requests that there are not is told apart", async () => {
  const impossible = `  - name: nobody
    requests: { from: [{ source: { namespaces: [a], notNamespaces: [a] } }] }
    expect: never-allowed
`;
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(impossible) };
  const { code, out } = await authz(files, "prove", "invariants.yaml");
  expect([code, out.includes("holds only because there is no such request")]).toEqual([1, true]);
  const meant = invariants(impossible.replace("expect:", "vacuous: ok\n    expect:"));
  const again = await authz({ ...files, "invariants.yaml": meant }, "prove", "invariants.yaml");
  expect(again.code).toBe(0);
});

test.each([
  ['paths: ["/api/*/admin"]', ":11:45: warning value/inner-star: `/api/*/admin`", "/api/{*}/admin"],
  ["methods: [get]", ":11:47: warning value/method-case: `get`", "GET"],
  ['paths: ["/api?x=1"]', "warning value/path-query: `/api?x=1`", "/api"],
  ["paths: [api]", "warning value/path-relative: `api`", "/api"],
  [
    "methods: [/shop.Orders/Get]",
    "warning value/grpc-method: `/shop.Orders/Get`",
    'methods: ["POST"] and paths: ["/shop.Orders/Get"]',
  ],
])("a value that does not mean what it seems to is warned of: %s", async (text, told, hint) => {
  const it = `  - name: it
    requests: { to: [{ operation: { ${text} } }] }
    vacuous: ok
    expect: never-allowed
`;
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(it) };
  const { err } = await authz(files, "prove", "invariants.yaml");
  expect(err).toContain(told);
  expect(err).toContain(`= ${hint}\n`);
  expect(err).not.toMatch(/istiod|polic|rule/);
});

test("so are values of exceptions, of `not` and of `anyOf`, and templates are not", async () => {
  const it = `  - name: it
    requests: { not: { to: [{ operation: { paths: ["/a/*/b", "/a/{*}/b", "/a/*"] } }] } }
    expect:
      allowed-only-if:
      - anyOf: [{ to: [{ operation: { paths: ["/c/*/d"] } }] }]
      - when: [{ key: "request.headers[x-address]", values: ["10.0.0.0/8"] }]
`;
  const files = { "policies.yaml": policies, "invariants.yaml": invariants(it) };
  const { err } = await authz(files, "prove", "invariants.yaml");
  const told = [...err.matchAll(/:(\d+):\d+: warning (\S+): (`\S+`)/g)];
  expect(told.map(([, ...each]) => each.join(" "))).toEqual([
    "11 value/inner-star `/a/*/b`",
    "14 value/inner-star `/c/*/d`",
    "15 value/block-as-text `10.0.0.0/8`",
  ]);
});

test.each([
  ["expect: never-allow", "`never-allow` is not one of never-allowed, always-allowed"],
  ["expect: never-allowed, request: {}", "unknown field `request`"],
  ["expect: never-allowed, target: { workload: nobody }", "speaks of no workload of the mesh"],
  ['expect: never-allowed, requests: { from: [{ source: { ipBlocks: ["x"] } }] }', "x"],
])("`%s` is answered with what is wrong, at its place", async (text, told) => {
  const files = {
    "policies.yaml": policies,
    "invariants.yaml": invariants(`  - { name: it, ${text} }\n`),
  };
  const { code, err } = await authz(files, "prove", "invariants.yaml");
  expect([code, err.includes(told)]).toEqual([2, true]);
  expect(err).toContain("invariants.yaml:");
});

test("the data plane that a file of invariants states is the one that is looked at", async () => {
  const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { action: DENY, rules: [{ to: [{ operation: { methods: [DELETE] } }] }] }
`;
  const stating = (plane: string): string => `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  mesh: p.yaml
  environment: { istio: "1.31", dataPlane: ${plane} }
  invariants:
  - name: nothing is deleted
    requests: { protocol: http, to: [{ operation: { methods: [DELETE] } }] }
    expect: never-allowed
`;
  for (const [plane, code] of [
    ["sidecar", 0],
    ["ambient", 1], // ztunnel sees nothing of HTTP
  ] as const)
    expect(
      (await authz({ "p.yaml": policy, "i.yaml": stating(plane) }, "prove", "i.yaml")).code,
    ).toBe(code);
});

test("an invariant about a provider that no policy asks is a mistake", async () => {
  const list = `  - { name: login, expect: { only-with-provider: oauth } }\n`;
  const files = { "policies.yaml": policies, "shop.yaml": invariants(list) };
  expect(await authz(files, "prove", "shop.yaml")).toMatchObject({
    code: 2,
    err: expect.stringContaining("`login`: no CUSTOM policy asks a provider `oauth`"),
  });
});
