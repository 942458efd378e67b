import { parseDocuments } from "@meshproof/engine";
import {
  type ClusterState,
  clusterState,
  type Reviewed,
  review,
} from "@meshproof/engine/admission";
import { expect, test } from "vitest";
import { suites } from "../src/admission/suites.ts";
import { parseSuite, type SuiteDocument } from "../src/parse-suite.ts";

const suiteText = `
apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: orders }
spec:
  namespace: shop
  workloads:
    orders: { labels: { app: orders }, ports: { 8080: http } }
  actors: { web: sa/shop/web, job: sa/jobs/cleanup }
  tests:
  - name: web reads orders
    request: { from: web, to: orders:8080, http: GET /api }
    expect: allow
  - name: jobs stay out
    cases:
    - { request: { from: job, to: orders:8080, http: GET /api }, expect: deny }
    - { request: { from: job, to: orders:8080, http: POST /api }, expect: deny }
  - name: failed all along
    request: { from: web, to: orders:8080, http: DELETE /api }
    expect: allow
`;

function parsed(text: string): SuiteDocument {
  const [document] = parseDocuments({ path: "orders.suite.yaml", text }).documents;
  const read = document && parseSuite(document).parsed;
  if (read === undefined) throw new TypeError("no suite");
  return read;
}

type Fields = Readonly<Record<string, unknown>>;

function policy(name: string, action: string, rules: readonly Fields[]): Fields {
  const metadata = { namespace: "shop", name };
  const apiVersion = "security.istio.io/v1";
  return { apiVersion, kind: "AuthorizationPolicy", metadata, spec: { action, rules } };
}

const web = policy("web", "ALLOW", [
  {
    from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }],
    to: [{ operation: { methods: ["GET"] } }],
  },
]);
const everyone = policy("web", "ALLOW", [{}]);
const peers = {
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { namespace: "shop", name: "default" },
  spec: { mtls: { mode: "STRICT" } },
};

function holding(): ClusterState {
  const state = clusterState({ istio: "1.31" });
  state.replace([web, peers], 0);
  return state;
}

function ask(
  operation: string,
  object: Fields | null,
  oldObject: Fields | null,
): Promise<Reviewed> {
  const kind = { group: "security.istio.io", version: "v1", kind: "AuthorizationPolicy" };
  const request = { uid: "1", operation, kind, namespace: "shop", name: "web", object, oldObject };
  const guard = { name: "suites", action: "deny", guard: suites([parsed(suiteText)]) } as const;
  const asked = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request };
  return review(holding(), asked, [guard], { now: 0 });
}

test("a change that breaks tests is denied with the requests that show it", async () => {
  const { answer } = await ask("UPDATE", everyone, web);
  expect(answer.response.status?.message).toMatchInlineSnapshot(`
    "AuthorizationPolicy shop/web cannot be stored:
    - spec: suite \`orders\`, \`jobs stay out\`: sa/jobs/cleanup -> orders:8080 GET /api: expected deny, would get allow 200 (shop/web[0]) (suites: admission/test-fails)
    - spec: suite \`orders\`, \`jobs stay out\`: sa/jobs/cleanup -> orders:8080 POST /api: expected deny, would get allow 200 (shop/web[0]) (suites: admission/test-fails)"
  `);
});

test("the deletion of the only ALLOW policy opens what it closed", async () => {
  const { answer } = await ask("DELETE", null, web);
  expect(answer.response.status?.code).toBe(403);
  expect(answer.response.status?.message).toContain("jobs stay out");
});

test("a test that failed before does not speak against a change that breaks nothing", async () => {
  const more = policy("web", "ALLOW", [
    { from: [{ source: { namespaces: ["shop"] } }], to: [{ operation: { methods: ["GET"] } }] },
  ]);
  const { answer } = await ask("UPDATE", more, web);
  expect(answer.response.status?.message).toBeUndefined();
});

test("a request that leads nowhere after a change breaks its test", async () => {
  const text = suiteText.replaceAll("to: orders:8080", "to: deploy/shop/orders:8080");
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace: "shop", name: "orders" },
    spec: { template: { metadata: { labels: { app: "orders" } }, spec: {} } },
  };
  const state = holding();
  state.set(deployment, 0);
  const guard = { name: "suites", action: "deny", guard: suites([parsed(text)]) } as const;
  const kind = { group: "apps", version: "v1", kind: "Deployment" };
  const object = { operation: "DELETE", kind, namespace: "shop", name: "orders" };
  const request = { uid: "1", ...object, oldObject: deployment };
  const asked = { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request };
  const { answer } = await review(state, asked, [guard], { now: 0 });
  expect(answer.response.status?.message).toMatchInlineSnapshot(`
    "Deployment shop/orders must stay:
    - suite \`orders\`, \`jobs stay out\`: sa/jobs/cleanup -> deploy/shop/orders:8080 GET /api: \`deploy/shop/orders\` is not among the loaded workloads (suites: admission/test-fails)
    - suite \`orders\`, \`jobs stay out\`: sa/jobs/cleanup -> deploy/shop/orders:8080 POST /api: \`deploy/shop/orders\` is not among the loaded workloads (suites: admission/test-fails)"
  `);
});

test("a suite whose key set nobody handed over is refused at once", () => {
  const text = suiteText.replace("  actors", "  keys: { https://a.test: keys.json }\n  actors");
  expect(() => suites([parsed(text)])).toThrow("keys.json");
  expect(() => suites([parsed(text)], { keyFiles: { "keys.json": "{}" } })).not.toThrow();
});

test("nobody waits: the suites stop", async () => {
  const signal = AbortSignal.abort(new Error("too late"));
  const guard = suites([parsed(suiteText)]);
  const { mesh } = holding().view(0);
  const change = {
    operation: "UPDATE",
    key: { kind: "AuthorizationPolicy", namespace: "shop", name: "web" },
    group: "security.istio.io",
    user: { name: "", groups: [] },
    dryRun: false,
    settled: mesh,
    now: 0,
    signal,
  } as const;
  await expect(guard(mesh, { ...mesh }, change)).rejects.toThrow("too late");
});
