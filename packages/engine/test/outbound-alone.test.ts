import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";

const world = (created: string, protocol: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: foo, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: foo, creationTimestamp: 2020-01-01T00:00:00Z }
spec: { selector: { app: web }, clusterIP: 10.0.0.1, ports: [{ name: http-a, port: 27017, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: foo, labels: { app: web, security.istio.io/tlsMode: istio }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { containers: [{ name: web }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: foo, creationTimestamp: ${created} }
spec: { hosts: [db.example.com], resolution: STATIC, ports: [{ number: 27017, name: db, protocol: ${protocol} }], endpoints: [{ address: 203.0.113.7 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: foo }
spec: {}
`;

/** Run with a real istiod and its Envoys: the requests of the first two cases ended at the database. */
test.each([
  ["an older one of MongoDB", "2019-01-01T00:00:00Z", "MONGO", "203.0.113.7", "allow"],
  ["an older one of MySQL", "2019-01-01T00:00:00Z", "MYSQL", "203.0.113.7", "allow"],
  ["a younger one", "2021-01-01T00:00:00Z", "MONGO", "foo/web", "deny"],
  ["an older one of bytes", "2019-01-01T00:00:00Z", "TCP", "foo/web", "deny"],
])("HTTP to a port that a ServiceEntry has, too: %s", (_name, created, protocol, to, decision) => {
  const files = [{ path: "a.yaml", text: world(created, protocol) }];
  const { mesh } = loadMesh({ files, istio: "1.31" });
  const verdict = evaluate(mesh, { from: "sa/foo/x", to: "svc/foo/web:27017", http: "GET /" });
  expect(verdict.decision).toBe(decision);
  expect(verdict.branches[0].hops[0]?.leaves?.to).toBe(to);
});
