import { describe, expect, test } from "vitest";
import { authz } from "./program.ts";

const orders = ["--to", "ns/shop,app=orders:8080", "--istio", "1.31"];
const issuer = "https://login.example";
const now = ["--now", "2026-09-01T10:00:00Z"];
const subject = ["--issuer", issuer, "--subject", "a", "--claim", 'groups=["buyers"]'];
const make = async (...more: readonly string[]): Promise<string> =>
  (await authz({}, "token", ...subject, ...now, ...more)).out.trim();
const otherKeys = '"{\\"keys\\":[{\\"kty\\":\\"oct\\",\\"k\\":\\"AAAA\\"}]}"';
const uri = "jwksUri: https://login.example/keys";
const good = await make();

test.each([
  ["is judged by the test keys, where those are trusted", good, uri, issuer, 0, "buyers[0]"],
  ["of another algorithm", await make("--alg", "HS256"), uri, issuer, 0, "buyers[0]"],
  ["where the rule names no issuer", good, uri, `${issuer}/keys`, 0, "buyers[0]"],
  ["is not, where no keys are stated", good, uri, undefined, 3, "depends on keys:"],
  ["whose signature is another's", `${good.slice(0, -9)}AAAAAAAAA`, uri, issuer, 3, "signature:"],
  ["is judged by keys that stand in the rule", good, `jwks: ${otherKeys}`, issuer, 0, "Jwt "],
])("a token that `authz token` made: %s", async (_, token, keysOfRule, keys, expected, told) => {
  const named = keys === issuer || keys === undefined ? `issuer: ${issuer}, ` : "";
  const jwt = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ ${named}${keysOfRule} }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: buyers, namespace: shop }
spec: { rules: [{ when: [{ key: "request.auth.claims[groups]", values: [buyers] }] }] }
`;
  const { code, out } = await authz(
    { "policies.yaml": jwt },
    ...["check", "-f", "policies.yaml", "--from", "sa/shop/web", "--http", "GET /", ...now],
    ...(keys === undefined ? [] : ["--keys", `${keys}=trusted`]),
    ...["--token", token, ...orders],
  );
  expect(out).toContain(told);
  expect(code).toBe(expected);
});

const policies = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec:
  jwtRules:
  - { issuer: https://login.example, ${uri}, fromHeaders: [{ name: authorization, prefix: "Bearer " }], fromCookies: [t], fromParams: [t] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: buyers, namespace: shop }
spec: { rules: [{ when: [{ key: "request.auth.claims[groups]", values: [buyers] }] }] }
`;

test.each([
  ["in a header", ["--http", "GET /", "--header", `authorization: Bearer ${good}`]],
  ["in a cookie", ["--http", "GET /", "--header", `cookie: a=b; t=${good}`]],
  ["in a parameter", ["--http", `GET /?t=${good}`]],
  ["in a curl command", ["--curl", `curl -H 'Authorization: Bearer ${good}' http://orders/`]],
])(
  "a token that `authz token` made and that stands %s is judged by the test keys",
  async (_, request) => {
    const { code, out } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", "policies.yaml", "--from", "sa/shop/web", ...request, ...now, ...orders],
      ...["--keys", `${issuer}=trusted`],
    );
    expect([code, out]).toEqual([0, expect.stringContaining("buyers[0]")]);
  },
);

test.each(["RS256", "HS256", "ES384", "PS256"])("a token of algorithm %s says so", async (alg) => {
  const [header = ""] = (await make("--alg", alg)).split(".");
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toMatchObject({ alg });
});

const jwks = (await authz({}, "token", "--jwks")).out;
const forged = `${good.slice(0, -9)}AAAAAAAAA`;
const sent = (more: object): string =>
  JSON.stringify({ from: "sa/shop/web", to: "ns/shop,app=orders:8080", ...more });
const lines = [
  sent({ http: "GET /a", token: good }),
  sent({ http: { method: "GET", path: "/a", headers: { cookie: `t=${good}` } } }),
  sent({ http: "GET /a" }),
  sent({ http: "GET /a", token: forged }),
  `{"token": "${good}"}`,
];
const allow = expect.objectContaining({ decision: "allow", by: "shop/buyers[0]" });
const deny = (status: number): unknown => expect.objectContaining({ decision: "deny", status });

describe.each([
  ["the test keys, where those are trusted", "trusted", ["signature:"]],
  ["a key set", "keys.json", 401],
] as const)("lines with tokens are judged by %s", (_, keys, ofForged) => {
  const files = { "policies.yaml": policies, "keys.json": jwks, "-": lines.join("\n") };
  const args = ["-f", "policies.yaml", "--istio", "1.31", "--keys", `${issuer}=${keys}`, ...now];

  test("by decide, in their order", async () => {
    const { code, out } = await authz(files, "decide", ...args);
    const answers = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const open = { decision: "undetermined", dependsOn: [expect.stringContaining("signature:")] };
    const last = ofForged === 401 ? deny(401) : expect.objectContaining(open);
    expect(answers).toEqual([
      allow,
      allow,
      deny(403),
      last,
      { error: "JSON without `to`, and no known log" },
    ]);
    expect(code).toBe(2);
  });

  test("by replay, under candidate policies, too", async () => {
    const other = policies.replace("buyers]", "sellers]");
    const all = { ...files, "other.yaml": other };
    const { out } = await authz(
      all,
      "replay",
      "-",
      ...args,
      "--candidate",
      "other.yaml",
      "-o",
      "json",
    );
    const counts =
      ofForged === 401 ? { allow: 2, deny: 2 } : { allow: 2, deny: 1, undetermined: 1 };
    expect(JSON.parse(out)).toMatchObject({
      lines: 5,
      weight: 4,
      changed: ofForged === 401 ? 2 : 3,
      decisions: counts,
    });
  });
});
