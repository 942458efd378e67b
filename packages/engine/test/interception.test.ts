import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Verdict } from "../src/model/verdict.ts";

const world = (annotation: string, ingress = "", config: Record<string, unknown> = {}) => ({
  text: `
apiVersion: v1
kind: Namespace
metadata: { name: s, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: a, namespace: s }
spec: { selector: { app: a }, clusterIP: 10.0.0.1, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: s }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a }, annotations: { ${annotation} } }, spec: { serviceAccountName: a, containers: [{ name: a }] } } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: s }
spec: {}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: a, namespace: s }
spec: { workloadSelector: { labels: { app: a } }, egress: [{ hosts: ["*/*"] }] ${ingress} }
`,
  config,
});

function ask({ text, config }: ReturnType<typeof world>, from: string, to: string): Verdict {
  const { mesh } = loadMesh({
    files: [{ path: "a.yaml", text }],
    istio: "1.31",
    meshConfig: config,
  });
  return evaluate(mesh, { from, to, http: "GET /" });
}

const off = "sidecar.istio.io/interceptionMode: NONE";
const ingress =
  ", ingress: [{ port: { number: 8080, name: http, protocol: HTTP }, defaultEndpoint: 127.0.0.1:9000 }]";

test.each([
  ["the pod", world(off)],
  ["its proxy config", world("proxy.istio.io/config: 'interceptionMode: NONE'")],
  ["the mesh", world("", "", { defaultConfig: { interceptionMode: "NONE" } })],
])("nothing is enforced where %s says that nothing is redirected", (_name, mesh) => {
  const verdict = ask(mesh, "none", "svc/s/a:80");
  expect(verdict.decision).toBe("allow");
  expect(verdict.branches[0].hops.at(-1)).toMatchObject({ enforced: false });
});

test("the pod's word counts before the mesh's", () => {
  const redirected = world("sidecar.istio.io/interceptionMode: TPROXY", "", {
    defaultConfig: { interceptionMode: "NONE" },
  });
  expect(ask(redirected, "none", "svc/s/a:80").decision).toBe("deny");
});

test("a listener that a Sidecar object names is not evaluated, other ports are past it", () => {
  expect(ask(world(off, ingress), "none", "svc/s/a:80").decision).toBe("undetermined");
  expect(ask(world(off, ingress), "none", "deploy/s/a:9999").decision).toBe("allow");
});

test("who calls from such a pod may go past its sidecar or not", () => {
  const called = `
---
apiVersion: v1
kind: Service
metadata: { name: b, namespace: t }
spec: { selector: { app: b }, clusterIP: 10.0.0.2, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b, namespace: t, labels: { app: b, security.istio.io/tlsMode: istio }, annotations: { sidecar.istio.io/status: "{}" } }
spec: { containers: [{ name: b }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: only-a, namespace: t }
spec: { rules: [{ from: [{ source: { principals: ["cluster.local/ns/s/sa/a"] } }] }] }
`;
  const both = (annotation: string) => {
    const { text, config } = world(annotation);
    return { text: text + called, config };
  };
  expect(ask(both(""), "deploy/s/a", "svc/t/b:80").decision).toBe("allow");
  const verdict = ask(both(off), "deploy/s/a", "svc/t/b:80");
  expect(verdict.branches.map(({ decision }) => decision).toSorted()).toEqual(["allow", "deny"]);
  expect(verdict.facts).toContainEqual(expect.objectContaining({ id: "interception:deploy/s/a" }));
});

test("what a Sidecar binds itself is left open where nothing is redirected to it: its rules count there", () => {
  const bound = ingress.replace(" }]", ", captureMode: NONE }]");
  const around = "traffic.sidecar.istio.io/excludeInboundPorts: '8080,7000'";
  const own = ask(world(around, bound), "none", "deploy/s/a:8080");
  expect(own.decision).toBe("undetermined");
  expect(JSON.stringify(own.outcome)).toContain("captureMode NONE of a Sidecar's ingress");
  expect(ask(world(around, bound), "none", "deploy/s/a:7000").decision).toBe("allow");
  expect(ask(world(around, ingress), "none", "deploy/s/a:8080").decision).toBe("allow");
});
