import { expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { outboundBytes } from "../src/istiod/route/outbound-tcp.ts";
import { client, routeMesh, waysText } from "./route-world.ts";

const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: api, namespace: c}
spec: {hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS, location: MESH_EXTERNAL}
`;

test.each<[string, number]>([
  ["api.example.com", 1],
  ["other.example.org", 0],
])("a ServiceEntry without an address takes TLS by its own name only: %s", (sni, count) => {
  const mesh = routeMesh(entry, { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } });
  const to = { port: 443, service: "api.example.com" };
  expect(outboundBytes(mesh, client, to, sni).to).toHaveLength(count);
  expect(waysText(outboundBytes(mesh, client, to).to)).toBe("nowhere"); // bytes without TLS
});

test.each([
  [{}, "allow"],
  [{ sni: "api.example.com" }, "allow"],
  [{ sni: "other.example.org" }, "deny"],
])(
  "the server name that is stated picks the way out, not the host of the URL: %o",
  (stated, decision) => {
    const mesh = routeMesh(entry, { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } });
    const request = { from: "sa/c/web", to: "https://api.example.com/", ...stated };
    expect(evaluate(mesh, request, { dataPlane: "sidecar" }).decision).toBe(decision);
  },
);
