import { expect, test } from "vitest";
import { authz, type Ran } from "./program.ts";

const mesh = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { serviceAccountName: web, containers: [{ name: istio-proxy, args: [proxy, sidecar] }] }
status: { podIP: 10.0.0.5 }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop }
spec: { hosts: [db], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS, location: MESH_EXTERNAL }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop, annotations: { gateway.istio.io/name-override: entry } }
spec: { gatewayClassName: istio, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;

const request = '{ from: pod/shop/web, to: "http://db/" }';

function asked(hop: string): Promise<Ran> {
  return run(`request: ${request}
    expect: { decision: allow, hop: ${hop} }`);
}

function run(test: string): Promise<Ran> {
  const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: out }
spec:
  mesh: mesh.yaml
  environment: { istio: "1.31" }
  tests:
  - name: web gets to the database
    ${test}
`;
  return authz(
    { "mesh.yaml": mesh, "out.suite.yaml": suite },
    "test",
    "out.suite.yaml",
    "--allow-empty",
  );
}

test("the last hop of a request out of the mesh is called by its host, with a dot or without", async () => {
  expect((await asked("db")).code).toBe(0);
});

test.each([
  [
    "other",
    /^out.suite.yaml:10:37: error .*`other` is no proxy[\s\S]*= one of sidecar, .*NAMESPACE\/NAME/,
  ],
  ["web", /`web` is no proxy[\s\S]*= write `shop\/web`/],
  ["shop/wbe", /`shop\/wbe` is no proxy[\s\S]*= did you mean `shop\/web`\?/],
  ["bd", /`bd` is no proxy[\s\S]*= did you mean `db`\?/],
  ["gatway", /`gatway` is no proxy[\s\S]*= did you mean `gateway`\?/],
])(
  "%s is no proxy that there is: an error where it stands, with what to write",
  async (hop, told) => {
    const { code, err } = await asked(hop);
    expect([code, err]).toEqual([2, expect.stringMatching(told)]);
  },
);

test.each(["shop/web", "gateway", "db.example.com", "10.0.0.9", "shop/edge-istio", "shop/entry"])(
  "%s is one that the request did not come to: it fails",
  async (hop) => {
    const { code, out } = await asked(hop);
    expect([code, out]).toEqual([1, expect.stringContaining(hop)]);
  },
);

test.each([
  [`cases: [{ request: ${request}, expect: { hop: other } }]`, "9:81"],
  [`expect: { hop: other }\n    cases: [{ request: ${request} }]`, "9:20"],
  [
    `given: ${request}\n    table: { columns: [http, expect.hop], rows: [[GET /, other]] }`,
    "10:58",
  ],
])("it is told where it stands: %s", async (test, at) => {
  const { code, err } = await run(test);
  expect([code, err]).toEqual([2, expect.stringContaining(`out.suite.yaml:${at}: error`)]);
});

test("what is printed of the test blames no request for it", async () => {
  const { out } = await asked("other");
  expect(out).toContain("what is asked or expected cannot be: an error says why");
});
