import { evaluate, evaluateAsync } from "../../src/evaluate.ts";
import { explain } from "../../src/explain.ts";
import { checkRequest } from "../../src/journey/request.ts";
import type { AccessRequest } from "../../src/model/access-request.ts";
import type { Mesh } from "../../src/model/mesh.ts";
import { prototypeNames } from "./hostile.ts";
import { mutateText } from "./mutate-text.ts";
import { mutateValue, type Value } from "./mutate-value.ts";
import type { Area } from "./run.ts";
import { inspect, load, token } from "./use-mesh.ts";
import { sidecar, worlds } from "./world.ts";

const inventory = `apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80, name: http, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders, containers: [{name: a, ports: [{containerPort: 8080}]}]}}}
`;
const { mesh: known } = load(
  { files: [{ path: "i.yaml", text: inventory }], allowEmpty: true },
  inventory,
);
const elsewhere = prototypeNames.map((name, at) => ({
  key: { kind: "AuthorizationPolicy", namespace: "shop", name: `elsewhere-${at}` },
  labels: {},
  annotations: {},
  spec: { selector: { matchLabels: { [name]: "x", app: "orders" } } },
}));
const mesh: Mesh = {
  ...worlds[0],
  inventory: known.inventory,
  authorizationPolicies: [...worlds[0].authorizationPolicies, ...elsewhere],
};

/** One line a part: `from`, `to`, `http`, `grpc`, `token`, `now`, `sni`, `ip`, `header NAME`, `provider NAME`. */
const usual = [
  "from sa/shop/web\nto svc/shop/orders:80\nhttp GET /api/orders\nip 10.0.0.5",
  "from deploy/shop/orders\nto deploy/shop/orders:8080\nhttp GET shop.example.com/x HTTP/2",
  "from spiffe://a/ns/b/sa/c\nto ns/shop,app=orders:8080\ngrpc a.B/C",
  "from external/203.0.113.9\nto https://orders.shop.svc.cluster.local/api\nheader x-user a",
  `from none\nto orders:8080\nhttp POST /x\ntoken ${token}\nnow 2026-09-01T10:00:00Z`,
  "from node\nto host/api.example.com:443\nsni api.example.com",
  "from gateway/shop/x\nto gateway/shop/x:80\nhttp /",
  ...prototypeNames.map(
    (name) => `from ${name}/a/b\nto ${name}/a/b:80\nhttp ${name} /\nprovider ${name} allow`,
  ),
  ...prototypeNames.map(
    (name) => `from ${name}\nto ${name}:80\nheader ${name} ${name}\ntoken ${name}`,
  ),
  ...prototypeNames.map((name) => `from ${name}/shop/orders\nto ${name}/shop/orders:80`),
  ...prototypeNames.map((name) => `from sa/${name}/${name}\nto svc/${name}/${name}:80`),
  ...prototypeNames.map(
    (name) => `to ns/shop,app=orders,${name}=x:8080\nhttp GET /api\ntoken ${name}.${name}.x`,
  ),
];

/** Requests as people write them. */
export function requestArea(): Area {
  return {
    name: "requests",
    seeds: usual,
    patience: 20, // what nobody knows is tried every way
    mutate: (seeds, random) =>
      random.chance(3)
        ? JSON.stringify(mutateValue(random.any(whole) ?? null, random))
        : mutateText(seeds, random, [
            ...usual.flatMap((text) => text.split("\n")).map((line) => `\n${line}\n`),
            "/",
            ":",
            "=",
            ",",
            ".",
          ]),
    check: checkText,
  };
}

async function checkText(text: string): Promise<string> {
  const request = requestOf(text);
  const options = { now: 0, namespace: "shop", facts: { "http.path": "/", "http.method": "GET" } };
  const problems = checkRequest(mesh, request, options);
  inspect(problems, text);
  if (problems.length > 0) return problems.map(({ path }) => path.join(".")).join();
  const verdict =
    text.length % 4 === 0
      ? await evaluateAsync(mesh, request, options)
      : evaluate(mesh, request, options);
  inspect(verdict, text);
  if (text.length % 16 === 0) inspectExplanation({ mesh, request, options, verdict }, text);
  return `${verdict.decision}${verdict.layer ?? ""}${verdict.branches.length}`;
}

