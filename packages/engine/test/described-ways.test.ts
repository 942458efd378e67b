import { expect, test } from "vitest";
import { inShort } from "../src/evaluate/answer.ts";
import { decider } from "../src/evaluate/decider.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { AccessRequest, EvaluateOptions } from "../src/model/access-request.ts";
import type { Mesh } from "../src/model/mesh.ts";
import { random } from "./drawn-rules.ts";

type Pick = <Value>(values: readonly [Value, ...Value[]]) => Value;

function picker(seed: number): Pick {
  const below = random(seed);
  return (values) => values[below(values.length)] ?? values[0];
}

const spaces = ["shop", "ops", "kube-system", "istio-system"] as const;
const apps = ["orders", "web", "x"] as const;

function object(kind: string, name: string, namespace: string, rest: object): object {
  return { apiVersion: "security.istio.io/v1", kind, metadata: { name, namespace }, ...rest };
}

function selector(pick: Pick): object {
  const labels = pick<object | undefined>([
    undefined,
    { app: pick(apps) },
    { app: pick(apps), v: "1" },
    { "istio.io/rev": "a" },
  ]);
  return labels === undefined ? {} : { selector: { matchLabels: labels } };
}

/** A rule that looks at what a lane states. */
function ordinaryRule(pick: Pick): object {
  const source = pick<object>([
    { namespaces: ["shop"] },
    { principals: ["cluster.local/ns/ops/sa/a", "*/sa/web"] },
    { notNamespaces: ["ops"] },
  ]);
  const operation = pick<object>([
    { methods: ["GET"] },
    { paths: ["/api/*", "/x"] },
    { ports: ["8080"] },
    { notPaths: ["/api*"], ports: ["8080", "80"] },
  ]);
  return pick<object>([
    { from: [{ source }] },
    { from: [{ source }], to: [{ operation }] },
    { to: [{ operation }] },
  ]);
}

/** A rule that looks at more, that cannot be generated, or that Envoy refuses. */
function oddRule(pick: Pick): object {
  return pick<object>([
    { from: [{ source: { ipBlocks: ["10.0.0.0/8"] } }] },
    { to: [{ operation: { ports: ["none"] } }] },
    { to: [{ operation: { paths: ["/{**}/a/{**}"] } }] },
    { when: [{ key: "request.headers[x-a]", values: ["b"] }] },
    { when: [{ key: "nothing.known", values: ["b"] }] },
    { when: [{ key: "destination.port", values: ["many"] }] },
    { when: [{ key: "request.auth.claims[a]", values: ["b"] }] },
    { when: [{ key: "experimental.envoy.filters.a[b]", values: ["(", "b"] }] },
    {},
  ]);
}

function policy(pick: Pick, index: number): object {
  const odd = pick([0, 1, 2]) === 0;
  const rule = (): object => (odd ? oddRule : ordinaryRule)(pick);
  const action = pick(
    odd ? (["AUDIT", "CUSTOM", "DENY", "DENY", "ALLOW"] as const) : (["ALLOW", "DENY"] as const),
  );
  const annotations = odd && pick([true, false]) ? { "istio.io/dry-run": "true" } : {};
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `p${index}`, namespace: pick(spaces), annotations },
    spec: {
      ...selector(pick),
      action,
      ...(action === "CUSTOM" ? { provider: { name: "ext" } } : {}),
      rules: pick([[], [rule()], [rule(), rule()]]),
    },
  };
}

function peers(pick: Pick): readonly object[] {
  const mode = pick(["STRICT", "DISABLE"] as const);
  const spec = { mtls: { mode } };
  return pick<readonly object[]>([
    [],
    [],
    [object("PeerAuthentication", "all", "istio-system", { spec })],
    [object("PeerAuthentication", "shop", "shop", { spec })],
    [object("PeerAuthentication", "some", "shop", { spec: { ...selector(pick), ...spec } })],
  ]);
}

const provider = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "istio", namespace: "istio-system" },
  data: {
    mesh: "extensionProviders: [{ name: ext, envoyExtAuthzHttp: { service: ext.local, port: 80 } }]",
  },
};

