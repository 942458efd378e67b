import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

/** A policy that is right but for one thing. */
function policy(spec: string, metadata = ""): string {
  return `{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: p, namespace: foo${metadata} }, spec: { ${spec} } }`;
}

function onPaths(value: string): string {
  return policy(`rules: [{ to: [{ operation: { paths: ["${value}"] } }] }]`);
}

test.each<readonly [id: string, text: string, said: "error" | "warning" | undefined, word: string]>(
  [
    ["az:T140", onPaths("/a/{id}"), "error", "{id}"],
    ["az:T141", onPaths("/a/{*}.txt"), "error", "{*}.txt"],
    ["az:T142", onPaths("/{**}/a/{*}"), "error", "{**}"],
    ["az:T143", onPaths("/{**}/a"), undefined, ""],
    ["az:T144", policy("rules: [{ to: [{ operation: { ports: [80] } }] }]"), "error", "ports"],
    ["az:T145", policy("selector: {}, rules: [{}]"), "warning", "selector"],
    [
      "az:T146",
      policy("targetRefs: [], selector: { matchLabels: { app: x } }, rules: [{}]"),
      "error",
      "targetRefs",
    ],
    [
      "az:T147",
      policy("action: AUDIT, rules: [{}]", ', annotations: { istio.io/dry-run: "true" }'),
      "error",
      "dry-run",
    ],
    [
      "az:T148",
      policy('action: DENY, rules: [{ when: [{ key: "request.headers[x]", values: ["1"] }] }]'),
      undefined,
      "",
    ],
    [
      "az:T149",
      policy("action: DENY, rules: [{ from: [{ source: { trustDomains: [x] } }] }]"),
      "warning",
      "TCP",
    ],
    [
      "az:T150",
      policy('rules: [{ when: [{ key: source.ip, values: ["10.0.0.0/8"], notValues: [""] }] }]'),
      "error",
      "notValues",
    ],
  ],
)("%s: %s", (_id, text, said, word) => {
  const { findings } = loadMesh({ files: [{ path: "policy.yaml", text }], istio: "1.31" });
  expect(findings.map(({ severity }) => severity)).toEqual(said === undefined ? [] : [said]);
  expect(findings.map(({ message, hint = "" }) => `${message} ${hint}`).join("\n")).toContain(word);
});
