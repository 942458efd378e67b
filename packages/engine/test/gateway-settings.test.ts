import { expect, test } from "vitest";
import { proxyOf } from "../src/kubernetes/proxy.ts";
import type { ProxyConfig } from "../src/model/mesh-config.ts";
import type { HttpSettings } from "../src/model/program.ts";
import { gateway, meshFrom, programOf } from "./gateway-world.ts";
import { handMesh, handWorkload } from "./mesh.ts";

const server = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: istio-system}
spec: {servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}]}
---`;

function settings(defaultConfig: string, istio = "1.31"): HttpSettings | undefined {
  const config = `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "defaultConfig: ${defaultConfig}"}`;
  const [listener] = programOf(meshFrom(server + config, { istio }), gateway).listeners;
  return listener?.chains[0]?.http;
}

test.each<[string, Partial<HttpSettings>]>([
  ["{}", { remoteAddress: "peer", trustedHops: 0, clientCertHeader: "sanitize-set" }],
  ["{gatewayTopology: {numTrustedProxies: 2}}", { trustedHops: 2 }],
  [
    "{gatewayTopology: {forwardClientCertDetails: APPEND_FORWARD}}",
    { clientCertHeader: "append-forward" },
  ],
  [
    "{connectionSettings: {profile: EDGE}}",
    { mergeSlashes: true, escapedSlashes: "redirect", underscores: "reject" },
  ],
  [
    "{connectionSettings: {profile: EDGE, httpMergeSlashes: false, httpPathWithEscapedSlashesAction: KEEP_UNCHANGED}}",
    { mergeSlashes: false, escapedSlashes: "keep", underscores: "reject" },
  ],
])("%s", (defaultConfig, expected) => {
  expect(settings(defaultConfig)).toMatchObject(expected);
});

test("before 1.31 there is no profile for the edge", () => {
  expect(settings("{connectionSettings: {profile: EDGE}}", "1.30")).toMatchObject({
    mergeSlashes: false,
    escapedSlashes: "keep",
    underscores: "keep",
  });
});

test("what the pod says of itself counts over what the mesh says", () => {
  const proxy = {
    ...gateway,
    config: { gatewayTopology: { numTrustedProxies: 2 }, connectionSettings: { profile: "EDGE" } },
  };
  const [listener] = programOf(meshFrom(server), proxy).listeners;
  expect(listener?.chains[0]?.http).toMatchObject({ trustedHops: 2, mergeSlashes: true });
});

/** As mesh.ApplyProxyConfig of Istio 1.28, 1.29 and 1.32-dev lays an annotation over the mesh's proxy config. */
test.each<[string, ProxyConfig, Partial<HttpSettings>]>([
  [
    "nothing",
    {},
    { trustedHops: 2, forwardedPort: true, keepsRequestIds: true, mergeSlashes: true },
  ],
  [
    "a topology",
    { gatewayTopology: { proxyProtocol: {} } },
    { trustedHops: 0, clientCertHeader: "sanitize-set", forwardedPort: true },
  ],
  ["an empty topology", { gatewayTopology: {} }, { trustedHops: 0 }],
  [
    "a header",
    { proxyHeaders: { attemptCount: { disabled: true } } },
    { trustedHops: 2, keepsRequestIds: true, uncounted: true },
  ],
  [
    "connections",
    { connectionSettings: { httpMergeSlashes: false } },
    { mergeSlashes: false, underscores: "keep" },
  ],
])("a part that the pod says replaces all that the mesh says of it: %s", (_, config, expected) => {
  const mesh = `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |
    defaultConfig:
      gatewayTopology: {numTrustedProxies: 2, forwardClientCertDetails: APPEND_FORWARD}
      connectionSettings: {profile: EDGE}
      proxyHeaders: {xForwardedPort: {enabled: true}, requestId: {disabled: true}}`;
  const [listener] = programOf(meshFrom(server + mesh), { ...gateway, config }).listeners;
  const http = listener?.chains[0]?.http;
  expect(http).toMatchObject(expected);
  if (config["proxyHeaders"]) expect(http?.forwardedPort).toBeUndefined();
});

test("the pod's annotation is its proxy config", () => {
  const workload = handWorkload("Deployment/edge/gw", {
    annotations: { "proxy.istio.io/config": "gatewayTopology:\n  numTrustedProxies: 1\n" },
  });
  expect(proxyOf(handMesh().inventory, workload, "gateway").config).toEqual({
    gatewayTopology: { numTrustedProxies: 1 },
  });
});
