import { expect, test } from "vitest";
import type { Expectation, Proof } from "../src/analyse/api.ts";
import { diffMeshes } from "../src/analyse/diff.ts";
import { prove } from "../src/analyse/prove.ts";
import { evaluate } from "../src/evaluate.ts";
import type { Mesh } from "../src/model/mesh.ts";
import type { JwtRule, PolicyRule } from "../src/model/policy.ts";
import type { Verdict } from "../src/model/verdict.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { type Stated, worldOf } from "./analyse-world.ts";
import { meshFrom, ordersBehindEdge } from "./gateway-world.ts";

const here = { only: ({ name }: { readonly name: string }) => name === "ns/prod" };
const keys = { "https://i": "trusted", "https://j": "trusted" };
const bearer = [{ name: "authorization", prefix: "Bearer " }];
const own = [{ name: "x-jwt" }];

const places: readonly [JwtRule, ...JwtRule[]] = [
  { fromHeaders: bearer },
  { fromHeaders: own },
  { fromHeaders: [{ name: "X-Jwt", prefix: "JWT " }] },
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
  readonly token: {
    readonly raw: string;
    readonly header?: string;
    readonly prefix?: string;
    readonly param?: string;
  };
}

function anySent(dice: Dice, rules: readonly JwtRule[]): Sent {
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
    const isHere = token.header?.toLowerCase() === name;
    return isHere ? { key, values: [`${token.prefix}ey*`] } : { key, notValues: ["*"] };
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
  expect(texts).toEqual([
    `claim iss is https://i and claim aud does not have w in any spelling and ${sent}`,
  ]);
});

const anonymous: Stated = {
  action: "ALLOW",
  rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }],
};

test("whose tokens nobody looks for any more is nobody, and not refused", () => {
  const [own, other] = [named("https://i"), { ...named("https://j"), fromParams: ["t"] }];
  const of = (jwtRules: readonly JwtRule[]): Mesh => worldOf([anonymous], { jwtRules });
  const diff = diffMeshes(of([own, other]), of([own]), here);
  expect(diff.result).toBe("wider");
  const wide = { name: "it", expect: { "no-wider-than": of([own, other]) } };
  expect(prove(of([own]), [wide], here).map(({ result }) => result)).toEqual(["violated"]);
  const same = { ...other, fromParams: ["access_token"] };
  expect(diffMeshes(of([own, same]), of([own]), here).result).toBe("narrower");
});

test("between rules that come, go and look elsewhere what is compared is what the evaluator says", () => {
  let decided = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 5501);
    const drawn = (): readonly JwtRule[] =>
      Array.from({ length: 1 + dice.below(2) }, () => anyRule(dice));
    const policies = Array.from({ length: 1 + dice.below(2) }, () =>
      dice.chance(0.5) ? anonymous : anyPolicy(dice),
    );
    const rules = [drawn(), drawn()] as const;
    const [old, young] = rules.map((jwtRules) =>
      worldOf(policies, { jwtRules, mtls: "PERMISSIVE" }),
    );
    if (!old || !young) continue;
    for (let each = 0; each < 6; each += 1) {
      const sent = anySent(dice, dice.pick(rules));
      if (isAllowed(old, sent) === isAllowed(young, sent)) continue;
      const requests = { protocol: "http", ...asked(sent) } as const;
      const invariant = { name: "it", requests, expect: { "same-as": old } };
      const [{ result = "" } = {}] = prove(young, [invariant], here);
      const text = JSON.stringify({ round, rules, policies, sent });
      expect(["violated", "undecided"], text).toContain(result);
      if (result === "violated") decided += 1;
    }
  }
  expect(decided).toBeGreaterThan(rounds / 20);
});

const way = `${ordersBehindEdge("istio-injection: enabled")}
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: all, namespace: istio-system}
spec: {jwtRules: [{issuer: "https://i", jwksUri: "https://i/keys"}]}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: orders, namespace: shop}
spec: {selector: {matchLabels: {app: orders}}, jwtRules: [{issuer: "https://j", jwksUri: "https://j/keys", fromHeaders: [{name: x-jwt}]}]}
`;

const target = { through: "gateway/shop/edge", namespace: "shop", workload: "orders" };

/** With a valid token of an issuer in a header that only the workload looks at. */
function throughEdge(mesh: Mesh, iss: string): Verdict {
  const raw = unsigned({ iss, sub: "s" });
  const token = { raw, header: "x-jwt", prefix: "" };
  const signatures = { [raw]: "valid" } as const;
  const to = "gateway/shop/edge:80";
  return evaluate(
    mesh,
    { from: "external/10.0.0.1", to, http: "GET /", token },
    { keys, signatures },
  );
}

test("a token that a gateway does not look for passes it, and is read behind it", () => {
  const mesh = meshFrom(way);
  expect(throughEdge(mesh, "https://j").decision).toBe("allow");
  const when = [{ key: "request.auth.claims[iss]", values: ["https://j"] }];
  const requests = { protocol: "http", when } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect(proof?.result).toBe("violated");
});

test("where a gateway looks for tokens of an issuer elsewhere than the workload does, nothing is proved of them", () => {
  const strict = way.replace('"https://i/keys"}', '"https://i/keys", audiences: [v]}');
  const mesh = meshFrom(strict.replaceAll("https://j", "https://i"));
  expect(throughEdge(mesh, "https://i").decision).toBe("allow");
  const when = [
    { key: "request.auth.claims[iss]", values: ["https://i"] },
    { key: "request.auth.audiences", notValues: ["*"] },
  ];
  const requests = { protocol: "http", when } as const;
  const [proof] = prove(mesh, [{ name: "it", target, requests, expect: "never-allowed" }]);
  expect(proof?.result).toBe("undecided");
});
