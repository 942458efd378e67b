import { describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Hop, Verdict } from "../src/model/verdict.ts";
import { meshFrom } from "./gateway-world.ts";

const world = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: v1
kind: Namespace
metadata: {name: c, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: v1
kind: Namespace
metadata: {name: old, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop, labels: {istio.io/use-waypoint: wp}}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec: {template: {metadata: {labels: {app: orders}}, spec: {serviceAccountName: orders}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: c}
spec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: legacy, namespace: old}
spec: {template: {metadata: {labels: {app: legacy}}, spec: {serviceAccountName: legacy}}}
---
`;
const gateway = (spec = ""): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: wp, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
${spec}---
`;
const policy = (name: string, spec: string): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: shop}
spec: ${spec}
---
`;
const web = "cluster.local/ns/c/sa/web";
const forService = "targetRefs: [{kind: Service, group: '', name: orders}]";
const onlyWeb = policy(
  "only-web",
  `{${forService}, rules: [{from: [{source: {principals: [${web}]}}]}]}`,
);

function ask(
  text: string,
  request: Partial<AccessRequest> = {},
  options: EvaluateOptions = {},
): Verdict {
  const mesh = meshFrom(world + text);
  const to = "svc/shop/orders:80";
  return evaluate(mesh, { from: "deploy/c/web", to, http: "GET /x", ...request }, options);
}

function points({ branches }: Verdict): readonly (readonly [Hop["point"], string])[] {
  return branches[0].hops.map(({ point, proxy }) => [point, proxy] as const);
}

test("a client in ambient mode goes by the waypoint, and the workload sees the waypoint", () => {
  const verdict = ask(gateway() + onlyWeb);
  expect(verdict).toMatchObject({ decision: "allow", layer: "allow" });
  expect(points(verdict)).toEqual([
    ["waypoint", "shop/wp"],
    ["ztunnel", "shop/orders"],
  ]);
  const [waypoint, ztunnel] = verdict.branches[0].hops;
  expect(waypoint?.saw?.identities).toEqual([`spiffe://${web}`]);
  expect(waypoint?.leaves).toMatchObject({ to: "shop/orders", port: 8080, transport: "hbone" });
  expect(ztunnel?.saw?.identities).toEqual(["spiffe://cluster.local/ns/shop/sa/wp"]);
});

const selecting = "selector: {matchLabels: {app: orders}}";
const allowWeb = policy("a", `{${selecting}, rules: [{from: [{source: {principals: [${web}]}}]}]}`);
const denyWeb = policy(
  "d",
  `{${selecting}, action: DENY, rules: [{from: [{source: {principals: [${web}]}}]}]}`,
);
const other = `{${forService}, rules: [{from: [{source: {principals: [cluster.local/ns/c/sa/x]}}]}]}`;

test.each<[string, string, Partial<AccessRequest>, string]>([
  [
    "ctx:T30 an ALLOW for the client at the workload refuses the waypoint",
    allowWeb,
    {},
    "deny ztunnel",
  ],
  ["ctx:T31 a DENY for the client at the workload is never met", denyWeb, {}, "allow ztunnel"],
  [
    "ctx:T32 a pod that is addressed itself has no waypoint",
    policy("o", other),
    { to: "deploy/shop/orders:8080" },
    "allow ztunnel",
  ],
  [
    "ctx:T34 a sidecar goes past the waypoint",
    policy("o", other),
    { from: "deploy/old/legacy" },
    "allow ztunnel",
  ],
  [
    "ctx:T42 a policy for all of the namespace is the workload's",
    policy("n", "{}"),
    {},
    "deny ztunnel",
  ],
  ["a policy for the Service is the waypoint's", policy("o", other), {}, "deny waypoint"],
  [
    "ctx:T38 the waypoint knows the Service's port",
    policy("p", `{${forService}, rules: [{to: [{operation: {ports: ["8080"]}}]}]}`),
    {},
    "deny waypoint",
  ],
])("%s", (_, text, request, expected) => {
  const verdict = ask(gateway() + text, request);
  const last = verdict.branches.map(({ hops }) => hops.at(-1)?.point);
  expect(`${verdict.decision} ${[...new Set(last)].join(" or ")}`).toBe(expected);
});

