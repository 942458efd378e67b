import { expect, test } from "vitest";
import type { HttpSettings } from "../src/model/program.ts";
import { gateway, meshFrom, programOf } from "./gateway-world.ts";

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
