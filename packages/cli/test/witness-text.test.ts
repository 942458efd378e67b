import { expect, test } from "vitest";
import { authz } from "./program.ts";

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: edge }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: c }, hosts: ["*"] }]
---
apiVersion: v1
kind: Pod
metadata: { name: ingress, namespace: edge, labels: { istio: ingress }, annotations: { inject.istio.io/templates: gateway } }
spec: { containers: [{ name: istio-proxy, image: auto }] }
---
`;

const policy = (condition: string): string => `${gateway}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: q, namespace: edge }
spec: { rules: [{ when: [${condition}] }] }
`;

/** The request that is shown for what becomes allowed. */
async function witnessOf(before: string, after: string): Promise<string> {
  const files = { "old.yaml": policy(before), "new.yaml": policy(after) };
  const { out } = await authz(files, "diff", "old.yaml", "new.yaml", "--istio", "1.31");
  return /such as (.*?): 403/s.exec(out)?.[1]?.replace(/\s+/g, " ") ?? out;
}

test("a request that a policy tells by its server name is shown with it, any other without", async () => {
  const sni = (name: string): string => `{ key: connection.sni, values: [${name}] }`;
  const header = (value: string): string => `{ key: "request.headers[x]", values: [${value}] }`;
  const to = "none (10.0.0.1) -> gateway/edge/ingress:443 GET workload.example/";
  expect(await witnessOf(sni("a.example"), sni("b.example"))).toBe(`${to} over tls SNI b.example`);
  expect(await witnessOf(header("a"), header("b"))).toBe(`${to} (x: b) over tls`);
});
