import { parseDocuments } from "@meshproof/engine";
import { expect, test } from "vitest";
import { isSuite, parseSuite, runSuite } from "../src/index.ts";

const mesh = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { serviceAccounts: [web, jobs, ops/admin] } }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop }
spec: { serviceAccountName: web, containers: [{ name: web }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: jobs, namespace: shop }
`;

/** Who was asked, and what is wrong with the answer. */
async function whoCan(fields: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const text = `${mesh}---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: shop
  environment: { istio: "1.31" }
  workloads: { orders: { serviceAccount: orders, ports: { 8080: http } } }
  actors: { front: sa/shop/web, outside: external/203.0.113.9 }
  groups: { inside: [front, sa/shop/jobs] }
  given: { http: GET / }
  tests:
  - { name: who reads, whoCan: { to: "orders:8080" }, ${fields} }
`;
  const file = { path: "suite.yaml", text };
  const [document] = parseDocuments(file).documents.filter(isSuite);
  const { parsed } = document === undefined ? {} : parseSuite(document);
  if (parsed === undefined) throw new Error("no suite");
  const { cases } = await runSuite(parsed, { files: [file] });
  return Object.fromEntries(
    cases.map(({ request, failures }) => [
      request.from ?? "",
      failures.map(({ expected, got }) => `${expected}, ${got.split(" ", 1)[0]}`),
    ]),
  );
}

test("everybody is asked: actors, accounts of pods and of the inventory, accounts of stated workloads", async () => {
  expect(await whoCan("exactly: [inside]")).toEqual({
    "sa/shop/web": [],
    "external/203.0.113.9": [],
    "sa/shop/jobs": [],
    "sa/shop/orders": [],
  });
});

test("who is not listed must be denied", async () => {
  expect(await whoCan("exactly: front")).toMatchObject({ "sa/shop/jobs": ["deny, allow"] });
});

test("who is listed must be allowed, wherever they are known from", async () => {
  expect(await whoCan("exactly: [inside, sa/ops/admin, outside]")).toMatchObject({
    "sa/ops/admin": [],
    "external/203.0.113.9": ["allow, deny"],
  });
});
