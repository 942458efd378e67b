import { expect, test } from "vitest";
import type { JwtRule } from "../src/model/policy.ts";
import { a, bearer, forged, run, type Sent, seconds, token, verdict } from "./jwt-request.ts";

test.each<[string, readonly JwtRule[], Sent, string]>([
  [
    "T-81: 60 seconds of skew",
    [a],
    bearer(token({ iss: "issA", sub: "u", exp: seconds - 60 })),
    "OK issA/u",
  ],
  [
    "T-82: and not one more",
    [a],
    bearer(token({ iss: "issA", exp: seconds - 61 })),
    "401 Jwt is expired",
  ],
  ["T-83: zero is never", [a], bearer(token({ iss: "issA", exp: 0 })), "OK issA/"],
  [
    "T-85: not before, with skew",
    [a],
    bearer(token({ iss: "issA", nbf: seconds + 60 })),
    "OK issA/",
  ],
  [
    "T-85: not before, beyond it",
    [a],
    bearer(token({ iss: "issA", nbf: seconds + 61 })),
    "401 Jwt not yet valid",
  ],
  ["T-86: iat says nothing", [a], bearer(token({ iss: "issA", iat: 32503680000 })), "OK issA/"],
  [
    "T-91: issuers are exact",
    [a],
    bearer(token({ iss: "issA/" })),
    "401 Jwt issuer is not configured",
  ],
  ["T-92: no issuer", [a], bearer(token({ sub: "u" })), "401 Jwt issuer is not configured"],
  ["T-93: any issuer", [{ jwksUri: "https://keys" }], bearer(token({ sub: "u" })), "OK /u"],
  [
    "T-94: audiences without scheme and slash",
    [{ ...a, audiences: ["https://a.com/"] }],
    bearer(token({ iss: "issA", aud: "a.com" })),
    "OK issA/",
  ],
  [
    "T-95: in lower case",
    [{ ...a, audiences: ["a.com"] }],
    bearer(token({ iss: "issA", aud: "HTTPS://a.com" })),
    "403 Audiences in Jwt are not allowed",
  ],
  [
    "T-96: audience before signature",
    [{ ...a, audiences: ["x"] }],
    bearer(forged),
    "403 Audiences in Jwt are not allowed",
  ],
  [
    "T-97: time before signature",
    [a],
    bearer(token({ iss: "issA", exp: 1 }, "B".repeat(43))),
    "401 Jwt is expired",
  ],
  ["a forged token", [a], bearer(forged), "401 Jwt verification fails"],
])("%s", (_what, rules, sent, expected) => {
  expect(verdict(run(rules, sent))).toBe(expected);
});
