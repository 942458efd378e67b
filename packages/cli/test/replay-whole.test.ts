import { Buffer } from "node:buffer";
import { type AccessRequest, decider, loadMesh } from "@meshproof/engine";
import { expect, test } from "vitest";
import { lineCutter } from "../src/replay/lines.ts";
import { replayer } from "../src/replay/replayer.ts";
import { sumOf, type Tally } from "../src/replay/tally.ts";

const policy = JSON.stringify({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "orders", namespace: "shop" },
  spec: {
    selector: { matchLabels: { app: "orders" } },
    rules: [
      {
        from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
        to: [{ operation: { methods: ["GET"], paths: ["/api/*"] } }],
      },
    ],
  },
});
const { mesh } = loadMesh({ files: [{ path: "0.json", text: policy }] });

const whole = {
  from: "spiffe://cluster.local/ns/shop/sa/web",
  source: { ip: "10.1.2.3" },
  to: "ns/shop,app=orders:8080",
  http: { method: "GET", path: "/api/1", host: "orders.shop:8080", headers: { "x-env": "prod" } },
} as const satisfies AccessRequest;
const withHttp = (http: object): object => ({ ...whole, http: { ...whole.http, ...http } });

function tallied(lines: readonly unknown[], bytes: boolean): Tally {
  const { line, tooLong, ...own } = replayer(
    { current: decider(mesh) },
    { workloadAt: () => undefined },
    false,
  );
  const cut = lineCutter(
    bytes && own.bytes ? { line, tooLong, bytes: own.bytes } : { line, tooLong },
  );
  const texts = lines.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
  cut.add(Buffer.from(`${texts.join("\n")}\n`));
  cut.end();
  return sumOf([own.tally()]);
}

/** Each after a line that is taken as it stands, and before one. */
test.each<readonly [string, unknown]>([
  ["another address", { ...whole, source: { ip: "10.255.0.1" } }],
  ["an address that is none", { ...whole, source: { ip: "10.256.0.1" } }],
  ["an address with a zero ahead", { ...whole, source: { ip: "10.01.0.1" } }],
  ["an address of IPv6", { ...whole, source: { ip: "fe80::1" } }],
  ["no address", { ...whole, source: {} }],
  ["an address as a number", { ...whole, source: { ip: 5 } }],
  ["another host", withHttp({ host: "carts.shop" })],
  ["a host that is none", withHttp({ host: "a b" })],
  ["no host", withHttp({ host: undefined })],
  ["a header of two lines", withHttp({ headers: { "x-env": ["a", "b"] } })],
  ["another header", withHttp({ headers: { "x-other": "a" } })],
  ["no header", withHttp({ headers: {} })],
  ["headers with one name of both", withHttp({ headers: { "x-env:x-other": "a" } })],
  [
    "a header that upgrades",
    withHttp({ headers: { upgrade: "websocket", connection: "upgrade" } }),
  ],
  ["gRPC", withHttp({ headers: { "content-type": "application/grpc" } })],
  ["a header that cannot be sent", withHttp({ headers: { "x-env": "\u007f" } })],
  ["a header that is too long", withHttp({ headers: { "x-env": "a".repeat(70_000) } })],
  ["a header that is no text", withHttp({ headers: { "x-env": 1 } })],
  ["headers that are none", withHttp({ headers: "x" })],
  ["a body", withHttp({ body: "x" })],
  ["a path that is too long", withHttp({ path: `/api/${"a".repeat(70_000)}` })],
  ["another version", withHttp({ version: "2" })],
  ["a version that is none", withHttp({ version: "3" })],
  ["two times `http`", JSON.stringify(whole).replace("{", '{"http":{"host":"x"},')],
  ["a quote too many", JSON.stringify(whole).replace('"prod"', '"prod""')],
  ["a brace too many", `${JSON.stringify(whole)}}`],
  ["a caller of elsewhere", { ...whole, from: "spiffe://elsewhere/ns/shop/sa/web" }],
  ["the account in short", { ...whole, from: "sa/shop/web" }],
  ["another port", { ...whole, to: "ns/shop,app=orders:9090" }],
])("a request that says everything is counted as it is when it is read: %s", (_, other) => {
  const lines = [
    withHttp({ path: "/x" }),
    whole,
    other,
    whole,
    withHttp({ method: "POST" }),
    other,
  ];
  expect(tallied(lines, true)).toEqual(tallied(lines, false));
});

test("requests that say everything are answered by the index", () => {
  const own = decider(mesh);
  for (let at = 0; at < 10; at += 1)
    own.decide({
      ...whole,
      source: { ip: `10.0.0.${at}` },
      http: { ...whole.http, path: `/${at}` },
    });
  expect(own.counts().fast).toBe(10);
});
