import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Verdict } from "../src/model/verdict.ts";

interface World {
  readonly addresses?: string;
  readonly visibility?: string; // of the mesh config
  readonly binding?: string; // an annotation of the waypoint
  readonly ofClass?: string; // the same of its class
  readonly istio?: string;
}

const annotated = (binding: string | undefined): string =>
  binding === undefined
    ? ""
    : `, annotations: { ambient.istio.io/waypoint-inbound-binding: "${binding}" }`;

const world = ({ addresses = "[240.1.1.1]", binding, ofClass }: World): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ext, namespace: shop, labels: { istio.io/use-waypoint: wp, istio.io/ingress-use-waypoint: "true" } }
spec: { hosts: [ext.example.com], addresses: ${addresses}, ports: [{ number: 80, name: http, protocol: HTTP }], resolution: STATIC, endpoints: [{ address: 10.7.0.1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: istio-waypoint${annotated(ofClass)} }
spec: { controllerName: istio.io/mesh-controller }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop${annotated(binding)} }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Pod
metadata: { name: in, namespace: edge, labels: { app: in } }
spec: { serviceAccountName: in, containers: [{ name: istio-proxy, args: [proxy, router] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: in, namespace: edge }
spec: { selector: { app: in }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs, namespace: edge }
spec: { hosts: ["*"], gateways: [in], http: [{ route: [{ destination: { host: ext.example.com, port: { number: 80 } } }] }] }
`;

function ask(given: World): Verdict {
  const { visibility, istio = "1.31" } = given;
  const meshConfig = { serviceEntryVisibility: { defaultVisibility: visibility } };
  const { mesh } = loadMesh({
    files: [{ path: "a.yaml", text: world(given) }],
    istio,
    allowEmpty: true,
    ...(visibility === undefined ? {} : { meshConfig }),
  });
  const request = { from: "external/203.0.113.9", to: "gateway/edge/in:8080", http: "GET /" };
  return evaluate(mesh, request);
}

/** As recorded of istiod's endpoints for a gateway. */
test.each<[string, World, string]>([
  ["an address", {}, "waypoint"],
  ["a block alone", { addresses: "[240.1.1.0/24]" }, "waypoint"],
  ["a block before an address", { addresses: "[240.1.3.0/24, 240.1.1.1]" }, "waypoint"],
  ["a block, before 1.30", { addresses: "[240.1.1.0/24]", istio: "1.29" }, "none"],
  ["an entry for its namespace", { visibility: "NAMESPACE" }, "waypoint"],
  ["an entry for nobody", { visibility: "NONE" }, "none"],
  ["an entry for nobody, before 1.31", { visibility: "NONE", istio: "1.30" }, "waypoint"],
])("a gateway to an entry with %s", (_, given, next) => {
  const [gateway, hop] = ask(given).branches[0].hops;
  expect(gateway).toMatchObject({ point: "gateway", outcome: { kind: "forwarded" } });
  expect(hop?.point).toBe(next);
});

test.each<[World, boolean]>([
  [{ binding: "PROXY" }, true],
  [{ binding: "PROXY/15088" }, true],
  [{ binding: "NONE/15009" }, true],
  [{ ofClass: "PROXY/15088" }, true],
  [{ binding: "NONE" }, false],
  [{ binding: "HTTP/80" }, false],
  [{ binding: "NONE", ofClass: "PROXY" }, false],
])("a waypoint with the binding %j: undetermined %s", (given, open) => {
  const { decision, branches } = ask(given);
  expect(decision).toBe(open ? "undetermined" : "allow");
  const why = branches[0].hops.at(-1)?.why ?? "";
  expect(why.includes("waypoint-inbound-binding")).toBe(open);
});
