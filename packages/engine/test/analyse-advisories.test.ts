import { expect, test } from "vitest";
import { prove } from "../src/analyse/prove.ts";
import { loadMesh } from "../src/load.ts";

type Normalization = "NONE" | "BASE" | "MERGE_SLASHES" | "DECODE_AND_MERGE_SLASHES";

/** Whether a path gets past a DENY of `/x/admin`, which an application behind it may take for the same. */
function passes(path: string, normalization: Normalization): string | undefined {
  const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {action: DENY, rules: [{to: [{operation: {paths: [/x/admin], ports: ["80"]}}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: "pathNormalization: {normalization: ${normalization}}"}
`;
  const { mesh } = loadMesh({ files: [{ path: "p.yaml", text }], istio: "1.31" });
  const requests = {
    protocol: "http" as const,
    to: [{ operation: { paths: [path], ports: ["80"] } }],
  };
  return prove(mesh, [{ name: "it", requests, expect: "never-allowed" }])[0]?.result;
}

/** Where a path cannot be there once it is normalised, there is no such request. */
test.each([
  ["ISTIO-SECURITY-2021-005", "/x//admin", ["NONE", "BASE"]],
  ["ISTIO-SECURITY-2021-005", "/x%2Fadmin", ["NONE", "BASE", "MERGE_SLASHES"]],
  ["ISTIO-SECURITY-2021-005", "/x%2fadmin", ["NONE", "BASE", "MERGE_SLASHES"]],
  ["ISTIO-SECURITY-2021-005", "/x%5Cadmin", ["NONE", "BASE", "MERGE_SLASHES"]],
  ["ISTIO-SECURITY-2021-005", "/x%5cadmin", ["NONE", "BASE", "MERGE_SLASHES"]],
  ["ISTIO-SECURITY-2019-007", "/x/y/../admin", ["NONE"]],
] as const)(
  "%s: %s goes around a DENY in settings that leave it as it is",
  (_, path, vulnerable) => {
    for (const setting of ["NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"] as const) {
      const isVulnerable = vulnerable.some((each) => each === setting);
      expect([setting, passes(path, setting)]).toEqual([
        setting,
        isVulnerable ? "violated" : "holds-vacuously",
      ]);
    }
  },
);
