import type { Mesh } from "../src/model/mesh.ts";
import type { PolicyRule } from "../src/model/policy.ts";
import { journeyMesh, toOther } from "./analyse-journey-world.ts";

const named = (kind: string, name: string, spec: object): object => ({
  apiVersion: `${kind === "AuthorizationPolicy" ? "security" : "networking"}.istio.io/v1`,
  kind,
  metadata: { name, namespace: kind === "AuthorizationPolicy" ? name.split("-")[0] : "edge" },
  spec,
});
const host = "inner.edge.svc.cluster.local";

/** How a gateway calls the second one, and what that listens for. */
const links = {
  plain: { server: { number: 80, protocol: "HTTP" } },
  mutual: {
    server: { number: 443, protocol: "HTTPS" },
    serverTls: { mode: "ISTIO_MUTUAL" },
    tls: { mode: "ISTIO_MUTUAL", sni: "inner.test" },
  },
  simple: {
    server: { number: 443, protocol: "HTTPS" },
    serverTls: { mode: "SIMPLE", credentialName: "c" },
    tls: {
      mode: "SIMPLE",
      sni: "inner.test",
      subjectAltNames: ["spiffe://cluster.local/ns/edge/sa/inner"],
    },
  },
  byHost: {
    server: { number: 443, protocol: "HTTPS" },
    serverTls: { mode: "SIMPLE", credentialName: "c" },
    tls: { mode: "SIMPLE" },
  },
  bare: {
    server: { number: 443, protocol: "HTTPS" },
    serverTls: { mode: "ISTIO_MUTUAL" },
    tls: { mode: "DISABLE" },
  },
} as const;
/** Where the second gateway is called. */
export function innerOf(link: Link): object {
  return { destination: { host, port: { number: links[link].server.number } } };
}

/** One of these. */
export type Link = keyof typeof links;

/** A policy at one of the proxies. */
export interface Placed {
  readonly app: "ingress" | "inner" | "orders";
  readonly action: string;
  readonly rules: readonly PolicyRule[];
}

/** An ingress gateway that sends some requests on to another gateway. */
export function twoGateways(
  policies: readonly Placed[],
  link: Link,
  inner: readonly object[],
  extra: readonly object[] = [],
): Mesh {
  const { server, serverTls, tls } = { serverTls: undefined, tls: undefined, ...links[link] };
  const to = { destination: { host, port: { number: server.number } } };
  return journeyMesh([], {
    routes: [{ match: [{ uri: { prefix: "/out" } }], route: [toOther] }, { route: [to] }],
    more: [
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          name: "inner",
          namespace: "edge",
          labels: { app: "inner" },
          annotations: { "inject.istio.io/templates": "gateway" },
        },
        spec: {
          serviceAccountName: "inner",
          containers: [{ name: "istio-proxy", args: ["proxy", "router"] }],
        },
        status: { podIP: "10.9.0.9" },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "inner", namespace: "edge" },
        spec: {
          selector: { app: "inner" },
          ports: [
            { name: "http", port: 80, targetPort: 80 },
            { name: "https", port: 443, targetPort: 443 },
          ],
        },
      },
      named("Gateway", "inner", {
        selector: { app: "inner" },
        servers: [
          {
            port: { ...server, name: "s" },
            hosts: ["*"],
            ...(serverTls ? { tls: serverTls } : {}),
          },
        ],
      }),
      named("VirtualService", "inner", { hosts: ["*"], gateways: ["inner"], http: inner }),
      ...extra,
      ...(tls ? [named("DestinationRule", "inner", { host, trafficPolicy: { tls } })] : []),
      ...policies.map(({ app, action, rules }, index) =>
        named("AuthorizationPolicy", `${app === "orders" ? "shop" : "edge"}-${index}`, {
          action,
          rules,
          selector: { matchLabels: { app } },
        }),
      ),
    ],
  });
}
