import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { journeyMesh } from "./analyse-journey-world.ts";

const of = (kind: string, name: string, spec: object): object => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});
const gateway = of("Gateway", "k", {
  gatewayClassName: "istio",
  listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
});

type Choice<Item> = readonly [Item, ...Item[]];

const paths: Choice<object> = [
  { type: "PathPrefix", value: "/api" },
  { type: "PathPrefix", value: "/api/" },
  { type: "PathPrefix", value: "/" },
  { type: "Exact", value: "/api/x" },
  { type: "RegularExpression", value: "/a.*x" },
];
const others: Choice<object> = [
  {},
  {},
  { method: "GET" },
  { headers: [{ name: "x-h", value: "v" }] },
  { queryParams: [{ name: "q", value: "1" }] },
];
const path = (path: object): object => ({ type: "URLRewrite", urlRewrite: { path } });
const filters: Choice<readonly object[]> = [
  [],
  [path({ type: "ReplacePrefixMatch", replacePrefixMatch: "/" })],
  [path({ type: "ReplacePrefixMatch", replacePrefixMatch: "/new" })],
  [path({ type: "ReplaceFullPath", replaceFullPath: "/new/x" })],
  [{ type: "URLRewrite", urlRewrite: { hostname: "b.example" } }],
  [
    {
      type: "RequestHeaderModifier",
      requestHeaderModifier: { set: [{ name: "x-h", value: "w" }] },
    },
  ],
  [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["x-h"] } }],
];
const backends: Choice<readonly object[]> = [
  [{ name: "orders", port: 80 }],
  [{ name: "orders", port: 80 }],
  [{ name: "other", port: 80 }],
  [
    { name: "orders", port: 80, weight: 1 },
    { name: "other", port: 80, weight: 9 },
  ],
];

function anyRoute(dice: Dice): object {
  const rules = Array.from({ length: 1 + dice.below(3) }, () => ({
    matches: Array.from({ length: 1 + dice.below(2) }, () => ({
      path: dice.pick(paths),
      ...dice.pick(others),
    })),
    filters: dice.pick(filters),
    backendRefs: dice.pick(backends),
  }));
  const hostnames = dice.chance(0.4) ? { hostnames: [dice.pick(["a.example", "*.example"])] } : {};
  return of("HTTPRoute", "r", { parentRefs: [{ name: "k" }], ...hostnames, rules });
}

const seen: Choice<PolicyRule> = [
  { to: [{ operation: { paths: ["/api", "/api/*"] } }] },
  { to: [{ operation: { paths: ["/x", "/new*"] } }] },
  { to: [{ operation: { notPaths: ["/new/x"] } }] },
  { to: [{ operation: { hosts: ["b.example"] } }] },
  { to: [{ operation: { methods: ["GET"] } }] },
  { when: [{ key: "request.headers[x-h]", values: ["v"] }] },
  { when: [{ key: "request.headers[x-h]", notValues: ["w"] }] },
  { from: [{ source: { serviceAccounts: ["shop/k-istio"] } }] },
];

function anyPolicy(dice: Dice, index: number): object {
  const labels = dice.chance(0.7)
    ? { app: "orders" }
    : { "gateway.networking.k8s.io/gateway-name": "k" };
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `p${index}`, namespace: "shop" },
    spec: {
      action: dice.pick(["ALLOW", "DENY"]),
      selector: { matchLabels: labels },
      rules: [dice.pick(seen)],
    },
  };
}

interface Asked {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly header: string | undefined;
}

const domain: readonly Asked[] = ["a.example", "b.example"].flatMap((host) =>
  ["/", "/api", "/api/x", "/apix", "/new/x", "/x", "/api/yx"].flatMap((each) =>
    ["GET", "POST"].flatMap((method) =>
      [undefined, "v"].map((header) => ({ host, path: each, method, header })),
    ),
  ),
);

function asRequest({ host, path: target, method, header }: Asked): AccessRequest {
  return {
    from: "none",
    to: "gateway/shop/k:80",
    transport: "plaintext",
    source: { ip: "10.0.0.1" },
    http: { method, path: target, host, headers: header === undefined ? {} : { "x-h": header } },
  };
}

function arrives(mesh: Mesh, request: AccessRequest): boolean {
  const { branches } = evaluate(mesh, request);
  return branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

function proofOf(mesh: Mesh, { host, path: target, method, header }: Asked): Proof | undefined {
  const key = "request.headers[x-h]";
  const named = header === undefined ? { key, notValues: ["*"] } : { key, values: [header] };
  const requests = {
    protocol: "http",
    to: [{ operation: { hosts: [host], paths: [target], methods: [method] } }],
    when: [{ key: "source.ip", values: ["10.0.0.1"] }, named],
  } as const;
  const way = { through: "gateway/shop/k", namespace: "shop", workload: "orders" };
  return prove(mesh, [{ name: "it", target: way, requests, expect: "never-allowed" }])[0];
}

test("what is proved of a way by routes of the Gateway API is what the evaluator says of each of its requests", () => {
  let decided = 0;
  const runs = Number(process.env["ANALYSE"] ?? 5);
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = diceOf(7000 + seed);
    const route = anyRoute(dice);
    const policies = Array.from({ length: 1 + dice.below(3) }, (_, index) =>
      anyPolicy(dice, index),
    );
    const mesh = journeyMesh([], { routes: [], more: [gateway, route, ...policies] });
    for (const asked of domain) {
      const { result = "", violations = [] } = proofOf(mesh, asked) ?? {};
      const said = JSON.stringify({ seed, route, policies, asked });
      if (result !== "undecided") decided += 1;
      if (arrives(mesh, asRequest(asked)))
        expect(["violated", "undecided"], said).toContain(result);
      for (const { witness } of violations.flatMap(({ regions }) => regions))
        expect(arrives(mesh, witness.request), said).toBe(true); // with a second line of the header, perhaps
    }
  }
  expect(decided).toBeGreaterThan(runs * domain.length * 0.9);
});
