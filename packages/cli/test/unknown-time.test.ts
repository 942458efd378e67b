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
