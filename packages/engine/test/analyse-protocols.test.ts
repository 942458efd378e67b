import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { prove } from "../src/analyse/prove.ts";
import { meshFrom } from "./gateway-world.ts";

const mesh = meshFrom(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{}]}
`);

function proofOf(invariant: Omit<Invariant, "name">): readonly (string | undefined)[] {
  const [proof]: readonly (Proof | undefined)[] = prove(mesh, [{ name: "it", ...invariant }]);
  return [proof?.result, ...(proof?.violations ?? []).map(({ protocol }) => protocol)];
}

test("requests of one protocol are no requests of the other, however deep that is said", () => {
  expect(proofOf({ expect: { "allowed-only-if": [{ protocol: "tcp" }] } })).toEqual([
    "violated",
    "http",
  ]);
  expect(proofOf({ requests: { not: { protocol: "http" } }, expect: "never-allowed" })).toEqual([
    "violated",
    "tcp",
  ]);
  expect(proofOf({ requests: { anyOf: [{ protocol: "http" }] }, expect: "never-allowed" })).toEqual(
    ["violated", "http"],
  );
  const both = [{ protocol: "tcp" }, { protocol: "http" }] as const;
  expect(proofOf({ expect: { "allowed-only-if": both } })).toEqual(["holds"]);
});
