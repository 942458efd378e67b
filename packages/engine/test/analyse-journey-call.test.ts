import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { diceOf } from "./analyse-dice.ts";
import { anyPolicies, anyRoutes, callers } from "./analyse-journey-call-drawn.ts";
import { innerOf, type Link, type Placed, twoGateways } from "./analyse-journey-gateways-world.ts";
import { toOrders } from "./analyse-journey-world.ts";

const url = "http://api.test";

function proofOf(mesh: Mesh, to: string, invariant: Omit<Invariant, "name">): Proof {
  const [namespace = "", workload = ""] = to.split("/");
  const target = { through: "pod/shop/web", calls: url, namespace, workload };
  const [proof] = prove(mesh, [{ name: "it", target, ...invariant }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

const from = (...serviceAccounts: readonly string[]): PolicyRule => ({
  from: [{ source: { serviceAccounts } }],
});
const http = { protocol: "http" } as const;
const straight = [{ route: [toOrders] }];

test.each<[string, Link, Placed[], string, Invariant["expect"], Proof["result"]]>([
  [
    "sees who calls",
    "mutual",
    [at("inner", from("shop/web"))],
    "edge/inner",
    "always-allowed",
    "holds",
  ],
  [
    "and nobody else",
    "mutual",
    [at("inner", from("shop/other"))],
    "edge/inner",
    "never-allowed",
    "holds",
  ],
  [
    "sees nobody in plain text",
    "plain",
    [at("inner", from("shop/web"))],
    "edge/inner",
    "never-allowed",
    "holds",
  ],
  [
    "is whom the workload behind it sees",
    "mutual",
    [at("orders", from("edge/inner"))],
    "shop/orders",
    "always-allowed",
    "holds",
  ],
  [
    "and not the caller",
    "mutual",
    [at("orders", from("shop/web"))],
    "shop/orders",
    "never-allowed",
    "holds",
  ],
  ["is not reached without its TLS", "bare", [], "edge/inner", "never-allowed", "holds-vacuously"],
])("a gateway on the way out %s", (_, link, policies, to, expected, result) => {
  const mesh = twoGateways(policies, link, straight, callers([{ route: [innerOf(link)] }]));
  const proof = proofOf(mesh, to, { requests: http, expect: expected });
  expect([proof.result, proof.undecided]).toEqual([result, []]);
  expect(proof.assumptions).toContain(`requests are what pod/shop/web sends to ${url}`);
});

test("a port that goes without saying may be left out of the host", () => {
  const named: PolicyRule = { to: [{ operation: { hosts: ["api.test"] } }] };
  const mesh = twoGateways(
    [at("inner", named)],
    "mutual",
    straight,
    callers([{ route: [innerOf("mutual")] }]),
  );
  const results = ["http://api.test", "http://api.test:80"].map((calls) => {
    const target = { through: "pod/shop/web", calls, namespace: "edge", workload: "inner" };
    const [proof] = prove(mesh, [{ name: "it", target, requests: http, expect: "never-allowed" }]);
    return proof?.result;
  });
  expect(results).toEqual(["violated", "violated"]);
});

function at(app: Placed["app"], ...rules: readonly PolicyRule[]): Placed {
  return { app, action: "ALLOW", rules };
}

test("what an application says is said of it alone, and shown as it calls", () => {
  const rule: PolicyRule = { to: [{ operation: { paths: ["/v1/*"] } }] };
  const mesh = twoGateways(
    [at("inner", rule)],
    "mutual",
    straight,
    callers([{ route: [innerOf("mutual")] }]),
  );
  const { violations } = proofOf(mesh, "shop/orders", { requests: http, expect: "never-allowed" });
  const [region] = violations[0]?.regions ?? [];
  expect(region?.text).toBe("path is /v1/*");
  expect(region?.witness.request).toMatchObject({ from: "pod/shop/web", to: url });
});

test("who is no workload with a sidecar, and what is no URL of a host, is said", () => {
  const mesh = twoGateways([], "plain", straight, callers(straight));
  const target = { namespace: "shop", workload: "orders" };
  const said = (more: object): unknown => {
    const [proof] = prove(mesh, [
      { name: "it", target: { ...target, ...more }, expect: "never-allowed" },
    ]);
    return [proof?.assumptions, proof?.undecided.map(({ text }) => text)];
  };
  expect(said({ through: "pod/shop/nobody", calls: url })).toEqual([
    ["no workload with a sidecar is called pod/shop/nobody"],
    [],
  ]);
  expect(said({ through: "pod/shop/web" })).toEqual([
    [expect.stringMatching(/no gateway or waypoint .* `calls: http/)],
    [],
  ]);
  expect(said({ through: "pod/shop/web", calls: "api.test" })).toEqual([
    expect.anything(),
    expect.arrayContaining([expect.stringMatching(/must be the URL of a host/)]),
  ]);
  expect(() => said({ calls: url })).toThrow(/no `through`/);
});

const paths = ["/", "/a", "/a/b", "/old/x", "/out/a"];
const methods = ["GET", "POST"];
const headers = [undefined, "v", "w"];
const domain = headers.flatMap((header) =>
  paths.flatMap((path) => methods.map((method) => ({ header, path, method }))),
);

/** Whether a call gets to the workload on some way. */
function arrives(mesh: Mesh, request: AccessRequest): boolean {
  return evaluate(mesh, request).branches.some(
    ({ decision, hops }) => decision === "allow" && hops.at(-1)?.proxy === "shop/orders",
  );
}

/** What is proved of one request, held to the evaluator. */
function judged(
  mesh: Mesh,
  { header, path, method }: (typeof domain)[number],
  said: string,
): Proof["result"] {
  const seen = header === undefined ? { notValues: ["*"] } : { values: [header] };
  const requests = {
    ...http,
    to: [{ operation: { paths: [path], methods: [method] } }],
    when: [{ key: "request.headers[x-h]", ...seen }],
  };
  const { result, violations } = proofOf(mesh, "shop/orders", {
    requests,
    expect: "never-allowed",
  });
  const sent = header === undefined ? {} : { headers: { "x-h": header } };
  const request = { from: "pod/shop/web", to: url, http: { method, path, ...sent } };
  if (arrives(mesh, request)) expect(["violated", "undecided"], said).toContain(result);
  for (const { witness } of violations.flatMap(({ regions }) => regions))
    expect(arrives(mesh, witness.request), said).toBe(true);
  return result;
}

test("what is proved of a call is what the evaluator says of each request", () => {
  let [asked, decided] = [0, 0];
  for (let seed = 1; seed <= Number(process.env["ANALYSE"] ?? 10); seed += 1) {
    const dice = diceOf(7000 + seed);
    const link = dice.pick<Link>(["plain", "mutual", "simple", "byHost", "bare"]);
    const policies = anyPolicies(dice);
    const routes = anyRoutes(dice, link);
    const mesh = twoGateways(policies, link, straight, callers(routes));
    for (const each of domain) {
      const result = judged(mesh, each, JSON.stringify({ seed, link, policies, routes, each }));
      asked += 1;
      if (result !== "undecided") decided += 1;
    }
  }
  expect(decided).toBeGreaterThan(asked * 0.9);
});
