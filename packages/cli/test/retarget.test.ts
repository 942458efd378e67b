import { expect, test } from "vitest";
import { authz } from "./program.ts";

const mesh = (waypoint: string, spec: string): string => `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${waypoint} } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { serviceAccountName: orders, containers: [{ name: orders, image: orders }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: shop }
spec:
${spec}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: elsewhere }
spec: { selector: { matchLabels: { app: nobody } }, action: DENY, rules: [{}] }
`;
const allow = `  selector:
    matchLabels:
      app: orders
  rules:
  - from: [{ source: { serviceAccounts: [web] } }]
    to: [{ operation: { methods: [GET] } }]`;
const deny = `  action: DENY
  rules:
  - to: [{ operation: { methods: [DELETE], ports: ["8080"] } }]`;
const enrolled = ", istio.io/use-waypoint: wp";

async function edits(text: string): Promise<string> {
  const { out } = await authz(
    { "mesh.yaml": text },
    ...["explain", "-f", "mesh.yaml", "--from", "sa/shop/web", "--to", "svc/shop/orders:80"],
    ...["--http", "GET /"],
  );
  expect(out).not.toContain("elsewhere/readers");
  return out;
}

test("a rule on HTTP that ztunnel loses is bound to the Service, where a waypoint is in front of it", async () => {
  expect(await edits(mesh(enrolled, allow))).toContain(`
  policy   remove selector  mesh.yaml:29:5
           -   selector:
           -     matchLabels:
           -       app: orders
           and bind it to Service orders: allowed by shop/readers[0]  mesh.yaml:28:3
           +   targetRefs: [{ kind: Service, group: "", name: orders }]
           ztunnel enforces nothing of it then: who connects to the pod past the waypoint is let in.
`);
});

test("so is a DENY rule, of which more is left at ztunnel than was meant", async () => {
  expect(await edits(mesh(enrolled, deny))).toContain(`
  policy   bind it to Service orders: allowed, no ALLOW policy applies  mesh.yaml:28:3
           +   targetRefs: [{ kind: Service, group: "", name: orders }]
`);
});

test("without a waypoint on the way nobody would enforce it there", async () => {
  expect(await edits(mesh("", allow))).not.toContain("targetRefs");
});
