import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{}] }
`;

/** Answers one line, in which more stands than who and where to. */
async function decide(part: object): Promise<unknown> {
  const line = JSON.stringify({ from: "sa/shop/web", to: "ns/shop,app=orders:8080", ...part });
  const { out } = await authz({ "mesh.yaml": policy, "-": line }, "decide", "-f", "mesh.yaml");
  return JSON.parse(out);
}

test.each([
  [{ http: { header: { a: "b" } } }, "`http.header` is unknown: did you mean `headers`?"],
  [{ headers: { a: "b" } }, "`headers` is unknown: one of from, to, http, "],
  [{ HTTP: "GET /" }, "`HTTP` is unknown: did you mean `http`?"],
  [{ weight: "2" }, "`weight` must be a number above 0"],
  [{ observed: {} }, "`observed` has a `status`, a number, or `details`, a text"],
  [{ observed: { status: "403" } }, "`observed` has a `status`"],
])("a line of which a part would be passed over is not answered: %j", async (part, told) => {
  expect(await decide(part)).toEqual({ error: expect.stringContaining(told) });
});

test.each([
  [{ id: 7, weight: 2.5, observed: { status: 200 }, http: "GET /" }],
  [{ observed: { details: "" }, http: { headers: { a: "b" } } }],
])("every part of %j is read", async (part) => {
  expect(await decide(part)).toMatchObject({ decision: "allow" });
});
