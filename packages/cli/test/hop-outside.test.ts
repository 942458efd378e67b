import { expect, test } from "vitest";
import { authz, type Ran } from "./program.ts";

const mesh = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { serviceAccountName: web, containers: [{ name: istio-proxy, args: [proxy, sidecar] }] }
status: { podIP: 10.0.0.5 }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop }
spec: { hosts: [db], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS, location: MESH_EXTERNAL }
`;

function asked(hop: string): Promise<Ran> {
  const suite = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: out }
spec:
  mesh: mesh.yaml
  environment: { istio: "1.31" }
  tests:
  - name: web gets to the database
    request: { from: pod/shop/web, to: "http://db/" }
    expect: { decision: allow, hop: ${hop} }
`;
  return authz(
    { "mesh.yaml": mesh, "out.suite.yaml": suite },
    "test",
    "out.suite.yaml",
    "--allow-empty",
  );
}

test("the last hop of a request out of the mesh is called by its host, with a dot or without", async () => {
  expect((await asked("db")).code).toBe(0);
});

test("another bare name is one that the request did not come to, unless it is nearly a word", async () => {
  const [other, misspelt] = [await asked("other"), await asked("gatway")];
  expect([other.code, other.out]).toEqual([1, expect.stringContaining("other")]);
  expect([misspelt.code, misspelt.err]).toEqual([2, expect.stringContaining("did you mean")]);
});
