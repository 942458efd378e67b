import { loadMesh } from "@meshproof/engine";
import type { Requests } from "@meshproof/engine/analyse";

/** What Istio's webhook would say of the values, if they stood in the rule of a policy. */
export function valueFaults({ from, to, when }: Requests): readonly string[] {
  if (from === undefined && to === undefined && when === undefined) return [];
  const policy = {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "invariant", namespace: "default" },
    spec: { action: "ALLOW", rules: [{ from, to, when }] },
  };
  const { findings } = loadMesh({ files: [{ path: "requests", text: JSON.stringify(policy) }] });
  return findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
}
