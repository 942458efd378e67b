import { expect, test } from "vitest";
import { authz } from "./program.ts";

const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders }
spec: { rules: [{ to: [{ operation: { methods: [GET] } }] }] }
`;
const invariants = `apiVersion: meshproof.dev/v1alpha1
kind: Invariants
spec:
  mesh: a.yaml
  environment: { istio: "1.31" }
  invariants: [{ name: one, expect: never-allowed }]
`;
const line = '{"from":"sa/shop/web","to":"ns/default,app=a:8080","http":"GET /"}\n';
const files = { "a.yaml": policy, "invariants.yaml": invariants, "-": line };
const told = "authz: assumed: namespace default: AuthorizationPolicy/orders";

const commands: readonly (readonly [string, ...string[]])[] = [
  ["lint", "a.yaml"],
  ["lint", "a.yaml", "--diff"],
  ["diff", "a.yaml", "a.yaml"],
  ["prove", "invariants.yaml"],
  ["who-can", "ns/default", "-f", "a.yaml"],
  ["what-can", "none", "-f", "a.yaml"],
  ["matrix", "-f", "a.yaml"],
  ["describe", "ns/default", "-f", "a.yaml"],
  ["decide", "-f", "a.yaml"],
];

test.each(commands)("authz %s %s says once which namespace it assumes", async (...args) => {
  const { err } = await authz(files, ...args);
  expect(err.split(told)).toHaveLength(2);
});

test.each(commands)("authz %s %s assumes none where one is stated", async (...args) => {
  const stated = { ...files, "a.yaml": policy.replace("orders }", "orders, namespace: default }") };
  expect((await authz(stated, ...args)).err).not.toContain("assumed: namespace");
  if (args[0] !== "decide")
    expect((await authz(files, ...args, "-n", "default")).err).not.toContain("assumed: namespace");
});
