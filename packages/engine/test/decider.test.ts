import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { inShort } from "../src/evaluate/answer.ts";
import { decider } from "../src/evaluate/decider.ts";
import type { AskedInBytes } from "../src/evaluate/plain-target.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest, HttpParts } from "../src/model/access-request.ts";
import { random } from "./drawn-rules.ts";

const policy = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace: "shop" },
    spec,
  });
const app = (name: string): object => ({ selector: { matchLabels: { app: name } } });
const policies = [
  policy("deny", {
    action: "DENY",
    rules: [
      { from: [{ source: { namespaces: ["jobs"] } }], to: [{ operation: { paths: ["/admin*"] } }] },
      { to: [{ operation: { paths: ["/internal/{*}"], ports: ["8080"] } }] },
    ],
  }),
  policy("orders", {
    ...app("orders"),
    rules: [
      {
        from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
        to: [{ operation: { methods: ["GET"], paths: ["/api/*", "*.json"] } }],
      },
      { from: [{ source: { namespaces: ["ops*"] } }] },
    ],
  }),
  policy("addresses", {
    ...app("addresses"),
    rules: [{ from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] }],
  }),
  policy("headers", {
    ...app("headers"),
    rules: [{ when: [{ key: "request.headers[x-a]", values: ["b"] }] }],
  }),
];
const workloads = (["orders", "web"] as const).map((name) =>
  JSON.stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop" },
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: { serviceAccountName: name, containers: [{ ports: [{ containerPort: 8080 }] }] },
      },
    },
  }),
);

const froms = [
  "sa/shop/web",
  "sa/jobs/a",
  "sa/ops/x",
  "sa/ops-eu/x",
  "spiffe://cluster.local/ns/a",
  "none",
];
const https = [
  ...["GET /api/1", "POST /api/1", "GET /x.json", "GET /admin/users", "DELETE /internal/a"],
  ...[
    "GET /api/../admin",
    "GET //api/1",
    "GET /api/%31",
    "GET /api/1?x=.json",
    "GET /internal/a/b",
  ],
  ...["GET /api/1?x=/../y&z=%2f", "GET /admin?", "GET /internal/a?b", "POST /x.json?a=b.c"],
  ...["CONNECT a:1", "get /api/1", "GET /api;x/1", "OPTIONS /api/1", "GET /", "GET api"],
];
const tos = ["orders", "web", "addresses", "headers"].map((name) => `ns/shop,app=${name}:8080`);

test.each([
  ["policies alone", policies, tos],
  ["policies and workloads", [...policies, ...workloads], ["deploy/shop/orders:8080", ...tos]],
])("a decider answers as the evaluation does: %s", (_, texts, destinations) => {
  const { mesh } = loadMesh({ files: texts.map((text, at) => ({ path: `${at}.json`, text })) });
  const { decide, counts } = decider(mesh);
  const pick = random(3);
  const requests = Array.from(
    { length: 400 },
    (): AccessRequest => ({
      from: froms[pick(froms.length)] ?? "",
      to: destinations[pick(destinations.length)] ?? "",
      http: https[pick(https.length)] ?? "",
      ...(pick(10) === 0 ? { source: { ip: "10.1.2.3" } } : {}),
    }),
  );
  for (const request of requests) {
    const asked = (): unknown => inShort(evaluate(mesh, request));
    expect([request, attempt(() => decide(request))]).toEqual([request, attempt(asked)]);
  }
  expect(counts().fast).toBeGreaterThan(30);
});

test("what is alike is answered as the evaluation does, or not at all: requests as proxies log them", () => {
  const files = [...policies, ...workloads].map((text, at) => ({ path: `${at}.json`, text }));
  const { mesh } = loadMesh({ files });
  const { alike, answer, answerBytes, answerOf, decide, counts } = decider(mesh);
  const pick = random(5);
  const asBytes = (method: string, target: string): AskedInBytes => {
    const bytes = Buffer.from(`"${target}"`);
    const text: AskedInBytes["text"] = (from, to) => bytes.toString("latin1", from, to);
    return { method, bytes, target: { from: 1, to: bytes.length - 1 }, text };
  };
  const one = <Value>(values: readonly [Value, ...Value[]]): Value =>
    values[pick(values.length)] ?? values[0];
  for (let round = 0; round < 600; round += 1) {
    const [method = "", path = ""] = (https[pick(https.length)] ?? "").split(" ");
    const request: AccessRequest = {
      ...one<Partial<AccessRequest>>([
        {},
        { from: "deploy/shop/web" },
        { from: "spiffe://cluster.local/ns/ops/sa/a" },
      ]),
      to: one(["deploy/shop/orders:8080", "ns/shop,app=headers:8080", "deploy/shop/web:8080"]),
      ...one([{}, { source: { ip: "10.1.2.3" } }]),
      ...one<Partial<AccessRequest>>([{}, { transport: "mtls" }, { transport: "plaintext" }]),
      http: {
        ...{ method, path },
        ...one<HttpParts>([{}, { host: "orders.shop" }, { host: "a b" }, { host: "" }]),
        ...one<HttpParts>([{}, { version: "1.1" }, { version: "2" }, { version: "1.0" }]),
      },
    };
    const wanted = attempt(() => inShort(evaluate(mesh, request)));
    const kin = alike(request);
    const found = kin && answer(kin, method, path, () => request);
    expect([request, found ?? wanted]).toEqual([request, wanted]);
    const number = kin && answerBytes(kin.lane, kin.peer, asBytes(method, path), () => request);
    expect(number === undefined || number < 0 ? undefined : answerOf(number)).toEqual(found);
    expect([request, attempt(() => decide(request))]).toEqual([request, wanted]);
  }
  expect(counts().fast).toBeGreaterThan(100);
});

test("a trust domain that the mesh config leaves empty is the default one, for every reader", () => {
  const files = policies.map((text, at) => ({ path: `${at}.json`, text }));
  const { mesh } = loadMesh({ files, meshConfig: { trustDomain: "" } });
  for (const from of ["sa/shop/web", "spiffe://cluster.local/ns/shop/sa/web"]) {
    const request = { from, to: "ns/shop,app=orders:8080", http: "GET /api/1" };
    const answer = inShort(evaluate(mesh, request));
    expect([answer.decision, decider(mesh).decide(request)]).toEqual(["allow", answer]);
  }
});

test("what is assumed stays open where it is to", () => {
  const files = policies.map((text, at) => ({ path: `${at}.json`, text }));
  const { mesh } = loadMesh({ files });
  const options = { assume: "none" } as const;
  const request = { from: "sa/shop/web", to: "ns/shop,app=orders:8080", http: "GET /api/1" };
  expect(decider(mesh, options).decide(request)).toEqual(inShort(evaluate(mesh, request, options)));
});

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
}
