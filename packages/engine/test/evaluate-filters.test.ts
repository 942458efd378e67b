import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { EvaluateOptions } from "../src/model/access-request.ts";
import type { Workload } from "../src/model/kubernetes.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { handNamespace, handObject, handWorkload } from "./mesh.ts";
import { cluster, orders, web } from "./ways.ts";

type Spec = Readonly<Record<string, unknown>>;

function ask(reference: string, spec: Spec, options: EvaluateOptions = {}): Verdict {
  const mesh = cluster({ others: [handObject(reference, spec)] });
  return evaluate(mesh, { from: "deploy/c/web", to: "svc/shop/orders:80", http: "GET /" }, options);
}

const patch = (context?: string): Spec => ({
  configPatches: [
    { applyTo: "HTTP_FILTER", ...(context === undefined ? {} : { match: { context } }) },
  ],
});
const selecting = (app: string): Spec => ({ matchLabels: { app } });

test("an EnvoyFilter on the proxy makes it undetermined, and is named", () => {
  const verdict = ask("EnvoyFilter/shop/lua", patch());
  const id = "filters:EnvoyFilter/shop/lua";
  expect(verdict.decision).toBe("undetermined");
  expect(verdict.facts.find((fact) => fact.id === id)?.then).toEqual([
    { value: "decides nothing", decision: "allow" },
    { value: "may decide", decision: "undetermined" },
  ]);
  expect(verdict.branches.map(({ hops }) => hops.at(-1)?.why)).toContain(
    "EnvoyFilter shop/lua may decide",
  );
});

test.each<[string, string, Spec]>([
  ["a WasmPlugin of the namespace", "WasmPlugin/shop/w", {}],
  [
    "a WasmPlugin that selects the workload",
    "WasmPlugin/shop/w",
    { selector: selecting("orders") },
  ],
  ["one of the root namespace", "EnvoyFilter/istio-system/e", patch("SIDECAR_INBOUND")],
  ["a TrafficExtension", "TrafficExtension/shop/t", {}],
])("%s may decide", (_, reference, spec) => {
  expect(ask(reference, spec).decision).toBe("undetermined");
});

test.each<[string, string, Spec]>([
  ["of another namespace", "EnvoyFilter/other/e", patch()],
  ["that selects another workload", "WasmPlugin/shop/w", { selector: selecting("other") }],
  [
    "with the selector of another workload",
    "EnvoyFilter/shop/e",
    { workloadSelector: { labels: { app: "other" } }, ...patch() },
  ],
  ["of gateways", "EnvoyFilter/istio-system/e", patch("GATEWAY")],
  ["of the outbound side", "EnvoyFilter/shop/e", patch("SIDECAR_OUTBOUND")],
  ["for the traffic of clients", "WasmPlugin/shop/w", { match: [{ mode: "CLIENT" }] }],
  ["that names a Gateway", "WasmPlugin/shop/w", { targetRefs: [{ kind: "Gateway", name: "g" }] }],
])("a filter %s does not matter", (_, reference, spec) => {
  const { decision, facts } = ask(reference, spec);
  expect(decision).toBe("allow");
  expect(facts.filter(({ id }) => id.startsWith("filters"))).toEqual([]);
});

test.each(["filters", "filters:WasmPlugin/shop/w"])("the fact %s settles it", (id) => {
  const { decision, facts } = ask("WasmPlugin/shop/w", {}, { facts: { [id]: "decides nothing" } });
  expect(decision).toBe("allow");
  expect(facts).toContainEqual({
    id: "filters:WasmPlugin/shop/w",
    state: "given",
    value: "decides nothing",
  });
});

test("an EnvoyFilter does not act on ztunnel", () => {
  const namespaces = [handNamespace("shop", { "istio.io/dataplane-mode": "ambient" })];
  const mesh = cluster({ namespaces, others: [handObject("EnvoyFilter/shop/e", patch())] });
  expect(evaluate(mesh, { from: "none", to: "svc/shop/orders:80" }).decision).toBe("allow");
});

test.each<[string, Workload]>([
  ["on the host's network", { ...orders, hostNetwork: true }],
  [
    "whose port is excluded",
    { ...orders, annotations: { "traffic.sidecar.istio.io/excludeInboundPorts": "8080" } },
  ],
  ["without a data plane", { ...orders, dataPlane: "none" }],
])("a workload %s lets everything in and says that nothing is enforced", (_, workload) => {
  const mesh = cluster({ workloads: [workload, web] });
  const verdict = evaluate(mesh, { from: "none", to: "svc/shop/orders:80", http: "GET /" });
  expect(verdict).toMatchObject({ decision: "allow", layer: "capture" });
  expect(verdict.branches[0].hops[0]).toMatchObject({ enforced: false, why: expect.any(String) });
});

test("pods on the network of a node pass ztunnel only on that node (ctx:T26, ctx:T27)", () => {
  const agent = handWorkload("DaemonSet/c/agent", { hostNetwork: true });
  const namespaces = [handNamespace("shop", { "istio.io/dataplane-mode": "ambient" })];
  const peerAuthentications = [
    {
      key: { kind: "PeerAuthentication", namespace: "shop", name: "strict" },
      labels: {},
      annotations: {},
      spec: { mtls: { mode: "STRICT" as const } },
    },
  ];
  const mesh = cluster({ namespaces, peerAuthentications, workloads: [orders, agent] });
  for (const from of ["ds/c/agent", "sa/c/agent", "node"]) {
    const { facts } = evaluate(mesh, { from, to: "svc/shop/orders:80", http: "GET /" });
    expect(facts.find(({ id }) => id.startsWith("node:"))?.then).toEqual([
      { value: "the pod's own", decision: "allow" },
      { value: "another", decision: "deny" },
    ]);
  }
});

test.each([
  ["SIDECAR_OUTBOUND", "undetermined"],
  ["SIDECAR_INBOUND", "allow"],
])("one for %s at the caller's own sidecar", (context, decision) => {
  expect(ask("EnvoyFilter/c/out", patch(context)).decision).toBe(decision);
});
