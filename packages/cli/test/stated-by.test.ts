import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: asked, namespace: shop }
spec: { action: CUSTOM, provider: { name: opa }, rules: [{}] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: https://login.example, jwksUri: https://login.example/keys }] }
`;
const request =
  "--from sa/shop/web --to ns/shop,app=orders:8080 --istio 1.31 --now 2026-09-01T10:00:00Z";
const token = ["--token", '{"issuer": "https://login.example", "expiresIn": "1h"}'];

/** What an undetermined request depends on, as it is printed. */
async function openOf(...more: readonly string[]): Promise<readonly string[]> {
  const args = [...request.split(" "), "--http", "GET /", ...more];
  const { out } = await authz({ "p.yaml": policies }, "check", "-f", "p.yaml", ...args);
  return out.split("\n").filter((line) => line.startsWith("  "));
}

test("what an answer depends on says which flag states it, and that flag does", async () => {
  const [authorizer] = await openOf();
  expect(authorizer).toMatch(
    /^ {2}ext-authz:opa: .* \(--provider opa=allow; in a suite `providers`\)$/,
  );
  expect(await openOf("--provider", "opa=allow")).toEqual([]);
});

test("so does one that depends on the keys of an issuer", async () => {
  const raw = (await authz({}, "token", "--issuer", "https://login.example")).out.trim();
  const [keys] = await openOf("--provider", "opa=allow", "--token", raw);
  expect(keys).toContain("(--keys https://login.example=FILE; in a suite `keys`)");
  expect(
    await openOf("--provider", "opa=allow", ...token, "--keys", "https://login.example=trusted"),
  ).toEqual([]);
});

/** A gateway that expects a PROXY header, with a rule about the port that it states. */
const balanced = `apiVersion: apps/v1
kind: Deployment
metadata: { name: gw, namespace: edge }
spec:
  template:
    metadata: { labels: { app: gw }, annotations: { inject.istio.io/templates: gateway, proxy.istio.io/config: "{gatewayTopology: {proxyProtocol: {}}}" } }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: edge }
spec: { selector: { app: gw }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: gw, namespace: edge }
spec: { hosts: ["*"], gateways: [gw], http: [{ route: [{ destination: { host: back } }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: back, namespace: edge }
spec: { selector: { app: back }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: edge }
spec: { selector: { matchLabels: { app: gw } }, rules: [{ to: [{ operation: { ports: ["443"] } }] }] }
`;

test("so does one that depends on the port that a PROXY header states", async () => {
  const ask = ["-f", "p.yaml", "--to", "gateway/edge/gw:80", "--http", "GET shop.example/"];
  const { out } = await authz({ "p.yaml": balanced }, "check", ...ask);
  expect(out).toContain(
    "destination.port: 80 -> deny; 443 -> allow (--proxy-protocol 'IP to IP:PORT'; in a suite `source`)",
  );
  const stated = ["--proxy-protocol", "203.0.113.9 to 198.51.100.1:443"];
  const { code } = await authz({ "p.yaml": balanced }, "check", ...ask, ...stated);
  expect(code).toBe(0);
});
