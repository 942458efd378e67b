import { expect, test } from "vitest";
import { authz } from "./program.ts";

const issuer = "https://login.example";
const mesh = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: "${issuer}", jwksUri: "${issuer}/keys" }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] }
`;

/** What a check says of the time, of a token that is made at 2026-09-01 10:00. */
async function said(...made: readonly string[]): Promise<string | undefined> {
  const token = await authz({}, "token", "--issuer", issuer, "--subject", "alice", ...made);
  const ask = ["-f", "m.yaml", "--to", "ns/shop,app=orders:8080", "--http", "GET /"];
  const keys = ["--keys", `${issuer}=trusted`, "--token", token.out.trim()];
  const { out } = await authz({ "m.yaml": mesh }, "check", ...ask, ...keys);
  return out.split("\n").find((line) => line.startsWith("  now: "));
}

test("of a time that nobody stated it is said until when and since when what is decided", async () => {
  expect(await said("--expires-in", "10m")).toBe(
    "  now: before 2026-09-01T10:11:01Z -> allow; from 2026-09-01T10:11:01Z -> deny",
  );
  const later = ["--claim", `nbf=${Date.UTC(2026, 8, 1, 10, 5) / 1000}`];
  expect(await said("--expires-in", "10m", ...later)).toBe(
    "  now: before 2026-09-01T10:04:00Z -> deny; from 2026-09-01T10:04:00Z -> allow; from 2026-09-01T10:11:01Z -> deny",
  );
});

test("or that it is decided alike at any time, where another workload may be reached that does not ask for it", async () => {
  const pod = (name: string, more: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec: { template: { metadata: { labels: { app: orders, v: ${name} }${more} }, spec: { containers: [{ name: app }] } } }
---
`;
  const service = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
`;
  const without = pod("a", ', annotations: { sidecar.istio.io/inject: "false" }');
  const text = `${without}${pod("b", "")}${service}${mesh.split("---")[0]}`;
  const token = await authz({}, "token", "--issuer", issuer, "--expires-in", "10m");
  const ask = ["-f", "m.yaml", "--from", "none", "--to", "svc/shop/orders:80", "--http", "GET /"];
  const keys = ["--keys", `${issuer}=unavailable`, "--token", token.out.trim()];
  const { out } = await authz({ "m.yaml": text }, "check", ...ask, ...keys);
  expect(out).toContain("  now: at any time -> deny\n");
});
