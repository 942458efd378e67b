import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }] }
`;
const asked = '{"from": "sa/shop/web", "to": "ns/shop,app=orders:8080", "http": "GET /"}\n';
const files = { "now.yaml": policy, "-": asked };

test("an answer to a line says what it depends on", async () => {
  const { out } = await authz(files, "decide", "-f", "now.yaml");
  expect(JSON.parse(out)).toEqual({ decision: "undetermined", dependsOn: ["source.ip"] });
});

test("a replay counts undetermined lines by what they depend on", async () => {
  const { out } = await authz(files, "replay", "-f", "now.yaml", "-");
  expect(out).toMatch(/^1 +undetermined: depends on source\.ip$/m);
});
