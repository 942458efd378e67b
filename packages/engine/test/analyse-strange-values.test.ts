import { expect, test } from "vitest";
import type { Invariant, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadMesh } from "../src/load.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { JwtRule, PolicyRule } from "../src/model/policy.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const jwtRules = [
  {
    issuer: "https://i",
    jwksUri: "https://i/keys",
    outputClaimToHeaders: [{ header: "x-sub", claim: "sub" }],
  },
];
const always: Stated = { action: "ALLOW", rules: [{}] };

function header(value: string): PolicyRule {
  return { when: [{ key: "request.headers[x-sub]", values: [value] }] };
}

function subject(text: string): PolicyRule {
  return { from: [{ source: { requestPrincipals: [`https://i/${text}`] } }] };
}

function proofOf(mesh: Mesh, requests: NonNullable<Invariant["requests"]>): Proof {
  const target = { namespace: "prod" };
  const asked = { protocol: "http", ...requests } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests: asked, expect: "never-allowed" }]);
  if (!proof) throw new Error("no proof");
  return proof;
}

/** As a real Envoy does: the header has the UTF-8 of the subject, and is not written for an empty one. */
test.each([
  ["DENY", "*", "", "violated"],
  ["DENY", "*", "a", "holds"],
  ["DENY", "é", "é", "holds"],
  ["DENY", "é", "Ã©", "violated"],
  ["DENY", "é*", "ég", "holds"],
  ["DENY", "*é", "gé", "holds"],
  ["ALLOW", "é", "é", "violated"],
  ["ALLOW", "é", "Ã©", "holds"],
  ["ALLOW", "*", "", "holds"],
  ["ALLOW", "*", " ", "violated"],
] as const)(
  "a header that repeats the subject: %s of %j, of a token with %j: %s",
  (action, value, sub, result) => {
    const other: Stated[] = action === "DENY" ? [always] : [];
    const mesh = worldOf([...other, { action, rules: [header(value)] }], { jwtRules });
    expect(proofOf(mesh, subject(sub)).result).toBe(result);
  },
);

test("no star stands for a line feed, which a subject may hold", () => {
  const token = { from: [{ source: { requestPrincipals: ["*"] } }] };
  const rule = { issuer: "https://i", jwksUri: "https://i/keys" };
  const mesh = worldOf([always, { action: "DENY", rules: [token] }], { jwtRules: [rule] });
  expect(proofOf(mesh, subject("a\nb")).result).toBe("violated");
  expect(proofOf(mesh, subject("ab")).result).toBe("holds");
  const [witness] = proofOf(mesh, subject("a\nb")).violations.flatMap(({ regions }) => regions);
  expect(witness?.witness.claims).toEqual({ iss: "https://i", sub: "a\nb" });
});

test("what a prefix takes and no star does is said to have a line feed", () => {
  const rule = { issuer: "https://i", jwksUri: "https://i/keys" };
  const [before, after] = ["https://i/admin-*", "*"].map((one) =>
    worldOf([{ action: "ALLOW", rules: [{ from: [{ source: { requestPrincipals: [one] } }] }] }], {
      jwtRules: [rule],
    }),
  ) as [Mesh, Mesh];
  const told = diffMeshes(before, after).diffs.flatMap(({ changes }) =>
    changes.flatMap(({ kind, regions }) => regions.map(({ text }) => [kind, text])),
  );
  expect(told).toEqual([
    ["newly-allowed", "claim iss is https://i and claim sub is * except admin-*"],
    ["newly-denied", "claim iss is https://i and claim sub is admin-* with a line feed"],
  ]);
});

const unwritten = (name: string): JwtRule => ({
  issuer: `https://${name}`,
  jwksUri: `https://${name}/keys`,
});

/** A request whose header cannot be sent on ends with 503, whatever policies say. */
test.each([
  ["written to a header", jwtRules, "holds"],
  ["written to none", [unwritten("i")], "violated"],
  ["of another issuer's", [...jwtRules, unwritten("j")], "violated"],
] as const)("a subject with a line feed, %s", (_, rules, result) => {
  const allowed = { from: [{ source: { requestPrincipals: ["https://i/a*", "https://j/a*"] } }] };
  const mesh = worldOf([{ action: "ALLOW", rules: [allowed] }], { jwtRules: rules });
  const proof = proofOf(mesh, { from: [{ source: { notRequestPrincipals: ["*"] } }] });
  expect([proof.result, proof.undecided]).toEqual([result, []]);
  const witnesses = proof.violations.flatMap(({ regions }) => regions);
  const issuer = rules.at(-1)?.issuer;
  for (const { witness } of witnesses) expect(witness.claims).toEqual({ iss: issuer, sub: "a\n" });
});

test("nor for one in a server name, of which all else is looked at", () => {
  const any = { when: [{ key: "connection.sni", values: ["*"] }] };
  const mesh = worldOf([always, { action: "DENY", rules: [any] }]);
  const broken = { when: [{ key: "connection.sni", values: ["a\nb"] }] };
  expect(proofOf(mesh, broken).result).toBe("violated");
  expect(proofOf(mesh, { when: [{ key: "connection.sni", values: ["A b"] }] }).result).toBe(
    "holds-vacuously",
  );
});

const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "trustDomain: Corp_1.Example" }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: a, namespace: prod }
spec: { rules: [{ from: [{ source: { principals: [Corp.Example/ns/a/sa/b] } }] }] }
`;

test.each(["true", "false"])("a trust domain may have capitals, skipping checks: %s", (skips) => {
  const { mesh } = loadMesh({
    files: [{ path: "a.yaml", text: text.replace("Corp_1", "Corp") }],
    istio: "1.31",
    features: { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: skips },
  });
  const source = { principals: ["Corp.Example/ns/a/sa/*"] };
  const proof = proofOf(mesh, { from: [{ source }] });
  expect(proof.result).toBe("violated");
  for (const { witness } of proof.violations.flatMap(({ regions }) => regions))
    expect(evaluate(mesh, witness.request).decision).toBe("allow");
});

test("what HTTP/2 alone takes is shown as it is sent", () => {
  const allowed = { when: [{ key: "request.headers[x-h]", values: [" é "] }] };
  const mesh = worldOf([{ action: "ALLOW", rules: [allowed] }]);
  const [region] = proofOf(mesh, allowed).violations.flatMap(({ regions }) => regions);
  expect(region?.witness.request.http).toEqual({
    method: "GET",
    path: "/",
    version: "2",
    headers: { "x-h": [" é "] },
  });
});
