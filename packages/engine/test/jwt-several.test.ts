import { expect, test } from "vitest";
import type { JwtRule } from "../src/model/policy.ts";
import {
  a,
  b,
  bearer,
  forged,
  malformed,
  run,
  type Sent,
  tokA,
  tokB,
  token,
  verdict,
} from "./jwt-request.ts";

test.each<[string, readonly JwtRule[], Sent, string]>([
  [
    "T-117: each consumes its own",
    [a, b],
    { ...bearer(tokA), path: `/?access_token=${tokB}` },
    "OK issA/u",
  ],
  [
    "T-118: unless tokens are forwarded",
    [
      { ...a, forwardOriginalToken: true },
      { ...b, forwardOriginalToken: true },
    ],
    { ...bearer(tokA), path: `/?access_token=${tokB}` },
    "401 Jwt issuer is not configured",
  ],
  [
    "T-119: the other way round",
    [a, b],
    { ...bearer(tokB), path: `/?access_token=${tokA}` },
    "OK issB/u",
  ],
  [
    "T-120: the first success ends it",
    [
      { ...a, fromHeaders: [{ name: "x-a" }] },
      { ...b, fromHeaders: [{ name: "x-b" }] },
    ],
    {
      headers: [
        ["x-a", tokA],
        ["x-b", "junk"],
      ],
    },
    "OK issA/u",
  ],
  [
    "T-121: any provider suffices",
    [
      { ...a, fromHeaders: [{ name: "x-a" }] },
      { ...b, fromHeaders: [{ name: "x-b" }] },
    ],
    {
      headers: [
        ["x-a", "junk"],
        ["x-b", tokB],
      ],
    },
    "OK issB/u",
  ],
  [
    "T-122: a bad token alone",
    [
      { ...a, fromHeaders: [{ name: "x-a" }] },
      { ...b, fromHeaders: [{ name: "x-b" }] },
    ],
    { headers: [["x-a", forged]] },
    "401 Jwt verification fails",
  ],
  [
    "T-124: one provider, two tokens",
    [a],
    { ...bearer(tokA), path: "/?access_token=junk" },
    malformed,
  ],
  [
    "T-125: the header's token is looked at last",
    [a],
    { ...bearer(tokA), path: `/?access_token=${token({ iss: "issA", sub: "v" })}` },
    "OK issA/u",
  ],
  [
    "T-126: rules of one issuer unite",
    [{ ...a, audiences: ["x"] }, a],
    bearer(token({ iss: "issA", aud: "y" })),
    "OK issA/",
  ],
  [
    "T-127: two audiences, neither",
    [
      { ...a, audiences: ["x"] },
      { ...a, audiences: ["y"] },
    ],
    bearer(token({ iss: "issA", aud: "z" })),
    "403 Audiences in Jwt are not allowed",
  ],
  [
    "T-128: a third issuer",
    [a, b],
    bearer(token({ iss: "issC" })),
    "401 Jwt issuer is not configured",
  ],
  [
    "T-142: keys that cannot be fetched, no token",
    [{ issuer: "down", jwksUri: "u" }],
    {},
    "OK none",
  ],
  [
    "T-142: keys that cannot be fetched",
    [{ issuer: "down", jwksUri: "u" }],
    bearer(token({ iss: "down" })),
    "401 Jwt verification fails",
  ],
  [
    "T-143: earlier checks come first",
    [{ issuer: "down", jwksUri: "u" }],
    bearer(token({ iss: "down", exp: 1 })),
    "401 Jwt is expired",
  ],
])("%s", (_what, rules, sent, expected) => {
  expect(verdict(run(rules, sent))).toBe(expected);
});
