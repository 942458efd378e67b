import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: none, namespace: shop }
spec: {}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - to: [{ operation: { methods: [GET] } }]
  - to: [{ operation: { methods: [HEAD] } }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;

const world = `apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: old, namespace: web }
spec:
  hosts: [old.example]
  http:
  - match: [{ uri: { prefix: /gone } }]
    directResponse: { status: 410 }
  - match: [{ uri: { prefix: /fault } }]
    fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }
    route: [{ destination: { host: web } }]
  - match: [{ uri: { prefix: /moved } }]
    redirect: { uri: / }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: web }
spec: { host: web, trafficPolicy: { tls: { mode: SIMPLE } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, sidecar.istio.io/inject: "false" } }
    spec: { containers: [{ name: web, image: web }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "outboundTrafficPolicy: { mode: REGISTRY_ONLY }" }
`;

async function reason(...args: readonly string[]): Promise<string | undefined> {
  const files = { "policy.yaml": policy, "world.yaml": world };
  const { out } = await authz(files, "check", "-f", "policy.yaml", "-f", "world.yaml", ...args);
  return /^(?:allow|deny|undetermined) .*/m.exec(out)?.[0].replace(/ {2,}/g, "  ");
}

test.each([
  [
    ["--from", "sa/shop/web", "--to", "ns/shop,app=orders:80", "--http", "POST /"],
    "POST /  no ALLOW rule matched (2 policies, 2 rules)",
  ],
  [
    ["--from", "sa/shop/web", "--to", "ns/shop,app=other:80", "--http", "GET /"],
    "GET /  an ALLOW policy applies, and no rule of it can match",
  ],
  [
    ["--from", "sa/shop/web", "--to", "ns/shop,app=orders:80", "--http", "FETCH /"],
    "FETCH /  the proxy refuses a method that HTTP/1 does not know, or bytes that its lines may not have (http1.codec_error)",
  ],
  [
    ["--from", "sa/shop/web", "--to", "ns/shop,app=orders:80", "--http", "GET / HTTP/1.0"],
    "GET /  the proxy refuses HTTP/1.0, which istiod's PILOT_HTTP10 would let pass (low_version)",
  ],
  [
    ["--from", "none", "--to", "ns/shop,app=orders:80", "--http", "GET /"],
    "GET /  plaintext, where only mutual TLS is taken (STRICT)",
  ],
  [
    ["--from", "sa/web/web", "--to", "http://elsewhere.example/a?b=c"],
    "? /a?b=c  REGISTRY_ONLY: the mesh knows no such host (direct_response)",
  ],
  [
    ["--from", "sa/web/web", "--to", "http://old.example/gone", "--method", "GET"],
    "GET /gone  VirtualService web/old answers 410 (direct_response)",
  ],
  [
    ["--from", "sa/web/web", "--to", "http://old.example/moved", "--header", "a: b"],
    "? /moved (a: b)  VirtualService web/old redirects it (direct_response)",
  ],
  [
    ["--from", "sa/web/web", "--to", "http://old.example/fault"],
    "? /fault  VirtualService web/old injects a fault (fault_filter_abort)",
  ],
  [
    ["--from", "sa/web/web", "--to", "http://old.example"],
    "? /  no route takes it (route_not_found)",
  ],
  [
    ["--from", "sa/web/web", "--to", "svc/web/web:80", "--http", "GET /"],
    "(503: TLS arrives where none is spoken, so the handshake fails)",
  ],
] as const)("%j: what decided is said in words", async (args, expected) => {
  const row = await reason(...args);
  expect(row?.endsWith(` ${expected}`), row).toBe(true);
});

test("keys and answers of whom nobody asks are told, and variables that nobody reads", async () => {
  const jwt = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: jwt, namespace: shop }
spec: { jwtRules: [{ issuer: "https://login.example/", jwksUri: "https://login.example/jwks" }] }
`;
  const { code, err } = await authz(
    { "jwt.yaml": jwt },
    ...["check", "-f", "jwt.yaml", "--from", "sa/shop/web", "--to", "ns/shop,app=orders:80"],
    ...["--http", "GET /", "--keys", "https://login.example=trusted", "--provider", "oauth=deny"],
    ...["--keys", "https://login.example/=trusted", "--feature", "PILOT_HTTP_10=true"],
  );
  expect(code).toBe(0);
  expect(err).toBe(`authz: \`--feature PILOT_HTTP_10\`: no answer depends on this variable of istiod
  = did you mean \`PILOT_HTTP10\`?
authz: \`--keys https://login.example\`: no RequestAuthentication that was loaded has this issuer
  = did you mean \`https://login.example/\`?
authz: \`--provider oauth\`: no CUSTOM policy that was loaded asks it
`);
});

test("a Service that was not loaded, and is called almost as one that was, is told", async () => {
  const world = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 80, name: http }] }
`;
  const asked = (to: string): ReturnType<typeof authz> =>
    authz(
      { "world.yaml": world },
      ...["check", "-f", "world.yaml", "--allow-empty", "--from", "sa/shop/web", "--to", to],
      ...["--http", "GET /"],
    );
  expect((await asked("svc/shop/ordres:80")).err).toBe(
    "authz: Service `shop/ordres` was not loaded\n  = did you mean `orders`?\n",
  );
  expect((await asked("svc/shop/invoices:80")).err).toBe("");
});
