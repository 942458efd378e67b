import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
`;

test.each([
  ["shop/kustomization.yaml", "namespace: prod\nresources: [orders.yaml]\n", ["`namespace`"]],
  [
    "kustomization.yml",
    "patches: [{ path: a.yaml }]\nnamePrefix: a-\n",
    ["`namePrefix`, `patches`"],
  ],
  ["kustomization.yaml", "resources: [orders.yaml]\nlabels: []\n", []],
  ["values.yaml", "namespace: prod\n", []],
])("%s that says %j and no kind", (path, text, named) => {
  const { findings, mesh } = loadMesh({
    files: [
      { path: "orders.yaml", text: policy },
      { path, text },
    ],
  });
  expect(findings.map(({ code }) => code)).toEqual(named.map(() => "load/kustomization"));
  expect(findings.map(({ message }) => /\((.*)\)/.exec(message)?.[1])).toEqual(named);
  expect(mesh.authorizationPolicies).toHaveLength(1);
});
