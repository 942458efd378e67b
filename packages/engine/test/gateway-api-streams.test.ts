import { describe, expect, test } from "vitest";
import { programFor } from "../src/istiod/program.ts";
import type { Proxy } from "../src/model/program.ts";
import { meshFrom } from "./gateway-world.ts";

/** What istiod deploys for Gateway `edge` of namespace shop. */
const edge: Proxy = {
  kind: "gateway",
  namespace: "shop",
  name: "edge-1",
  labels: { "gateway.networking.k8s.io/gateway-name": "edge" },
  serviceAccount: "edge-istio",
  addresses: ["10.9.9.10"],
  ports: [],
};

function gatewayOf(...listeners: readonly string[]): string {
  const all = listeners.map((each, index) => {
    const allowed = each.includes("allowedRoutes")
      ? ""
      : ", allowedRoutes: {namespaces: {from: All}}";
    return `{name: l${index}, port: 9000, ${each}${allowed}}`;
  });
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [${all.join(", ")}]}
---`;
}

interface Made {
  readonly kind?: string;
  readonly namespace?: string;
  readonly at?: string; // a year
  readonly hosts?: string;
  readonly weight?: number;
}

function route(name: string, to: string, made: Made = {}): string {
  const { kind = "TCPRoute", namespace = "shop", at = "2020", hosts, weight = 1 } = made;
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: "${at}-01-01T00:00:00Z"}
spec:
  parentRefs: [{name: edge, namespace: shop}]
  ${hosts === undefined ? "" : `hostnames: [${hosts}]`}
  rules: [{backendRefs: [{name: ${to}, namespace: ${namespace}, port: 1, weight: ${weight}}]}]
---`;
}

/** The chains of the gateway: their server names, and where they lead. */
function chainsOf(text: string, istio = "1.31"): readonly string[] {
  const { listeners } = programFor(meshFrom(text, { istio }), edge);
  return listeners.flatMap(({ chains, refused }) =>
    refused
      ? ["refused"]
      : chains.map(({ match, forwards = [] }) => {
          const to = forwards.map(({ host }) => host.replace(".svc.cluster.local", ""));
          return `${match.serverNames ?? "-"} ${to}`;
        }),
  );
}

const tcp = "protocol: TCP";
const passed = "protocol: TLS, tls: {mode: Passthrough}";
const ended = "protocol: TLS, tls: {certificateRefs: [{name: c}]}";
const both = `${route("bytes", "a")}${route("tls", "b", { kind: "TLSRoute", hosts: "x.test" })}`;

// istiod 1.31 and Envoy 1.39.3 do the same; recorded as streams-*
describe("of listeners of one port that are not distinct the first is there", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["bytes", [tcp, passed], ["- a.shop"]],
    ["TLS", [passed, tcp], ["x.test b.shop"]],
    [
      "one host twice",
      [`${passed}, hostname: x.test`, `${ended}, hostname: x.test`],
      ["x.test b.shop"],
    ],
    [
      "another host",
      [`${passed}, hostname: x.test`, `${ended}, hostname: y.test`],
      ["x.test b.shop", "y.test a.shop"],
    ],
  ])("%s", (_name, listeners, chains) => {
    expect(chainsOf(gatewayOf(...listeners) + both)).toEqual(chains);
  });

  test("before 1.31 nobody looks, and Envoy refuses two chains for one name", () => {
    const own = "allowedRoutes: {namespaces: {from: Same}}";
    const text =
      gatewayOf(`${ended}, hostname: x.test`, `${ended}, hostname: x.test, ${own}`) + both;
    expect(chainsOf(text, "1.30")).toEqual(["refused"]);
    expect(chainsOf(text)).toHaveLength(1);
  });
});

describe("of several routes the first decides", () => {
  test.each<[string, string, string]>([
    ["the older", route("b", "old", { at: "2019" }) + route("a", "new"), "- old.shop"],
    ["by name, of one second", route("b", "second") + route("a", "first"), "- first.shop"],
    [
      "of the gateway's namespace",
      route("a", "old", { at: "2019", namespace: "far" }) + route("b", "own"),
      "- own.shop",
    ],
  ])("%s", (_name, routes, chain) => {
    expect(chainsOf(gatewayOf(tcp) + routes)).toEqual([chain]);
  });
});

test("without a weight bytes go nowhere, and TLS has no chain", () => {
  expect(chainsOf(gatewayOf(tcp) + route("a", "a", { weight: 0 }))).toEqual([
    "- internal.cluster.local",
  ]);
  const tls = route("a", "a", { weight: 0, kind: "TLSRoute", hosts: "x.test" });
  expect(chainsOf(gatewayOf(passed) + tls)).toEqual([]);
  expect(chainsOf(gatewayOf(ended) + tls)).toEqual([]);
});
