import { expect, test } from "vitest";
import type { Concrete } from "../src/analyse/answer/values.ts";
import type { Proof } from "../src/analyse/api.ts";
import { jwtProvidersOf } from "../src/analyse/point-program.ts";
import { prove } from "../src/analyse/prove.ts";
import { settingAround } from "../src/analyse/question.ts";
import { encode } from "../src/analyse/solve/encoding.ts";
import { spaceOf } from "../src/analyse/space/space.ts";
import { withPlace } from "../src/analyse/space/token-place.ts";
import type { JwtRule, PolicyRule } from "../src/model/policy.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";
import { allows, sideOf, symbolic } from "./analyse-sides.ts";
import { allowedBy, type Stated, worldOf } from "./analyse-world.ts";

const issuer = { issuer: "https://i", jwksUri: "https://i/keys" };
const bearer = [{ name: "authorization", prefix: "Bearer " }];
const places: readonly [JwtRule, ...JwtRule[]] = [
  issuer,
  { ...issuer, forwardOriginalToken: true },
  { ...issuer, fromHeaders: bearer },
  { ...issuer, fromHeaders: bearer, forwardOriginalToken: true },
  { ...issuer, fromHeaders: [{ name: "X-Jwt" }] },
  { ...issuer, fromHeaders: [{ name: "x-jwt" }, ...bearer], fromParams: ["t"] },
  { ...issuer, fromHeaders: [...bearer, { name: "authorization", prefix: "JWT " }] },
];

const tested = ["authorization", "x-jwt"] as const;
const patterns = ["Bearer *", "*", "Basic *", "Basic x", "*x", "JWT *", "Bearer eyJ*"] as const;

function anyRule(dice: Dice): PolicyRule {
  const key = `request.headers[${dice.pick(tested)}]`;
  const values = dice.some(patterns as readonly [string, ...string[]]);
  const isSigned = dice.chance(0.4);
  return {
    when: [{ key, [dice.chance(0.5) ? "values" : "notValues"]: values }],
    ...(isSigned
      ? {
          from: [
            {
              source: dice.chance(0.5)
                ? { requestPrincipals: ["*"] }
                : { notRequestPrincipals: ["*"] },
            },
          ],
        }
      : {}),
  };
}

const raw = "eyJhbGciOiJSUzI1NiJ9.e30.unsigned";

/** Where the headers say that a token is, there one is, and nowhere else; but for what is no token and says that it is. */
function anyRequest(dice: Dice): Concrete {
  const values = new Map<string, readonly string[]>();
  const token = dice.pick(["none", "https://i", "https://j"]);
  const authorization = dice.pick(["", `Bearer ${raw}`, "Basic x", "Bearer x", "x", `JWT ${raw}`]);
  const own = dice.pick(["", "", "x", raw]);
  values.set("header authorization", authorization === "" ? [] : [authorization]);
  values.set("header x-jwt", own === "" ? [] : [own]);
  if (token !== "none") values.set("claim iss", [token]).set("claim sub", ["s"]);
  const isPreflight = dice.chance(0.3);
  values.set("method", [isPreflight || dice.chance(0.2) ? "OPTIONS" : "GET"]);
  for (const name of ["origin", "access-control-request-method"])
    values.set(`header ${name}`, isPreflight ? ["x"] : []);
  return { values, answers: new Map() };
}

/** Whether a request carries one token at most, where the rule looks for it. */
function isOne({ values }: Concrete, rule: JwtRule, looked: string): boolean {
  const { fromHeaders = bearer, fromParams = rule.fromHeaders ? [] : ["access_token"] } = rule;
  const found = fromHeaders.filter(({ name, prefix = "" }) =>
    values.get(`header ${name.toLowerCase()}`)?.some((value) => value.includes(prefix)),
  );
  const isPreflight = values.get("header origin")?.length === 1;
  if (!values.has("claim iss"))
    return isPreflight || found.every(({ name }) => looked.includes(`[${name.toLowerCase()}]`)); // what looks like one is malformed
  const [only, ...more] = found.map(({ name }) => values.get(`header ${name.toLowerCase()}`)?.[0]);
  if (only === undefined) return !isPreflight && fromParams.length > 0;
  return !isPreflight && more.length === 0 && only.endsWith(raw);
}

const rounds = Number(process.env["ANALYSE"] ?? 120);

test("a policy on the header that tokens are sent in is read as the evaluator does", () => {
  let asked = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const dice = diceOf(round * 104_729);
    const rule = dice.pick(places);
    const policies = Array.from({ length: 1 + dice.below(2) }, (): Stated => {
      const action = dice.pick(["ALLOW", "ALLOW", "DENY"] as const);
      return { action, rules: [anyRule(dice)] };
    });
    const side = sideOf(worldOf(policies, { jwtRules: [rule], mtls: "PERMISSIVE" }));
    const allowed = allowedBy(side.program, "http");
    const setting = withPlace(settingAround([side], "http", [], {}), jwtProvidersOf(side.program));
    const encoding = encode(spaceOf([allowed], setting));
    for (let each = 0; each < 60; each += 1) {
      const request = anyRequest(dice);
      if (!isOne(request, rule, JSON.stringify(policies))) continue;
      const said = symbolic(encoding, allowed, request);
      if (said === undefined) continue;
      asked += 1;
      const text = JSON.stringify({ round, rule, policies, request: [...request.values] });
      expect([text, said]).toEqual([text, allows(side, request, "http")]);
    }
  }
  expect(asked).toBeGreaterThan(rounds * 15);
});

const onHeader = (value: string): PolicyRule => ({
  when: [{ key: "request.headers[authorization]", values: [value] }],
});
const signedIn: PolicyRule = { from: [{ source: { requestPrincipals: ["*"] } }] };
const noPreflight = { protocol: "http", to: [{ operation: { notMethods: ["OPTIONS"] } }] } as const;

test.each<[string, JwtRule, string, "never-allowed" | "signed-in", Proof["result"]]>([
  ["a token is gone where a rule looks for it", issuer, "Bearer *", "never-allowed", "holds"],
  [
    "unless it is forwarded",
    { ...issuer, forwardOriginalToken: true },
    "Bearer *",
    "never-allowed",
    "violated",
  ],
  [
    "and then it is one that was verified",
    { ...issuer, forwardOriginalToken: true },
    "Bearer *",
    "signed-in",
    "holds",
  ],
  ["what is no token says nothing of who sent it", issuer, "Basic *", "signed-in", "violated"],
])("%s", (_, rule, value, expected, result) => {
  const mesh = worldOf([{ action: "ALLOW", rules: [onHeader(value)] }], { jwtRules: [rule] });
  const expect_ =
    expected === "signed-in" ? { "allowed-only-if": [signedIn, anyIssuer] } : expected;
  const [proof] = prove(mesh, [
    { name: "it", target: { namespace: "prod" }, requests: noPreflight, expect: expect_ },
  ]);
  expect([proof?.result, proof?.undecided]).toEqual([result, []]);
});

const anyIssuer: PolicyRule = { when: [{ key: "request.auth.claims[iss]", values: ["*"] }] };
