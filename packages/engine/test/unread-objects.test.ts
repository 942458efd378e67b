import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Verdict } from "../src/model/verdict.ts";

/** One Gateway of each kind in front of orders, each with a route to it, and one more object. */
function ask(
  to: string,
  more: string,
  meshConfig: Readonly<Record<string, unknown>> = {},
): Verdict {
  const text = `
kind: Namespace
apiVersion: v1
metadata: { name: shop, labels: { istio-injection: enabled } }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: orders, namespace: shop }
spec: { template: { metadata: { labels: { app: orders } }, spec: { containers: [{ name: a }] } } }
---
kind: Service
apiVersion: v1
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
kind: Deployment
apiVersion: apps/v1
metadata: { name: classic, namespace: shop }
spec: { template: { metadata: { labels: { istio: ingressgateway, app: classic, inject.istio.io/templates: gateway }, annotations: { inject.istio.io/templates: gateway } }, spec: { containers: [{ name: istio-proxy, image: auto }] } } }
---
kind: Service
apiVersion: v1
metadata: { name: classic, namespace: shop }
spec: { selector: { app: classic }, ports: [{ name: http, port: 80 }] }
---
kind: Gateway
apiVersion: networking.istio.io/v1
metadata: { name: classic, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
kind: VirtualService
apiVersion: networking.istio.io/v1
metadata: { name: orders, namespace: shop }
spec: { hosts: ["*"], gateways: [classic], http: [{ route: [{ destination: { host: orders, port: { number: 80 } } }] }] }
---
kind: Gateway
apiVersion: gateway.networking.k8s.io/v1
metadata: { name: api, namespace: shop }
spec: { gatewayClassName: istio, allowedListeners: { namespaces: { from: Same } }, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
kind: HTTPRoute
apiVersion: gateway.networking.k8s.io/v1
metadata: { name: orders, namespace: shop }
spec: { parentRefs: [{ name: api }], rules: [{ backendRefs: [{ name: orders, port: 80 }] }] }
---
${more}
`;
  const { mesh } = loadMesh({ files: [{ path: "mesh.yaml", text }], allowEmpty: true, meshConfig });
  return evaluate(mesh, {
    from: "external/203.0.113.9",
    to,
    http: { method: "GET", path: "/", host: "shop.example.com", headers: {} },
  });
}

const ingress = (spec: string, metadata = ""): string =>
  `{ kind: Ingress, apiVersion: networking.k8s.io/v1, metadata: { name: i, namespace: shop${metadata} }, spec: { ${spec} } }`;
const annotated = (value: string): string =>
  `, annotations: { kubernetes.io/ingress.class: ${value} }`;
const listenerSet = (namespace: string, parent = "api"): string =>
  `{ kind: ListenerSet, apiVersion: gateway.networking.k8s.io/v1, metadata: { name: more, namespace: ${namespace} }, spec: { parentRef: { name: ${parent}, namespace: shop }, listeners: [{ name: x, port: 81, protocol: HTTP }] } }`;
const classOf = (controller: string): string =>
  `---\n{ kind: IngressClass, apiVersion: networking.k8s.io/v1, metadata: { name: nginx }, spec: { controller: ${controller} } }`;
const ours = "Ingress/shop/i";
const set = "ListenerSet/shop/more";

test.each<[string, string, string, string | undefined, Readonly<Record<string, string>>?]>([
  ["no more", "gateway/shop/classic:80", "", undefined],
  ["an Ingress of Istio's", "gateway/shop/classic:80", ingress("", annotated("istio")), ours],
  ["an Ingress of a class", "gateway/shop/classic:80", ingress("ingressClassName: istio"), ours],
  ["one of another class", "gateway/shop/classic:80", ingress("", annotated("nginx")), undefined],
  [
    "one of a class of others",
    "gateway/shop/classic:80",
    ingress("ingressClassName: nginx"),
    undefined,
  ],
  [
    "one of a class that is Istio's by another name",
    "gateway/shop/classic:80",
    `${ingress("ingressClassName: nginx")}\n${classOf("istio.io/ingress-controller")}`,
    ours,
  ],
  ["one without a class", "gateway/shop/classic:80", ingress(""), undefined],
  [
    "one without a class where all are Istio's",
    "gateway/shop/classic:80",
    ingress(""),
    ours,
    { ingressControllerMode: "DEFAULT" },
  ],
  [
    "one where none is read",
    "gateway/shop/classic:80",
    ingress("", annotated("istio")),
    undefined,
    { ingressControllerMode: "OFF" },
  ],
  [
    "one for another gateway",
    "gateway/shop/classic:80",
    ingress("", annotated("istio")),
    undefined,
    { ingressSelector: "other" },
  ],
  [
    "an Ingress at another gateway",
    "gateway/shop/api:80",
    ingress("", annotated("istio")),
    undefined,
  ],
  ["a ListenerSet", "gateway/shop/api:80", listenerSet("shop"), set],
  ["one that the Gateway does not allow", "gateway/shop/api:80", listenerSet("c"), undefined],
  ["one of another Gateway", "gateway/shop/api:80", listenerSet("shop", "b"), undefined],
])(
  "%s: whether a gateway has more listeners and routes than were read is asked",
  (_, to, more, object, config) => {
    const { decision, facts } = ask(to, more, config);
    expect(decision).toBe(object === undefined ? "allow" : "undetermined");
    const asked = facts.map(({ id }) => id).filter((id) => id.startsWith("filters:"));
    expect(asked).toEqual(object === undefined ? [] : [`filters:${object}`]);
  },
);
