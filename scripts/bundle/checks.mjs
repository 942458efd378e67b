import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mesh = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: readers
  namespace: shop
  labels: { team: a }
spec:
  selector:
    matchLabels:
      app: orders
  action: ALLOW
  rules:
  - from:
    - source:
        principals: ["cluster.local/ns/shop/sa/web", "*/sa/batch"]
        notNamespaces: [guest]
    to:
    - operation:
        methods: [GET, HEAD]
        paths: [/api/orders, "/api/*"]
  - from:
    - source:
        namespaces: [billing, "team-*"]
        ipBlocks: [10.0.0.0/8, 192.168.1.7]
        notPrincipals: ["*/sa/old"]
    to:
    - operation:
        hosts: [orders.shop.svc.cluster.local]
        notPaths: ["*/internal"]
        ports: ["8080"]
    when:
    - key: request.headers[x-tenant]
      values: [a, b]
  - to:
    - operation: { paths: [/healthz] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: no-admin
  namespace: shop
spec:
  action: DENY
  rules:
  - from:
    - source:
        notPrincipals:
          - cluster.local/ns/shop/sa/admin
    - source:
        namespaces: [guest]
        notIpBlocks: [10.0.0.0/8]
    to:
    - operation:
        paths:
        - /admin*
        notMethods: [OPTIONS]
  - to:
    - operation: { hosts: ["*.old.example"], notPorts: ["9090"] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nothing-else, namespace: shop }
spec: {}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec:
  selector: { matchLabels: { app: accounts } }
  jwtRules:
  - issuer: https://login.example
    jwksUri: https://login.example/keys
  - issuer: https://partners.example
    jwksUri: https://partners.example/keys
    audiences: [shop]
    fromHeaders: [{ name: x-partner, prefix: "Bearer " }]
    outputClaimToHeaders: [{ header: x-partner-id, claim: sub }]
    forwardOriginalToken: true
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: accounts, namespace: shop }
spec:
  selector: { matchLabels: { app: accounts } }
  rules:
  - from: [{ source: { requestPrincipals: ["https://login.example/*"] } }]
    when: [{ key: "request.auth.claims[groups]", values: [buyers] }]
`;

const inventory = `---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  selector: { app: orders }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { serviceAccountName: orders, containers: [{ name: app, image: orders, ports: [{ containerPort: 8080 }] }] }
`;

/** As many rules as a shared service has. */
const many = Array.from(
  { length: 10 },
  (_, index) => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: team-${index}
  namespace: shop
spec:
  action: ALLOW
  rules:
  - from:
    - source: { namespaces: [team-${index}], principals: ["*/sa/worker-${index}"] }
    to:
    - operation: { methods: [GET], paths: ["/api/team-${index}/*"] }
  - from:
    - source:
        ipBlocks: [10.${index}.0.0/16]
    to:
    - operation: { hosts: ["team-${index}.example"], ports: ["8080"] }
`,
).join("");

/** Policies and what they apply to. */
export const whole = mesh + inventory + many;

/** A folder with files to ask about, while something runs there. */
export async function inFolder(run, more = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "checks-"));
  try {
    mkdirSync(join(cwd, "policies"));
    for (const name of ["mesh.yaml", "policies/mesh.yaml"]) writeFileSync(join(cwd, name), whole);
    for (const [name, text] of Object.entries(more)) writeFileSync(join(cwd, name), text);
    return await run(cwd);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const web = ["--from", "sa/shop/web"];
const orders = ["--to", "ns/shop,app=orders:8080"];
const read = ["--http", "GET /api/orders/1"];
const dotted = ["--http", "GET /api/v1.2/./orders.json"];

/** Checks as they are asked every day: policies alone, or with what they apply to; allowed and denied; of files and of what is piped. */
export const checks = [
  [mesh, ...web, ...orders, ...read],
  [mesh, ...web, ...orders, "--http", "POST shop.example/admin/users"],
  [mesh, ...web, "--to", "ns/shop,app=other:8080", "--http", "GET /"],
  [mesh + many, ...web, ...orders, "--http", "GET /api/team-7/orders"],
  [mesh + inventory, ...web, "--to", "svc/shop/orders:80", "--http", "GET /api/orders"],
  ["mesh.yaml", ...web, ...orders, ...dotted, "--header", "x-tenant: a"],
  ["mesh.yaml", "--from", "sa/billing/batch", ...orders, "--http", "GET /admin?all=true"],
  ["policies", "--from", "deploy/shop/orders", "--to", "svc/shop/orders:80", ...read],
  ["policies", "--from", "external/10.2.3.4", ...orders, ...read],
].map(([of, ...request]) =>
  of.includes("\n")
    ? { input: of, args: ["check", "-f", "-", ...request] }
    : { args: ["check", "-f", of, ...request] },
);
