import { parseDocuments } from "@meshproof/engine";
import { describe, expect, test } from "vitest";
import { coverageOf, isSuite, parseSuite, runSuite } from "../src/index.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { serviceAccounts: [web, admin] } }]
    to: [{ operation: { methods: [GET], paths: ["/api/*"], notPaths: ["/api/internal"] } }]
  - from: [{ source: { serviceAccounts: [jobs] } }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: elsewhere, namespace: other }
spec: { rules: [{ when: [{ key: source.namespace, values: [shop] }] }] }
`;

type States = Readonly<Record<"needed" | "seen" | "unseen", readonly string[]>>;

/** The pieces in each state, by their texts. */
async function cover(...tests: readonly string[]): Promise<States> {
  const text = `${policies}---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { labels: { app: orders }, ports: { 8080: http } } }
  given: { to: "orders:8080", http: GET /api/a }
  tests:
${tests.map((each, index) => `  - { name: t${index}, ${each} }\n`).join("")}`;
  const file = { path: "suite.yaml", text };
  const [document] = parseDocuments(file).documents.filter(isSuite);
  const { parsed } = document === undefined ? {} : parseSuite(document, []);
  if (parsed === undefined) throw new TypeError("no suite");
  const coverage = await coverageOf([await runSuite(parsed, { files: [file], trace: true })]);
  const states = { needed: [] as string[], seen: [] as string[], unseen: [] as string[] };
  for (const { state, text: piece } of coverage.pieces) states[state].push(piece);
  return states;
}

const allow = "request: { from: sa/shop/web }, expect: allow";

describe("coverage", () => {
  test("counts what an allowed request needs, and no more", async () => {
    const { needed, seen } = await cover(allow);
    expect(needed).toEqual(["shop/orders[0]", "shop/orders[0] from[0].serviceAccounts web"]);
    expect(seen).toContain("shop/orders[0] to[0].methods GET");
    expect(seen).toContain("shop/orders[0] from[0].serviceAccounts admin");
  });

  test.each([
    ["methods GET", "request: { from: sa/shop/web, http: POST /api/a }, expect: deny"],
    ["paths /api/*", "request: { from: sa/shop/web, http: GET /other }, expect: deny"],
    [
      "notPaths /api/internal",
      "request: { from: sa/shop/web, http: GET /api/internal }, expect: deny",
    ],
  ])("needs a refused request for the only value of a list: %s", async (value, refused) => {
    expect((await cover(allow)).needed).not.toContain(`shop/orders[0] to[0].${value}`);
    expect((await cover(refused)).needed).toContain(`shop/orders[0] to[0].${value}`);
  });

  test("knows what no request comes to", async () => {
    const { unseen } = await cover(allow);
    expect(unseen).toEqual([
      "shop/orders[1]",
      "shop/orders[1] from[0]",
      "shop/orders[1] from[0].serviceAccounts jobs",
      "other/elsewhere[0]",
      "other/elsewhere[0] when[0]",
      "other/elsewhere[0] when[0].values shop",
    ]);
  });

  test("keeps the names of rules while it takes others away", async () => {
    const by = 'request: { from: sa/shop/jobs }, expect: { decision: allow, by: "shop/orders[1]" }';
    expect((await cover(by)).needed).not.toContain("shop/orders[0]");
  });

  test("leaves out what fails or is skipped", async () => {
    const wrong = "request: { from: sa/shop/web }, expect: deny";
    expect((await cover(wrong)).needed).toEqual([]);
    expect((await cover(`${allow}, skip: later`)).needed).toEqual([]);
  });
});
