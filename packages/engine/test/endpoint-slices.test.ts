import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { lintMesh } from "../src/lint/lint.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Verdict } from "../src/model/verdict.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: 10.96.0.7, ports: [{ name: tcp-sql, port: 5432, targetPort: 1 }, { name: http-admin, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db, security.istio.io/tlsMode: istio }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { serviceAccountName: db, containers: [{ name: db, ports: [{ containerPort: 5433 }] }] }
status: { podIP: 10.0.0.7 }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web, security.istio.io/tlsMode: istio }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { serviceAccountName: web, containers: [{ name: web }] }
status: { podIP: 10.0.0.8 }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: only-web, namespace: shop }
spec:
  selector: { matchLabels: { app: db } }
  rules:
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]
    to: [{ operation: { ports: ["5433"] } }]
`;

const slice = (endpoint: string, more = ""): string => `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: tcp-sql, port: 5433, protocol: TCP }, { name: http-admin, port: 8080 }]
endpoints: [${endpoint}${more}]
`;
const toPod = "{ addresses: [10.0.0.7], targetRef: { kind: Pod, namespace: shop, name: db-0 } }";

function ask(text: string, request: Partial<AccessRequest> = {}): Verdict {
  const { mesh, findings } = loadMesh({ files: [{ path: "a.yaml", text }], istio: "1.31" });
  expect(findings).toEqual([]);
  return evaluate(mesh, { from: "pod/shop/web", to: "svc/shop/db:5432", ...request });
}

test("a Service without a selector leads to the pod that its EndpointSlice names, at the port it gives", () => {
  const verdict = ask(world + slice(toPod));
  expect(verdict).toMatchObject({ decision: "allow", by: [{ rule: 0 }] });
  expect(verdict.branches[0].hops.at(-1)).toMatchObject({ proxy: "shop/db-0" });
  expect(ask(world + slice(toPod), { from: "sa/other/other" }).decision).toBe("deny");
});

const podRef = "{ kind: Pod, namespace: shop, name: db-0 }";

test("an Endpoints object says the same, unless Kubernetes is told to make no EndpointSlice of it", () => {
  const endpoints = (labels: string): string => `
---
apiVersion: v1
kind: Endpoints
metadata: { name: db, namespace: shop, labels: { ${labels} } }
subsets: [{ addresses: [{ ip: 10.0.0.7, targetRef: { kind: Pod, namespace: shop, name: db-0 } }], ports: [{ name: tcp-sql, port: 5433 }] }]
`;
  expect(ask(world + endpoints("")).decision).toBe("allow");
  const skipped = 'endpointslice.kubernetes.io/skip-mirror: "true"';
  expect(ask(world + endpoints(skipped)).decision).toBe("undetermined");
});

test("what no loaded workload has is outside the mesh, as is assumed", () => {
  const verdict = ask(world + slice("{ addresses: [203.0.113.9] }"));
  expect(verdict.decision).toBe("allow");
  expect(verdict.facts).toContainEqual(
    expect.objectContaining({ state: "assumed", value: "outside the mesh" }),
  );
});

test.each([
  ["an endpoint that is not ready", "{ addresses: [10.0.0.7], conditions: { ready: false } }"],
  ["no endpoint", ""],
])("%s is none", (_name, endpoint) => {
  const verdict = ask(world + slice(endpoint), { from: "none" });
  expect(verdict.branches[0].hops.at(-1)).not.toMatchObject({ proxy: "shop/db-0" });
  expect(verdict.decision).toBe("deny");
});

test.each([
  ["no EndpointSlice was loaded", "", "load it"],
  [
    "its pod was not loaded",
    slice("{ addresses: [10.0.0.7], targetRef: { kind: Pod, namespace: shop, name: db-9 } }"),
    "pod/shop/db-9",
  ],
  ["it names the address of a pod only", slice("{ addresses: [10.0.0.7] }"), "targetRef"],
])("where %s, nothing is guessed", (_name, more, why) => {
  const verdict = ask(world + more);
  expect(verdict.decision).toBe("undetermined");
  expect(JSON.stringify(verdict)).toContain(why);
});

test("a pod that no Service selects is told the protocols of those whose EndpointSlices name it", () => {
  const byPath = `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: root-path, namespace: shop }
spec: { rules: [{ to: [{ operation: { paths: ["/"] } }] }] }
`;
  const plain = { from: "none", to: "pod/shop/db-0:8080", http: "GET /" };
  expect(ask(world + byPath + slice(toPod), plain).decision).toBe("allow");
});

test("so is one that is not ready: nobody is sent there, but its proxy listens for bytes all the same", () => {
  const byPath = `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: root-path, namespace: shop }
spec: { rules: [{ to: [{ operation: { paths: ["/"] } }] }] }
`;
  const notReady = "{ addresses: [10.0.0.7], conditions: { ready: false, terminating: true }";
  const endpoints = `
---
apiVersion: v1
kind: Endpoints
metadata: { name: db, namespace: shop }
subsets: [{ notReadyAddresses: [{ ip: 10.0.0.7, targetRef: ${podRef} }], ports: [{ name: tcp-sql, port: 5433 }] }]
`;
  const plain = { from: "none", to: "pod/shop/db-0:5433", http: "GET /" };
  expect(ask(world + byPath, plain).decision).toBe("allow");
  expect(ask(world + byPath + slice(`${notReady}, targetRef: ${podRef} }`), plain).decision).toBe(
    "deny",
  );
  expect(ask(world + byPath + endpoints, plain).decision).toBe("deny");
});

test("whether clients are refused is looked up at the port that the EndpointSlice gives", () => {
  const modes = `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: db, namespace: shop }
spec: { selector: { matchLabels: { app: db } }, portLevelMtls: { 5433: { mode: STRICT } } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: db, namespace: shop }
spec: { host: db.shop.svc.cluster.local, trafficPolicy: { tls: { mode: DISABLE } } }
`;
  const files = [{ path: "a.yaml", text: world + slice(toPod) + modes }];
  const { mesh } = loadMesh({ files, istio: "1.31" });
  const codes = lintMesh(mesh).map(({ code }) => code);
  expect(codes).toContain("mtls/clients-refused");
});

test("where a ServiceEntry has the host of a Service, its endpoints are others', which nobody guesses", () => {
  const beside = (port: string, namespace = "shop"): string => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: more, namespace: ${namespace} }
spec: { hosts: [db.shop.svc.cluster.local], location: MESH_INTERNAL, resolution: STATIC, ports: [{ number: 5432, name: ${port}, protocol: TCP }], endpoints: [{ address: 203.0.113.7 }] }
`;
  const decided = (more: string, from = "pod/shop/web"): string =>
    ask(world + slice(toPod) + more, { from }).decision;
  expect(decided(beside("tcp-sql"))).toBe("undetermined");
  expect(decided(beside("tcp-sql"), "none")).toBe("deny");
  expect(decided(beside("other"))).toBe("allow");
  expect(decided(beside("tcp-sql", "other"))).toBe("allow");
});