describe("a waypoint that is not there stops nobody", () => {
  test.each<[string, string]>([
    ["ctx:T46 it has no address yet", gateway("status: {addresses: []}\n")],
    [
      "it is for pods",
      gateway().replace("name: wp,", "name: wp, labels: {istio.io/waypoint-for: workload},"),
    ],
  ])("%s", (_, text) => {
    const verdict = ask(text + policy("o", other));
    expect([verdict.decision, points(verdict)]).toEqual(["allow", [["ztunnel", "shop/orders"]]]);
    expect(verdict.facts.map(({ id }) => id)).toContain("waypoint:deploy/shop/orders");
  });

  test("a Gateway without a status is taken to be programmed", () => {
    expect(ask(gateway() + onlyWeb).facts).toContainEqual({
      id: "gateway-programmed:gateway/shop/wp",
      state: "assumed",
      value: "programmed",
    });
  });
});

test("what some other class of waypoint does is not known, and it is named", () => {
  const verdict = ask(gateway().replace("istio-waypoint", "agentgateway-waypoint"));
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.branches[0].hops.at(-1)?.why).toContain(
    "shop/wp is of class agentgateway-waypoint",
  );
});

test("a class of a user's own is a waypoint's where its GatewayClass has istiod's controller", () => {
  const named = gateway().replace("istio-waypoint", "ours") + policy("o", other);
  const classOf = (controller: string): string => `---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: ours}
spec: {controllerName: ${controller}}
`;
  const decisions = ["istio.io/mesh-controller", "example.com/other"].map(
    (controller) => ask(named + classOf(controller)).decision,
  );
  expect(decisions).toEqual(["deny", "undetermined"]);
  const why = ask(named).branches[0].hops.at(-1)?.why;
  expect(why).toContain("of class ours, and no such GatewayClass is loaded: what");
});

test.each([
  ["true", "undetermined"],
  ["1", "undetermined"],
  ["T", "undetermined"],
  ["yes", "allow"], // istiod warns of it
  ["0", "allow"],
])("layered policies at a waypoint are not worked out, and that is said: %s", (value, decision) => {
  const mesh = meshFrom(world + gateway());
  const features = { ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES: value };
  const request = { from: "deploy/c/web", to: "svc/shop/orders:80", http: "GET /x" };
  expect(evaluate({ ...mesh, features }, request).decision).toBe(decision);
});

describe("with PILOT_AUTO_ALLOW_WAYPOINT_POLICY (ctx:T50)", () => {
  const mesh = meshFrom(world + gateway());
  const closed = { ...mesh, features: { PILOT_AUTO_ALLOW_WAYPOINT_POLICY: "true" } };

  test.each<[string, string]>([
    ["svc/shop/orders:80", "allow"],
    ["deploy/shop/orders:8080", "deny"],
  ])("%s: %s", (to, decision) => {
    const request = { from: "deploy/c/web", to, http: "GET /x" };
    expect(evaluate(closed, request).decision).toBe(decision);
  });
});

test("routes of a waypoint lead elsewhere", () => {
  const more = `
apiVersion: v1
kind: Service
metadata: {name: next, namespace: shop}
spec: {selector: {app: next}, ports: [{port: 80, name: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: next, namespace: shop}
spec: {template: {metadata: {labels: {app: next}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec:
  parentRefs: [{kind: Service, group: "", name: orders, port: 80}]
  rules: [{backendRefs: [{name: next, port: 80}]}]
---
`;
  expect(points(ask(gateway() + more))).toEqual([
    ["waypoint", "shop/wp"],
    ["ztunnel", "shop/next"],
  ]);
});

