import { expect, test } from "vitest";
import type { JwtRule } from "../src/model/policy.ts";
import { a, bearer, malformed, run, type Sent, tokA, verdict } from "./jwt-request.ts";

test.each<[string, readonly JwtRule[], Sent, string]>([
  ["no token", [a], {}, "OK none"],
  ["a token", [a], bearer(tokA), "OK issA/u"],
  [
    "T-59: the prefix is case-sensitive",
    [a],
    { headers: [["authorization", `bearer ${tokA}`]] },
    "OK none",
  ],
  ["T-60: prefix without its blank", [a], { headers: [["authorization", "Bearer"]] }, "OK none"],
  ["T-61: nothing a token starts with", [a], bearer("!!!"), malformed],
  [
    "T-62: the prefix may stand anywhere",
    [a],
    { headers: [["authorization", `Basic Zm9v, Bearer ${tokA}`]] },
    "OK issA/u",
  ],
  [
    "T-63: nothing is cut off",
    [a],
    bearer(`${tokA}, x`),
    "401 Jwt signature is an invalid Base64url encoded",
  ],
  ["T-64: two lines are one", [a], bearer(`${tokA},Bearer ${tokA}`), malformed],
  ["T-66: an empty parameter", [a], { path: "/?access_token=" }, malformed],
  ["T-67: a parameter without a value", [a], { path: "/?access_token" }, malformed],
  [
    "T-68: the first value counts",
    [a],
    { path: `/?access_token=${tokA}&access_token=junk` },
    "OK issA/u",
  ],
  ["T-69: names are case-sensitive", [a], { path: `/?Access_Token=${tokA}` }, "OK none"],
  [
    "T-70: no default beside a location",
    [{ ...a, fromHeaders: [{ name: "x-jwt" }] }],
    bearer("junk"),
    "OK none",
  ],
  [
    "T-71: an empty header is a token",
    [{ ...a, fromHeaders: [{ name: "X-Jwt" }] }],
    { headers: [["x-jwt", ""]] },
    malformed,
  ],
  [
    "T-72: a prefix that is not expected",
    [{ ...a, fromHeaders: [{ name: "x-jwt" }] }],
    { headers: [["x-jwt", `Bearer ${tokA}`]] },
    "401 Jwt header is an invalid JSON",
  ],
  [
    "T-74: every line must pass",
    [{ ...a, fromHeaders: [{ name: "x-jwt" }] }],
    {
      headers: [
        ["x-jwt", tokA],
        ["x-jwt", "junk"],
      ],
    },
    malformed,
  ],
  [
    "T-75: a cookie in quotes",
    [{ ...a, fromCookies: ["tok"] }],
    { headers: [["cookie", `a=b;  tok="${tokA}"`]] },
    "OK issA/u",
  ],
  [
    "T-76: an empty cookie",
    [{ ...a, fromCookies: ["tok"] }],
    { headers: [["cookie", "tok="]] },
    malformed,
  ],
  [
    "a cookie without a value is none",
    [{ ...a, fromCookies: ["tok"] }],
    { headers: [["cookie", "tok"]] },
    "OK none",
  ],
  [
    "T-77: an output header that is the token's",
    [{ ...a, outputPayloadToHeader: "Authorization" }],
    bearer(tokA),
    "OK none",
  ],
])("%s", (_what, rules, sent, expected) => {
  expect(verdict(run(rules, sent))).toBe(expected);
});
