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
