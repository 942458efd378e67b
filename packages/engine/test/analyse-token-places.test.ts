import { expect, test } from "vitest";
import type { Expectation, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { JwtRule, PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { type Stated, worldOf } from "./analyse-world.ts";

const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };
const keys = { "https://i": "trusted", "https://j": "trusted" };
const bearer = [{ name: "authorization", prefix: "Bearer " }];
const own = [{ name: "x-jwt" }];

const places: readonly [JwtRule, ...JwtRule[]] = [
  { fromHeaders: bearer },
  { fromHeaders: own },
  { fromHeaders: [...own, ...bearer] },
  { fromHeaders: own, fromParams: ["t"] },
  { fromParams: ["t"] },
];

function anyRule(dice: Dice): JwtRule {
  const audiences = dice.pick([{}, {}, { audiences: ["v"] }, { audiences: ["w"] }]);
  const issuer = dice.pick(["https://i", "https://i", "https://j"]);
  const forward = dice.chance(0.4) ? { forwardOriginalToken: true } : {};
  return { ...named(issuer), ...dice.pick(places), ...audiences, ...forward };
}

function named(issuer: string): { readonly issuer: string; readonly jwksUri: string } {
  return { issuer, jwksUri: `${issuer}/keys` };
}

const conditions: readonly [PolicyRule, ...PolicyRule[]] = [
  { when: [{ key: "request.headers[authorization]", values: ["Bearer *"] }] },
  { when: [{ key: "request.headers[authorization]", values: ["*"] }] },
  { when: [{ key: "request.headers[x-jwt]", values: ["*"] }] },
  { when: [{ key: "request.headers[x-jwt]", notValues: ["ey*"] }] },
  { from: [{ source: { requestPrincipals: ["*"] } }] },
  {},
];

function anyPolicy(dice: Dice): Stated {
  return { action: dice.pick(["ALLOW", "DENY"]), rules: [dice.pick(conditions)] };
}

/** A token that is sent where some rule about its issuer looks for one. */
interface Sent {
  readonly claims: { readonly iss: string; readonly aud?: string };
  readonly token: { readonly raw: string; readonly header?: string; readonly param?: string };
}

function anySent(dice: Dice, rules: readonly JwtRule[]): Sent | undefined {
  const rule = rules[dice.below(rules.length)] ?? {};
  const { issuer = "", fromHeaders = [], fromParams = [] } = rule;
  const aud = dice.pick<string | undefined>([undefined, "v", "w"]);
  const claims = { iss: issuer, ...(aud ? { aud } : {}) };
  const raw = unsigned(claims);
  const [all = { raw }, ...others] = [
    ...fromHeaders.map(({ name, prefix = "" }) => ({ raw, header: name, prefix })),
    ...fromParams.map((param) => ({ raw, param })),
  ];
  return { claims, token: dice.pick([all, ...others]) };
}

function unsigned(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.unsigned`;
}

function isAllowed(mesh: Mesh, { token }: Sent): boolean {
  const { raw } = token;
  const to = { namespace: "prod", port: 8080, protocol: "http" } as const;
  const request = { from: "none", to, transport: "plaintext", http: "GET /", token } as const;
  const { decision } = evaluate(mesh, request, { keys, signatures: { [raw]: "valid" } });
  expect(["allow", "deny"]).toContain(decision);
  return decision === "allow";
}

/** Requests of the grammar that this one is one of. */
function asked({ claims, token }: Sent): PolicyRule {
  const headers = ["authorization", "x-jwt"].map((name) => {
    const key = `request.headers[${name}]`;
    const there = name === "x-jwt" ? ["ey*"] : ["Bearer ey*"];
    return token.header === name ? { key, values: there } : { key, notValues: ["*"] };
  });
  const { iss, aud } = claims;
  const audience = {
    key: "request.auth.claims[aud]",
    ...(aud ? { values: [aud] } : { notValues: ["*"] }),
  };
  return {
    from: [{ source: { notPrincipals: ["*"] } }],
    when: [{ key: "request.auth.claims[iss]", values: [iss] }, audience, ...headers],
  };
}

function proofOf(mesh: Mesh, sent: Sent, expected: Expectation): Proof | undefined {
  const requests = { protocol: "http", ...asked(sent) } as const;
  return prove(mesh, [{ name: "it", requests, expect: expected }], here)[0];
}

const rounds = Number(process.env["ANALYSE"] ?? 40);

test("of rules that look for tokens in different places what is proved is what the evaluator says", () => {
  let decided = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 7103);
    const jwtRules = Array.from({ length: 1 + dice.below(3) }, () => anyRule(dice));
    const policies = Array.from({ length: 1 + dice.below(2) }, () => anyPolicy(dice));
    const mesh = worldOf(policies, { jwtRules, mtls: "PERMISSIVE" });
    for (let each = 0; each < 6; each += 1) {
      const sent = anySent(dice, jwtRules);
      if (!sent) continue;
      const text = JSON.stringify({ round, jwtRules, policies, sent });
      const expected = isAllowed(mesh, sent) ? "never-allowed" : "always-allowed";
      const { result = "", violations = [] } = proofOf(mesh, sent, expected) ?? {};
      expect(["violated", "undecided"], `${text} ${expected}`).toContain(result);
      if (violations.length > 0) decided += 1;
    }
  }
  expect(decided).toBeGreaterThan(rounds * 3);
});

test("an audience that only one of two places asks for is seen to change", () => {
  const of = (more: JwtRule): Mesh =>
    worldOf([], {
      jwtRules: [
        { ...named("https://i"), fromParams: ["t"] },
        { ...named("https://i"), ...more },
      ],
    });
  const diff = diffMeshes(of({}), of({ audiences: ["w"] }), here);
  expect(diff.diffs.flatMap(({ undecided }) => undecided)).toEqual([]);
  expect(diff.result).toBe("narrower");
  const texts = diff.diffs.flatMap(({ changes }) =>
    changes.flatMap(({ regions }) => regions.map(({ text }) => text)),
  );
  const sent =
    'token place is one of parameter access_token, header authorization behind "Bearer "';
  expect(texts).toEqual([`claim iss is https://i and claim aud has not w and ${sent}`]);
});
