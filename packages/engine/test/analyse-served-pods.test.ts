import { expect, test } from "vitest";
import { matrix, prove, whoCan } from "../src/analyse.ts";
import { loadMesh } from "../src/index.ts";
import type { Mesh } from "../src/model/mesh.ts";

/** A waypoint whose policy lets nobody in on port 8080; pods have that port, the Service 80. */
function meshOf(labels: string): Mesh {
  const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { clusterIP: 10.96.0.9, selector: { app: orders }, ports: [{ port: 80, targetPort: 8080, name: http }] }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop, labels: { app: orders } }
spec: { containers: [{ name: app }] }
status: { podIP: 10.9.9.9 }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop, labels: { ${labels} } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: service, namespace: shop }
spec: { targetRefs: [{ kind: Service, group: "", name: orders }] }
`;
  return loadMesh({ files: [{ path: "mesh.yaml", text }], istio: "1.31" }).mesh;
}

const options = {
  only: ({ name }: { readonly name: string }): boolean => name.startsWith("waypoint/"),
};

test.each([
  ["", "nobody"],
  ["istio.io/waypoint-for: service", "nobody"],
  ["istio.io/waypoint-for: none", "nobody"],
  ["istio.io/waypoint-for: workload", "a pod itself"],
  ["istio.io/waypoint-for: all", "a pod itself"],
])("a waypoint with %j leads %s through to its pods", (labels, who) => {
  const mesh = meshOf(labels);
  const isLed = who !== "nobody";
  for (const access of whoCan(mesh, {}, options)) {
    expect(access.undecided).toEqual([]);
    expect([access.nobody === true, access.regions.some(({ text }) => text.includes(who))]).toEqual(
      [!isLed, isLed && access.everyone !== true],
    );
  }
  const cells = new Set(matrix(mesh, options).cells.map(({ allowed }) => allowed));
  expect(cells.has("none") && cells.size === 1).toBe(!isLed);
  const [proof] = prove(mesh, [{ name: "none", expect: "never-allowed" }], options);
  const holds = labels.endsWith("none") ? "holds-vacuously" : "holds"; // then nothing comes to it at all
  expect(proof?.result).toBe(isLed ? "violated" : holds);
});