function meshOf(pick: Pick): Mesh {
  const tokens = object("RequestAuthentication", "tokens", pick(spaces), {
    spec: { ...selector(pick), jwtRules: [{ issuer: "a", jwks: '{"keys":[]}' }] },
  });
  const items = [
    ...Array.from({ length: pick([1, 2, 3]) }, (_, index) => policy(pick, index)),
    ...peers(pick),
    ...(pick([0, 1, 2, 3, 4]) === 0 ? [tokens] : []),
    ...(pick([true, false]) ? [provider] : []),
  ];
  return loaded(items);
}

function loaded(items: readonly object[]): Mesh {
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  return loadMesh({ files: [{ path: "mesh.json", text }], admission: "bypass" }).mesh;
}

const oddLabels = [
  ...["v=1,v=2", "istio.io/rev=a", "sidecar.istio.io/inject=false", "istio=a"],
  ...["gateway.networking.k8s.io/gateway-name=a", "security.istio.io/tlsMode=disabled"],
  "istio.io/dataplane-mode=ambient",
] as unknown as readonly [string];

function request(pick: Pick): AccessRequest {
  const more = pick(["", "", "", ",v=1", `,${pick(oddLabels)}`]);
  return {
    from: pick(["sa/shop/web", "sa/ops/a", "sa/istio-system/a", "sa/ops/web", "none"]),
    to: `ns/${pick(spaces)},app=${pick(apps)}${more}:${pick(["8080", "8080", "8080", "80"])}`,
    http: pick(["GET /api/1", "POST /x", "GET /a", "DELETE /x/a/b", "GET /"]),
  };
}

test("a workload that is described is answered as the evaluation does, whatever policies bind to others", () => {
  const pick = picker(11);
  let fast = 0;
  for (let round = 0; round < 400; round += 1) {
    const mesh = meshOf(pick);
    const { decide, counts } = decider(mesh);
    for (let asked = 0; asked < 16; asked += 1) {
      const one = request(pick);
      const wanted = inShort(evaluate(mesh, one));
      expect([mesh.authorizationPolicies, one, decide(one)]).toEqual([
        mesh.authorizationPolicies,
        one,
        wanted,
      ]);
    }
    fast += counts().fast;
  }
  expect(fast).toBeGreaterThan(400);
});

const named = (name: string, app: string, spec: object): object =>
  object("AuthorizationPolicy", name, "shop", {
    spec: { selector: { matchLabels: { app } }, ...spec },
  });
const web = named("web", "web", { rules: [{ from: [{ source: { namespaces: ["shop"] } }] }] });
const disabled = (name: string, namespace: string, rest: object): object =>
  object("PeerAuthentication", name, namespace, { spec: { ...rest, mtls: { mode: "DISABLE" } } });

test.each<readonly [string, readonly object[], EvaluateOptions]>([
  [
    "a rule that Envoy refuses",
    [
      named("orders", "orders", {
        action: "DENY",
        rules: [{ to: [{ operation: { paths: ["/{**}/{**}"] } }] }],
      }),
    ],
    {},
  ],
  [
    "an authorizer",
    [
      provider,
      named("orders", "orders", { action: "CUSTOM", provider: { name: "ext" }, rules: [{}] }),
    ],
    {},
  ],
  [
    "a mode of the workload",
    [disabled("a", "shop", { selector: { matchLabels: { app: "web" } } })],
    {},
  ],
  ["a fact", [], { facts: { "transport:ns/shop,app=web": "plaintext" } }],
])("one way is not that to another workload, which has %s", (_, objects, options) => {
  const mesh = loaded([web, ...objects]);
  for (const order of [apps, apps.toReversed()]) {
    const { decide } = decider(mesh, options);
    for (const app of order) {
      const one = { from: "sa/shop/web", to: `ns/shop,app=${app}:8080`, http: "GET /a/b" };
      expect([one, decide(one)]).toEqual([one, inShort(evaluate(mesh, one, options))]);
    }
  }
});

test("a mode of a namespace is not that of another", () => {
  const mesh = loaded([web, disabled("a", "shop", {})]);
  const { decide } = decider(mesh);
  for (const space of ["ops", "shop", "ops"]) {
    const one = { from: "sa/shop/web", to: `ns/${space},app=web:8080`, http: "GET /a" };
    expect([one, decide(one)]).toEqual([one, inShort(evaluate(mesh, one))]);
  }
});
