import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { meshFrom } from "./gateway-world.ts";

/** A gateway that leads to a Service with a waypoint. */
const world = (value: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop, labels: { istio.io/use-waypoint: wp, istio.io/ingress-use-waypoint: "${value}" } }
spec: { selector: { app: orders }, ports: [{ port: 80, targetPort: 8080, name: http }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec: { serviceAccountName: orders, containers: [{ name: app }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
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
spec: { selector: { app: in }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: [shop.test] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: edge }
spec: { hosts: [shop.test], gateways: [in], http: [{ route: [{ destination: { host: orders.shop.svc.cluster.local, port: { number: 80 } } }] }] }
`;

// Istio reads the label of a Service with strconv.ParseBool. istio:pilot/pkg/serviceregistry/ambient/services.go
test.each([
  ["true", true],
  ["True", true],
  ["1", true],
  ["false", false],
  ["yes", false],
])(
  "a gateway goes over the waypoint where the label of the Service is true: %s",
  (value, isLed) => {
    const request = {
      from: "external/203.0.113.9",
      to: "gateway/edge/in:8080",
      http: "GET shop.test/x",
    };
    const { hops } = evaluate(meshFrom(world(value)), request).branches[0];
    expect(hops.some(({ point }) => point === "waypoint")).toBe(isLed);
  },
);

const outside = (resolution: string, labels = ""): string =>
  world("true")
    .replace("host: orders.shop.svc.cluster.local", "host: api.example.com")
    .concat(`---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop, labels: { istio.io/use-waypoint: wp, istio.io/ingress-use-waypoint: "true"${labels} } }
spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: ${resolution} }
`);

// What a real istiod tells a gateway: the endpoints that DNS finds are in its clusters, the others it asks for, and gets the waypoint's.
test.each([
  ["STATIC, addresses: [240.1.1.1], endpoints: [{ address: 10.7.0.1 }]", "", true],
  ["STATIC, endpoints: [{ address: 10.7.0.1 }]", "", true],
  ["STATIC, workloadSelector: { labels: { app: nobody } }", "", true], // whether it has endpoints or not
  [
    "STATIC, endpoints: [{ address: 10.7.0.1 }]",
    ', networking.istio.io/enable-autoallocate-ip: "false"',
    false,
  ],
  ["DNS, addresses: [240.1.1.1]", "", false],
  ["DNS_ROUND_ROBIN, addresses: [240.1.1.1]", "", false],
])(
  "a gateway goes over the waypoint of a ServiceEntry that has an address, unless DNS resolves it: %s%s",
  (how, labels, isLed) => {
    const request = {
      from: "external/203.0.113.9",
      to: "gateway/edge/in:8080",
      http: "GET shop.test/x",
    };
    const { hops } = evaluate(meshFrom(outside(how, labels)), request).branches[0];
    expect(hops.some(({ point }) => point === "waypoint")).toBe(isLed);
  },
);

const headless = (first: string, second: string): string =>
  world("true")
    .replace(
      "name: orders, namespace: shop, labels:",
      `name: orders, namespace: shop, creationTimestamp: "${first}", labels:`,
    )
    .replace(
      "spec: { selector: { app: orders }",
      "spec: { clusterIP: None, selector: { app: orders }",
    )
    .concat(`---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: shop, creationTimestamp: "${second}", labels: { istio.io/use-waypoint: wp } }
spec: { clusterIP: None, selector: { app: other }, ports: [{ port: 80, name: http }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: closed, namespace: shop }
spec: { targetRefs: [{ kind: Service, group: "", name: orders }], action: DENY, rules: [{}] }
`);

// As a real istiod tells gateway and waypoint, and a real Envoy decides: both say 0.0.0.0 where a Service has no address.
test.each([
  ["it is the oldest without an address", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "deny"],
  ["an older one gets what is for it", "2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z", undefined],
])("a gateway goes over the waypoint of a headless Service: %s", (_, first, second, decision) => {
  const mesh = meshFrom(headless(first, second));
  const request = {
    from: "external/203.0.113.9",
    to: "gateway/edge/in:8080",
    http: "GET shop.test/x",
  };
  const { hops } = evaluate(mesh, request).branches[0];
  const waypoint = hops.find(({ point }) => point === "waypoint");
  expect(waypoint?.saw?.destinationIp).toBe("0.0.0.0");
  expect(waypoint?.outcome.kind === "reply" ? "deny" : undefined).toBe(decision);
});
