import { describe, expect, test } from "vitest";
import { checkRequest, evaluate, loadMesh, type Mesh } from "../src/index.ts";

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: g, namespace: edge }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: v, namespace: edge }
spec: { hosts: ["*"], gateways: [g], http: [{ directResponse: { status: 204 } }] }
---`;

const pod = (name: string, more = ""): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: edge, labels: { istio: ingress }${more} }
spec: { containers: [{ name: app, image: app }] }
---`;

const injected = `
apiVersion: v1
kind: Namespace
metadata: { name: edge, labels: { istio-injection: enabled } }
---`;
const asGateway = ", annotations: { inject.istio.io/templates: gateway }";

function meshOf(...parts: readonly string[]): Mesh {
  const text = [gateway, ...parts].join("");
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

describe("a Gateway whose selector fits a pod", () => {
  const ask = (mesh: Mesh): readonly unknown[] => {
    const request = { from: "external/203.0.113.9", to: "http://a.example/", http: "GET /" };
    const { decision, branches } = evaluate(mesh, request);
    const [hop] = branches.flatMap(({ hops }) => hops);
    return [decision, hop?.why ?? hop?.proxy];
  };

  test.each([
    ["that is a gateway by its annotation", injected + pod("web", asGateway), "edge/web"],
    ["of which nothing is known", pod("web"), "edge/web"],
    ["and a sidecar's, too", injected + pod("app") + pod("web", asGateway), "edge/web"],
  ])("%s is served by it", (_, pods, expected) => {
    expect(ask(meshOf(pods))).toEqual(["deny", expected]);
  });

  test("that is a sidecar is served by nobody, and says so", () => {
    const why =
      "selects pod/edge/app, which is no gateway (sidecar: istio-injection=enabled on namespace edge)";
    const mesh = meshOf(injected, pod("app"));
    expect(ask(mesh)).toEqual([
      "undetermined",
      `Gateway edge/g has a server for a.example on port 80, and ${why}`,
    ]);
    const [problem] = checkRequest(mesh, { to: "gateway/edge/g:80", http: "GET /" }, {});
    expect(problem?.message).toBe(`Gateway \`edge/g\` ${why}`);
  });

  test("in no file is served by nobody, either", () => {
    expect(ask(meshOf(injected))).toEqual([
      "undetermined",
      "Gateway edge/g has a server for a.example on port 80, and selects none of the loaded workloads",
    ]);
  });
});
