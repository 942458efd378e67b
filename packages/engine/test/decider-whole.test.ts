import { describe, expect, test } from "vitest";
import { inShort } from "../src/evaluate/answer.ts";
import { decider } from "../src/evaluate/decider.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import { random } from "./drawn-rules.ts";

const policy = (name: string, spec: object, kind = "AuthorizationPolicy"): string =>
  JSON.stringify({
    ...{ apiVersion: "security.istio.io/v1", kind, metadata: { name, namespace: "shop" }, spec },
  });
const app = (name: string): object => ({ selector: { matchLabels: { app: name } } });
const policies = [
  policy("orders", {
    ...app("orders"),
    rules: [
      {
        from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
        to: [{ operation: { methods: ["GET"], paths: ["/api/*"] } }],
      },
      { from: [{ source: { namespaces: ["ops*"] } }] },
    ],
  }),
  policy("deny", {
    action: "DENY",
    ...app("orders"),
    rules: [{ to: [{ operation: { paths: ["/api/admin*"] } }] }],
  }),
  policy("carts", {
    ...app("carts"),
    rules: [{ from: [{ source: { notNamespaces: ["jobs"] } }] }],
  }),
  policy("addresses", {
    ...app("addresses"),
    rules: [{ from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] }],
  }),
  policy("headers", {
    ...app("headers"),
    rules: [{ when: [{ key: "request.headers[x-a]", values: ["b"] }] }],
  }),
  policy("hosts", { ...app("hosts"), rules: [{ to: [{ operation: { hosts: ["a.shop"] } }] }] }),
];
const strict = [
  JSON.stringify({
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "default", namespace: "istio-system" },
    spec: { mtls: { mode: "STRICT" } },
  }),
];
const token = [
  policy(
    "token",
    { ...app("carts"), jwtRules: [{ issuer: "a", fromHeaders: [{ name: "x-token" }] }] },
    "RequestAuthentication",
  ),
];
const pod = JSON.stringify({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    ...{ name: "orders-1", namespace: "shop", labels: { app: "orders" } },
    annotations: { "sidecar.istio.io/status": "{}" },
  },
  spec: { serviceAccountName: "orders", containers: [{ ports: [{ containerPort: 8080 }] }] },
  status: { podIP: "10.0.0.5" },
});

/** Headers that mean something to a proxy, or that it refuses, and others. */
const headers: readonly unknown[] = [
  ...[{}, { "x-a": "b" }, { "x-env": "prod", "User-Agent": "curl/8.5" }, { "x-env": "test" }],
  ...[{ accept: "*/*" }, { "x-request-id": "1" }, { "x-a": ["b", "c"] }, { "x-a": 5 }, null, "x"],
  ...[{ connection: "upgrade", upgrade: "websocket" }, { "content-type": "application/grpc" }],
  ...[{ "x-forwarded-for": "10.1.1.1" }, { x_a: "b" }, { "x-a": "\u007f" }, { "x-a": "é" }],
  ...[{ "content-length": "x" }, { "transfer-encoding": "gzip" }, { te: "x" }, { host: "b" }],
  ...[{ "x-a": "b".repeat(70_000) }, { "x-a": " b " }, { "x a": "b" }, { origin: "http://a" }],
  ...[{ ":path": "/x" }, { "x-token": "ey" }, { authorization: "Bearer x" }, { "X-A": "b" }],
  Object.fromEntries(Array.from({ length: 110 }, (_, at) => [`x-${at}`, "a"])),
];
const hosts: readonly unknown[] = [
  ...["orders.shop", "orders.shop:8080", "a.shop", "A.shop", "a..b", "-", "a:0", "a:99999"],
  ...["10.1.1.1", "a b", "", "a@b", "[::1]", "é", "a".repeat(2000), 5, "a:b", "http://a"],
];
const addresses: readonly unknown[] = [
  ...[
    "10.1.2.3",
    "192.0.2.7",
    "172.16.0.1",
    "::1",
    "fe80::1%eth0",
    "1.2.3",
    "x",
    "",
    5,
    "01.2.3.4",
  ],
];
const froms = [
  ...["sa/shop/web", "sa/ops/x", "spiffe://cluster.local/ns/shop/sa/web", "external/10.1.1.1"],
  ...["spiffe://cluster.local/ns/jobs/sa/a", "spiffe://elsewhere/ns/shop/sa/web", "none", "sa/"],
  ...["spiffe://cluster.local/ns/ops-1/sa/a.b", "spiffe://cluster.local/x", "sa/jobs/a"],
];
const methods = ["GET", "POST", "HEAD", "DELETE", "OPTIONS", "get"];
const paths = ["/api/1", "/api/admin/1", "/", "/api/1?a=b", "/api//1", "/x%61", "/é"];
const apps = ["orders", "carts", "addresses", "headers", "hosts", "none"];

type Pick = ReturnType<typeof random>;

function drawn(pick: Pick, tos: readonly string[]): unknown {
  const one = <Value>(values: readonly Value[]): Value | undefined => values[pick(values.length)];
  /** Mostly the first ones, which are ordinary. */
  const mostly = (values: readonly unknown[]): unknown =>
    one(pick(4) > 0 ? values.slice(0, 3) : values);
  const perhaps = (part: object): object => (pick(3) > 0 ? part : {});
  return {
    ...(pick(12) > 0 ? { from: one(froms) } : {}),
    ...perhaps({ source: pick(12) > 0 ? { ip: mostly(addresses) } : one([{}, null, "x"]) }),
    to: one(tos),
    ...(pick(10) > 0 ? {} : { transport: one(["mtls", "plaintext"]) }),
    http: {
      ...{ method: mostly(methods), path: mostly(paths) },
      ...perhaps({ host: mostly(hosts) }),
      ...perhaps({ headers: mostly(headers) }),
      ...(pick(5) > 0 ? {} : { version: one(["1.1", "2", "1.0", "3"]) }),
      ...(pick(40) > 0 ? {} : { body: "x" }),
    },
  };
}

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error);
  }
}

describe("a decider answers requests that say everything as the evaluation does", () => {
  test.each<[string, readonly string[], number]>([
    ["policies alone", policies, 400],
    ["mesh TLS alone is taken", [...policies, ...strict], 250],
    ["tokens", [...policies, ...token], 100],
    ["a pod", [...policies, pod], 300],
  ])("%s", (_, texts, fast) => {
    const { mesh } = loadMesh({ files: texts.map((text, at) => ({ path: `${at}.json`, text })) });
    const tos = [...apps.map((name) => `ns/shop,app=${name}:8080`), "pod/shop/orders-1:8080"];
    const pick = random(7);
    const own = decider(mesh);
    for (let round = 0; round < 2500; round += 1) {
      const request = drawn(pick, tos) as AccessRequest;
      const wanted = attempt(() => inShort(evaluate(mesh, request)));
      expect([request, attempt(() => own.decide(request))]).toEqual([request, wanted]);
    }
    expect(own.counts().fast).toBeGreaterThan(fast);
  });
});

test("a path that is too long for a proxy is refused", () => {
  const { mesh } = loadMesh({ files: [{ path: "0.json", text: policies[0] ?? "" }] });
  const request = {
    ...{ from: "sa/ops/x", to: "ns/shop,app=orders:8080" },
    http: `GET /${"a".repeat(70_000)}`,
  };
  expect(decider(mesh).decide(request)).toEqual(inShort(evaluate(mesh, request)));
});
