import { expect, test } from "vitest";
import { authenticate } from "../src/envoy/jwt-authn/authenticate.ts";
import type { FilterResult, ProxyRequest } from "../src/envoy/proxy-request.ts";
import type { Question } from "../src/model/fact.ts";
import type { JwtRule } from "../src/model/policy.ts";
import {
  a,
  b,
  bearer,
  filterOf,
  jwks,
  now,
  requestOf,
  run,
  type Sent,
  tokA,
  token,
  verdict,
} from "./jwt-request.ts";

function forwarded(result: FilterResult): ProxyRequest {
  if (result.kind === "reply") throw new Error(result.reply.body);
  return result.request;
}

test("T-80: the query is written back decoded and sorted", () => {
  const { path } = forwarded(run([a], { path: `/p?b=%26&access_token=${tokA}&a=1&c&&d=%zz` }));
  expect(path).toBe("/p?=&a=1&b=&&c=&d=%zz");
});

test("the token is stripped with its parameter, and its question mark", () => {
  expect(forwarded(run([a], { path: `/p?access_token=${tokA}` })).path).toBe("/p");
  expect(forwarded(run([a], bearer(tokA))).headers).toEqual([]);
  expect(forwarded(run([{ ...a, forwardOriginalToken: true }], bearer(tokA))).headers).toHaveLength(
    1,
  );
});

test.each<[unknown, string | undefined]>([
  ["text", "text"],
  ["é", "\xc3\xa9"],
  [5, "5"],
  [1.5, "1.500000"],
  [0.0078125, "0.007812"], // half to even
  [-5, "-5.000000"],
  [2 ** 63 + 2 ** 11, "9223372036854777856"],
  [1e22, "10000000000000000000000.000000"],
  [true, "true"],
  [["a", 1], "WyJhIiwxXQ=="],
  [{ b: { c: null } }, "eyJiIjp7ImMiOm51bGx9fQ=="],
  [null, undefined],
  ["", undefined],
])("T-130: the claim %j is written as %j", (claim, text) => {
  const rule = { ...a, outputClaimToHeaders: [{ header: "X-C", claim: "n.c" }] };
  const { headers } = forwarded(run([rule], bearer(token({ iss: "issA", n: { c: claim } }))));
  expect(headers).toEqual(text === undefined ? [] : [["x-c", text]]);
});

test("T-129: a claim with dots in its name is out of reach", () => {
  const rule = { ...a, outputClaimToHeaders: [{ header: "x-c", claim: "https://n.s/role" }] };
  const sent = bearer(token({ iss: "issA", "https://n.s/role": "admin" }));
  expect(forwarded(run([rule], sent)).headers).toEqual([]);
});

test("the payload is handed on as it stands in the token", () => {
  const { headers } = forwarded(run([{ ...a, outputPayloadToHeader: "x-p" }], bearer(tokA)));
  expect(headers).toEqual([["x-p", tokA.split(".")[1]]]);
});

const spoof: Sent = { headers: [["x-user", "admin"]] };
const preflight: Sent = {
  method: "OPTIONS",
  headers: [
    ["origin", "https://web"],
    ["access-control-request-method", "GET"],
    ["x-user", "admin"],
    ["authorization", "Bearer junk"],
  ],
};
const writes: JwtRule = { ...a, outputClaimToHeaders: [{ header: "x-user", claim: "sub" }] };
const names = (result: FilterResult): readonly string[] =>
  forwarded(result).headers.map(([name]) => name);

test("T-78: what a client writes into an output header is removed, without a token too", () => {
  expect(names(run([writes], spoof))).toEqual([]);
});

test("T-79, T-123: Envoy 1.40 removes it also on a preflight and for rules that do not run", () => {
  expect(names(run([writes], preflight))).toContain("x-user");
  expect(names(run([writes], preflight, "1.32-dev"))).not.toContain("x-user");
  const later = { ...b, outputPayloadToHeader: "x-user", fromHeaders: [{ name: "x-b" }] };
  const sent: Sent = {
    headers: [
      ["x-user", "admin"],
      ["authorization", `Bearer ${tokA}`],
    ],
  };
  expect(names(run([a, later], sent))).toContain("x-user");
  expect(names(run([a, later], sent, "1.32-dev"))).not.toContain("x-user");
});

test.each(["1.31", "1.32-dev"])(
  "%s: what a rule wrote is removed once more when it is tried again, its claims stay",
  (istio) => {
    const twice: JwtRule = { ...writes, fromHeaders: [{ name: "x-a" }] };
    const sent: Sent = {
      headers: [
        ["x-a", "junk"],
        ["x-a", tokA],
      ],
    };
    const result = run([twice, b], sent, istio);
    expect(forwarded(result).headers).toEqual([]);
    expect(verdict(result)).toBe("OK issA/u");
  },
);

test("scope and permission become lists, other claims when they are listed", () => {
  const claims = {
    iss: "issA",
    scope: "read  write",
    permission: " ",
    groups: "a b",
    n: { scope: "x y" },
  };
  const rule = { ...a, spaceDelimitedClaims: ["groups"] };
  const result = run([rule], bearer(token(claims)));
  const payload = result.kind === "continue" ? result.payload : undefined;
  expect(payload).toEqual({ ...claims, scope: ["read", "write"], groups: ["a", "b"] });
  const older = run([rule], bearer(token(claims)), "1.27");
  expect(older.kind === "continue" && older.payload?.["groups"]).toBe("a b");
});

test("a reply says why, and where to come back with a better token", () => {
  const result = run([a], { ...bearer("x"), path: `/${"p".repeat(300)}` });
  expect(result).toMatchObject({
    kind: "reply",
    reply: {
      status: 401,
      details:
        "jwt_authn_access_denied{Jwt_is_not_in_the_form_of_Header.Payload.Signature_with_two_dots_and_3_sections}",
      headers: [
        [
          "www-authenticate",
          `Bearer realm="https://app.example/${"p".repeat(255)}", error="invalid_token"`,
        ],
      ],
    },
  });
});

test("the signature is asked once for a token and a key set, and only then", () => {
  const asked: Question[] = [];
  const filter = filterOf([a, { issuer: "issU", jwksUri: "https://keys" }]);
  const ask = (question: Question): string => {
    asked.push(question);
    return question.candidates.at(0) ?? "";
  };
  const sent = (raw: string): ProxyRequest => requestOf(bearer(raw));
  authenticate(filter, sent(token({ iss: "issC" })), { now, ask });
  expect(asked).toEqual([]);
  authenticate(filter, sent(tokA), { now, ask });
  const tokU = token({ iss: "issU" });
  authenticate(filter, sent(tokU), { now, ask });
  expect(asked).toMatchObject([
    { candidates: ["valid", "invalid"], signature: { token: tokA, jwks } },
    { id: "keys:issU", candidates: ["trusted", "unavailable"] },
    { candidates: ["valid", "invalid"], signature: { token: tokU } },
  ]);
  expect(asked.at(2)?.signature?.jwks).toBeUndefined();
  asked.length = 0;
  authenticate(filter, sent(token({ iss: "issA" }, "AA")), { now, ask });
  expect(asked.at(0)?.candidates).toEqual(["invalid"]);
});
