import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

function hintsFor(spec: string): readonly (string | undefined)[] {
  const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec:
${spec}`;
  const { findings } = loadMesh({ files: [{ path: "p.yaml", text }], istio: "1.31" });
  return findings.filter(({ code }) => code === "schema/unknown-field").map(({ hint }) => hint);
}

test.each([
  [
    "below its selector",
    "  selector:\n  matchLabels: { app: a }\n  rules: [{}]",
    ["it belongs below `selector`"],
  ],
  [
    "below its source and operation",
    "  rules:\n  - from:\n    - source:\n      principals: [a]\n    to:\n    - operation:\n      paths: [/a]",
    ["it belongs below `source`", "it belongs below `operation`"],
  ],
  ["in a rule", "  from: [{ source: { principals: [a] } }]", ["it belongs in an item of `rules`"]],
  ["as it is nearly called", "  rule: [{}]", ["did you mean `rules`?"]],
])("of a field that was indented too little is said where it belongs: %s", (_, spec, hints) => {
  expect(hintsFor(spec)).toEqual(hints);
});