describe("a caller of whom nothing is said", () => {
  const mesh = meshFrom(world + gateway() + onlyWeb);
  const request = { to: "svc/shop/orders:80", http: "GET /x" };

  test.each([{}, { dataPlane: "ambient" }] as const)(
    "comes by the waypoint as somebody, or past it as nobody: %j",
    (options) => {
      const verdict = evaluate(mesh, request, options);
      const ways = verdict.branches.map(({ decision, hops }) => [decision, hops[0]?.point]);
      expect(ways).toEqual([
        ["allow", "ztunnel"],
        ["deny", "waypoint"],
        ["allow", "waypoint"],
      ]);
    },
  );

  test("goes past it with a sidecar, if that is what workloads are taken for", () => {
    const verdict = evaluate(mesh, request, { dataPlane: "sidecar" });
    expect(verdict.decision).toBe("allow");
    expect(verdict.facts.map(({ id }) => id)).toContain("data-plane:from");
  });
});

describe("a waypoint in front of workloads with sidecars", () => {
  const config = (hbone: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "defaultConfig: {proxyMetadata: {ISTIO_META_ENABLE_HBONE: '${hbone}'}}"}
---
apiVersion: v1
kind: Service
metadata: {name: legacy, namespace: old, labels: {istio.io/use-waypoint: wp}}
spec: {selector: {app: legacy}, ports: [{port: 80, targetPort: 8080, name: http}]}
---
`;
  const here = gateway().replace("namespace: shop", "namespace: old");
  const strict = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: old}
spec: {mtls: {mode: STRICT}}
---
`;
  const only = (principal: string): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: only, namespace: old}
spec: {rules: [{from: [{source: {principals: [${principal}]}}]}]}
---
`;
  const waypoint = "cluster.local/ns/old/sa/wp";
  const to = "svc/old/legacy:80";

  test.each<[string, string, string]>([
    ["sends plain text to those that take no HBONE", "", "allow 200"],
    ["is nobody to their policies", only(waypoint), "deny 403"],
    ["does not get through STRICT", strict, "deny 503"],
  ])("%s", (_, text, expected) => {
    const verdict = ask(here + config("false") + text, { to });
    expect(`${verdict.decision} ${verdict.outcome?.status ?? 200}`).toBe(expected);
    expect(points(verdict)[0]).toEqual(["waypoint", "old/wp"]);
    expect(verdict.branches[0].hops[0]?.leaves).toMatchObject({ transport: "plaintext" });
  });

  test.each<[string, string, string]>([
    ["tunnels to those that do, whatever their mode", strict, "allow"],
    ["is who it is to their policies", only(waypoint), "allow"],
    ["hides its client from them", only(web), "deny"],
  ])("%s", (_, text, expected) => {
    const verdict = ask(here + config("true") + text, { to });
    expect(verdict.decision).toBe(expected);
    expect(points(verdict)).toEqual([
      ["waypoint", "old/wp"],
      ["sidecar", "old/legacy"],
    ]);
    expect(verdict.branches[0].hops[1]?.saw?.identities).toEqual([`spiffe://${waypoint}`]);
  });

  test("asks what they take where no mesh config is loaded", () => {
    const service = config("").split("---")[1] ?? "";
    const verdict = ask(`${here + strict}---${service}---`, { to });
    expect(verdict.decision).toBe("undetermined");
    expect(verdict.facts.some(({ id }) => id.startsWith("transport:"))).toBe(true);
  });

  test("wraps what it sends in the TLS of a DestinationRule, and in none of the mesh's", () => {
    const rule = (mode: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: legacy, namespace: old}
spec: {host: legacy, trafficPolicy: {tls: {mode: ${mode}}}}
---
`;
    const sent = (mode: string): string | undefined =>
      ask(here + config("false") + rule(mode), { to }).branches[0].hops[0]?.leaves?.transport;
    expect(["ISTIO_MUTUAL", "DISABLE", "SIMPLE"].map(sent)).toEqual([
      "plaintext",
      "plaintext",
      "tls",
    ]);
  });
});