function inspectExplanation(asked: Parameters<typeof explain>[0], text: string): void {
  const { branches } = explain(asked);
  inspect(
    branches.map(({ hops, near, edits, traps }) => [
      hops.map(({ layers }) => layers),
      near,
      edits,
      traps,
    ]),
    text,
  );
}

/** Requests as data, with every part that there is. */
const whole: readonly Value[] = [
  {
    from: "sa/shop/web",
    to: "svc/shop/orders:80",
    http: {
      method: "GET",
      path: "/",
      host: "a",
      headers: { a: "b", c: ["d"] },
      version: "1.1",
      body: "x",
    },
    token: { raw: "a.b.c", header: "x", prefix: "" },
    source: { ip: "10.0.0.5", proxyProtocol: "10.0.0.6" },
    providers: { a: "allow", b: { allow: { set: { a: "b" }, append: {}, remove: ["c"] } } },
    now: "2026-09-01T10:00:00Z",
  },
  {
    from: "external/203.0.113.9",
    to: {
      namespace: "shop",
      labels: { app: "orders" },
      serviceAccount: "a",
      port: 8080,
      protocol: "http",
      dataPlane: "sidecar",
      name: "x",
    },
    grpc: "a.B/C",
    token: ["none", { use: "a", param: "x" }, { raw: "a.b.c", cookie: "y" }],
    transport: "mtls",
    sni: "x",
    providers: { p: { deny: { status: 302, body: "x", headers: { a: "b" } } } },
  },
  {
    to: { namespace: "shop", labels: { app: "orders" }, port: 8080 },
    connection: {
      transport: "mtls",
      sourceIp: "10.0.0.5",
      destinationIp: "10.0.0.6",
      destinationPort: 8080,
      alpn: ["istio"],
      sni: "x",
      certificate: { uris: ["spiffe://a/ns/b/sa/c"], dns: ["a"], subject: "CN=a" },
      proxyProtocol: "10.0.0.7",
    },
    raw: { version: "1.1", method: "GET", target: "/", host: "a", headers: [["a", "b"]], body: "" },
  },
];

function requestOf(text: string): AccessRequest {
  return text.startsWith("{") ? (dataOf(text) ?? ofLines(text)) : ofLines(text);
}

/** What a caller read from JSON and took for a request. */
function dataOf(text: string): AccessRequest | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ofLines(text: string): AccessRequest {
  const lines = text.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return space < 0
      ? ([line, ""] as const)
      : ([line.slice(0, space), line.slice(space + 1)] as const);
  });
  const last = (name: string): string | undefined => lines.findLast(([key]) => key === name)?.[1];
  const pairs = (name: string): readonly (readonly [string, string])[] =>
    lines
      .filter(([key]) => key === name)
      .map(
        ([, value]) => [value.split(" ")[0] ?? "", value.split(" ").slice(1).join(" ")] as const,
      );
  const headers = Object.fromEntries(pairs("header"));
  const http = last("http") ?? (pairs("header").length > 0 ? { headers } : undefined);
  const [ip, to] = [last("ip"), last("to") ?? ""];
  const stated = Object.entries({
    from: last("from"),
    grpc: last("grpc"),
    now: last("now"),
    sni: last("sni"),
    token: last("token"),
    http,
  });
  const unknowns = text.length % 32 === 0;
  return {
    ...(unknowns ? {} : { from: "sa/shop/web", http: "GET /api", source: { ip: "10.0.0.5" } }),
    to: to === "" ? { namespace: "shop", labels: sidecar.labels, port: 8080 } : to,
    ...Object.fromEntries(stated.filter(([, value]) => value !== undefined)),
    ...(ip === undefined ? {} : { source: { ip } }),
    providers: Object.fromEntries(pairs("provider").map(([name]) => [name, "allow"])),
  };
}
