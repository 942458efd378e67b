import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{}] }
`;

test.each(["12345678901234567890", "-9007199254740993", "1.50", "9007199254740991", '"1"'])(
  "the id %s comes back as it was written",
  async (id) => {
    const request = '"from": "sa/shop/web", "to": "ns/shop,app=orders:8080", "http": "GET /"';
    const files = { "now.yaml": policy, "-": `{"id": ${id}, ${request}}\n` };
    const { out } = await authz(files, "decide", "-f", "now.yaml");
    expect(out).toContain(`{"id":${id},"decision":"allow"`);
  },
);
