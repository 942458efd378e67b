import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

const world = (label: string, account: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: s, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: s, labels: { app: client } }
spec: { serviceAccountName: client, containers: [{ name: app }] }
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: vm, namespace: s }
spec: { address: 10.0.0.7, labels: { app: vm${label} }${account} }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: vm, namespace: s }
spec:
  hosts: [vm.internal]
  location: MESH_INTERNAL
  resolution: STATIC
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 8080 }]
  workloadSelector: { labels: { app: vm } }
---
apiVersion: v1
kind: Service
metadata: { name: vms, namespace: s }
spec: { clusterIP: 10.96.0.1, selector: { app: vm }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: s }
spec: { selector: { matchLabels: { app: vm } }, rules: [{ from: [{ source: { principals: ["*"] } }] }] }
`;

/** As a real istiod of 1.31 tells a client's proxy: a machine is one of the mesh by its label, else if it names an account. */
test.each([
  ["", "", "deny"],
  ["", ", serviceAccount: vm", "allow"],
  [", security.istio.io/tlsMode: istio", "", "allow"],
  [", security.istio.io/tlsMode: disabled", ", serviceAccount: vm", "deny"],
])("a machine with label `%s` and account `%s`: %s", (label, account, expected) => {
  const mesh = meshFrom(world(label, account));
  for (const to of ["se/s/vm:80", "svc/s/vms:80"]) {
    const verdict = evaluate(mesh, { from: "pod/s/client", to, http: "GET /" });
    expect([to, verdict.decision]).toEqual([to, expected]);
  }
});
