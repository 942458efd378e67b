import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { meshFrom } from "./gateway-world.ts";

/** A namespace in ambient mode with a waypoint for everything; pods let nobody but the waypoint in. */
const world = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop, labels: { istio.io/waypoint-for: all } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.96.9.9 }], conditions: [{ type: Programmed, status: "True" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, annotations: { ambient.istio.io/redirection: enabled } }
spec: { serviceAccountName: web }
status: { podIP: 10.0.0.2 }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, SELECTOR ports: [{ port: 80, name: http }] }
`;
const refused = `
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: nobody, namespace: shop }
spec: { selector: { matchLabels: { app: db } } }
`;
const written = `
---
apiVersion: v1
kind: Pod
metadata: { name: db-0, namespace: shop, labels: { app: db }, annotations: { ambient.istio.io/redirection: enabled } }
spec: { serviceAccountName: db }
status: { podIP: 10.0.0.3 }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: http, port: 80 }]
endpoints: [{ addresses: [10.0.0.3], targetRef: { kind: Pod, namespace: shop, name: db-0 } }, { addresses: [192.0.2.4] }]
`;

function ask(text: string, selector = ""): Verdict {
  const mesh = meshFrom(world.replace("SELECTOR", selector) + text);
  return evaluate(mesh, { from: "pod/shop/web", to: "svc/shop/db:80", http: "GET /" });
}

test("the pods of a headless Service that were not loaded enforce what binds to their namespace", () => {
  const selecting = "selector: { app: db },";
  expect(ask("", selecting).decision).toBe("allow");
  expect(ask(refused, selecting).decision).toBe("deny");
});

test("of the endpoints that an EndpointSlice writes down for a headless Service those outside count, too", () => {
  const { branches, facts } = ask(written + refused);
  expect(branches.map(({ decision }) => decision).toSorted()).toEqual(["allow", "deny"]);
  expect(facts).toContainEqual(expect.objectContaining({ id: "destination:svc/shop/db" }));
});
