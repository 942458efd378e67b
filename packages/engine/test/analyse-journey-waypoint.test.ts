import { expect, test } from "vitest";
import type { Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { meshFrom } from "./gateway-world.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
${["orders", "other"]
  .map(
    (name) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: 8080}]}
---`,
  )
  .join("\n")}
`;

const rules = (dice: Dice): string => {
  const path = dice.pick([
    "{type: PathPrefix, value: /api}",
    "{type: PathPrefix, value: /}",
    "{type: Exact, value: /api/x}",
  ]);
  const more = dice.pick(["", ", method: GET", ", headers: [{name: x-h, value: v}]"]);
  const filter = dice.pick([
    "",
    ", filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]",
    ", filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-h, value: w}]}}]",
  ]);
  const to = dice.pick(["orders", "orders", "other"]);
  return `{matches: [{path: ${path}${more}}]${filter}, backendRefs: [{name: ${to}, port: 80}]}`;
};

const conditions = [
  "to: [{operation: {paths: [/api, /api/*]}}]",
  "to: [{operation: {notPaths: [/x]}}]",
  "to: [{operation: {methods: [GET]}}]",
  "from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]",
  "from: [{source: {notPrincipals: [cluster.local/ns/shop/sa/web]}}]",
  "when: [{key: 'request.headers[x-h]', values: [v]}]",
] as const;
const below = [
  "from: [{source: {principals: [cluster.local/ns/shop/sa/wp]}}]",
  "from: [{source: {notPrincipals: [cluster.local/ns/shop/sa/wp]}}]",
  "to: [{operation: {ports: ['8080']}}]",
] as const;

function policy(dice: Dice, index: number): string {
  const isAbove = dice.chance(0.75);
  const where = isAbove
    ? 'targetRefs: [{kind: Service, group: "", name: orders}]'
    : "selector: {matchLabels: {app: orders}}";
  const rule = isAbove ? dice.pick<string>(conditions) : dice.pick<string>(below);
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p${index}, namespace: shop}
spec: {${where}, action: ${dice.pick(["ALLOW", "DENY"])}, rules: [{${rule}}]}
---
`;
}

function route(dice: Dice): string {
  const all = Array.from({ length: 1 + dice.below(2) }, () => rules(dice)).join(", ");
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{kind: Service, group: "", name: orders, port: 80}], rules: [${all}]}
---
`;
}

interface Asked {
  readonly account: string;
  readonly path: string;
  readonly method: string;
}

const domain: readonly Asked[] = ["web", "orders"].flatMap((account) =>
  ["/", "/api", "/api/x", "/apix", "/x"].flatMap((path) =>
    ["GET", "POST"].map((method) => ({ account, path, method })),
  ),
);

function arrives(mesh: Mesh, request: AccessRequest): boolean {
  return evaluate(mesh, request, { dataPlane: "ambient" }).branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

function proofOf(mesh: Mesh, { account, path, method }: Asked): Proof | undefined {
  const requests = {
    protocol: "http",
    from: [{ source: { principals: [`cluster.local/ns/shop/sa/${account}`] } }],
    to: [{ operation: { paths: [path], methods: [method] } }],
  } as const;
  const target = { through: "waypoint/shop/wp", namespace: "shop", workload: "orders" };
  return prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }])[0];
}

/** Policies and routes, drawn, beside what never changes. */
function drawn(dice: Dice): string {
  const policies = Array.from({ length: dice.below(4) }, (_, index) => policy(dice, index));
  return `${dice.chance(0.7) ? route(dice) : ""}${policies.join("")}`;
}

function asRequest({ account, path, method }: Asked): AccessRequest {
  const http = { method, path, host: "orders.shop" };
  return { from: `spiffe://cluster.local/ns/shop/sa/${account}`, to: "svc/shop/orders:80", http };
}

test("what is proved of a way through a waypoint is what the evaluator says of each of its requests", () => {
  let decided = 0;
  const runs = Number(process.env["ANALYSE"] ?? 6);
  for (let seed = 1; seed <= runs; seed += 1) {
    const text = drawn(diceOf(6000 + seed));
    const mesh = meshFrom(world + text);
    for (const asked of domain) {
      const { result = "", violations = [] } = proofOf(mesh, asked) ?? {};
      const said = JSON.stringify({ seed, text, asked });
      if (result !== "undecided") decided += 1;
      if (arrives(mesh, asRequest(asked)))
        expect(["violated", "undecided"], said).toContain(result);
      for (const { witness } of violations.flatMap(({ regions }) => regions))
        expect(arrives(mesh, witness.request), said).toBe(true);
    }
  }
  expect(decided).toBeGreaterThan(runs * domain.length * 0.9);
});
