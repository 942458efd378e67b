import { expect, test } from "vitest";
import type { Invariant } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { atShop } from "./analyse-journey-examples.ts";
import { callingPod, journeyMesh, toOrders } from "./analyse-journey-world.ts";
import { to } from "./analyse-spoken.ts";

/** A second workload behind the same Service, that no policy tells from the first. */
const second = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "second",
    namespace: "shop",
    labels: { app: "orders", own: "yes" },
    annotations: { "sidecar.istio.io/status": "{}" },
  },
  spec: {
    serviceAccountName: "orders",
    containers: [{ name: "app", ports: [{ containerPort: 8080 }] }, { name: "istio-proxy" }],
  },
  status: { podIP: "10.9.0.3" },
};

const own = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "own", namespace: "shop" },
  spec: { selector: { own: "yes" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
};

const toOwn = { destination: { host: "own.shop.svc.cluster.local", port: { number: 80 } } };

const routes = [{ match: [{ uri: { prefix: "/own" } }], route: [toOwn] }, { route: [toOrders] }];

function resultOf(
  workload: string,
  path: string,
  expected: Invariant["expect"],
  more: readonly object[] = [],
): string | undefined {
  const policies = [atShop("DENY", to({ paths: ["/admin*"] }))];
  const mesh = journeyMesh(policies, { routes, more: [second, own, ...more] });
  const target = { through: "gateway/edge/ingress", namespace: "shop", workload };
  const requests = { protocol: "http", ...to({ paths: [path] }) } as const;
  return prove(mesh, [{ name: "it", target, requests, expect: expected }])[0]?.result;
}

test.each(["orders", "second"])(
  "what comes to %s is not only what comes to another like it",
  (to) => {
    expect(resultOf(to, "/public*", "never-allowed")).toBe("violated");
    expect(resultOf(to, "/*", "never-allowed")).toBe("violated");
    expect(resultOf(to, "/admin*", "never-allowed")).toBe("holds");
    expect(resultOf(to, "/admin*", "always-allowed")).toBe("violated");
    expect(resultOf(to, "/public*", "always-allowed")).toBe("holds");
  },
);

test("a route of its own beside the common one makes no proof of what comes over that", () => {
  const only = { "allowed-only-if": [to({ paths: ["/own*"] })] };
  expect(resultOf("second", "/own*", only)).toBe("holds");
  expect(resultOf("second", "/*", only)).toBe("violated");
});

const withTls = {
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "tls", namespace: "shop" },
  spec: { host: "orders.shop.svc.cluster.local", trafficPolicy: { tls: { mode: "SIMPLE" } } },
};

test("TLS that the workload's proxy does not end is refused there, whatever policies say", () => {
  expect(resultOf("second", "/own*", "always-allowed", [withTls])).toBe("holds");
  expect(resultOf("second", "/*", "always-allowed", [withTls])).toBe("violated");
  expect(resultOf("second", "/public*", "always-allowed", [withTls])).toBe("violated");
  expect(resultOf("second", "/public*", "never-allowed", [withTls])).toBe("holds-vacuously"); // none comes as far as policies
});

test("so is TLS with a certificate that a DestinationRule names: it does not come as the mesh's own", () => {
  const host = "orders.shop.svc.cluster.local";
  const mutual = {
    mode: "MUTUAL",
    clientCertificate: "/etc/c.pem",
    privateKey: "/etc/k.pem",
    subjectAltNames: ["spiffe://cluster.local/ns/shop/sa/orders"],
  };
  const resultWith = (tls: object, expected: Invariant["expect"]): string | undefined => {
    const rule = { ...withTls, spec: { host, trafficPolicy: { tls } } };
    const mesh = journeyMesh([], { routes: [], more: [callingPod, rule] });
    const call = { through: "pod/shop/web", calls: `http://${host}` };
    const target = { ...call, namespace: "shop", workload: "orders" };
    const requests = { protocol: "http" } as const;
    return prove(mesh, [{ name: "it", target, requests, expect: expected }])[0]?.result;
  };
  expect(resultWith({ mode: "ISTIO_MUTUAL" }, "always-allowed")).toBe("holds");
  expect(resultWith(mutual, "always-allowed")).toBe("undecided"); // whose certificate it is nobody says
  expect(resultWith(mutual, "never-allowed")).toBe("holds-vacuously");
});
