import { expect, test } from "vitest";
import { statusTexts } from "../src/envoy/jwt-authn/status.ts";
import { parseToken } from "../src/envoy/jwt-authn/token.ts";
import { toCodes } from "../src/parse/base64.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64url");
const head = base64('{"alg":"RS256","kid":"k"}');
const of = (header: string, payload: string): string => `${base64(header)}.${base64(payload)}.c2ln`;
const claims = (payload: string): string => of('{"alg":"RS256"}', payload);
const header = (text: string): string => of(text, "{}");

const form = statusTexts["bad-format"];

test.each<[string, string]>([
  ["", form],
  ["a", form],
  ["a.b", form],
  ["a.b.c.d", form],
  ["a..b", form],
  ["+.e30.c2ln", "Jwt header is an invalid Base64url encoded"],
  ["e.e30.c2ln", "Jwt header is an invalid Base64url encoded"],
  [of("[]", "{}"), "Jwt header is an invalid JSON"],
  [of('{"alg":"RS256","alg":"RS256"}', "{}"), "Jwt header is an invalid JSON"],
  [header("{}"), "Jwt header [alg] field is required and must be a string"],
  [header('{"alg":1}'), "Jwt header [alg] field is required and must be a string"],
  [header('{"alg":"none"}'), "Jwt header [alg] is not supported"],
  [header('{"alg":"rs256"}'), "Jwt header [alg] is not supported"],
  [header('{"alg":"ES256K"}'), "Jwt header [alg] is not supported"],
  [header('{"alg":"RS256","kid":7}'), "Jwt header [kid] field is not a string"],
  [header('{"alg":"RS256","kid":null}'), "Jwt header [kid] field is not a string"],
  [`${head}.+.c2ln`, "Jwt payload is an invalid Base64url encoded"],
  [`${head}.${base64("x")}.c2ln`, "Jwt payload is an invalid JSON"],
  [`${head}._w.c2ln`, "Jwt payload is an invalid JSON"],
  [claims('{"iss":1}'), "Jwt payload [iss] field is not a string"],
  [claims('{"sub":null}'), "Jwt payload [sub] field is not a string"],
  [claims('{"jti":7}'), "Jwt payload [jti] field is not a string"],
  [claims('{"exp":"1"}'), "Jwt payload [exp] field is not an integer"],
  [claims('{"iat":true}'), "Jwt payload [iat] field is not an integer"],
  [claims('{"exp":-1}'), "Jwt payload [exp] field is not a positive 64 bit integer"],
  [claims('{"nbf":-0.5}'), "Jwt payload [nbf] field is not a positive 64 bit integer"],
  [
    claims('{"exp":18446744073709551616}'),
    "Jwt payload [exp] field is not a positive 64 bit integer",
  ],
  [claims('{"aud":1}'), "Jwt payload [aud] field is not a string or string list"],
  [claims('{"aud":["a",1]}'), "Jwt payload [aud] field is not a string or string list"],
  [claims('{"aud":null}'), "Jwt payload [aud] field is not a string or string list"],
  [claims('{"sub":1,"iss":1}'), "Jwt payload [iss] field is not a string"],
  [claims('{"jti":1,"exp":"x"}'), "Jwt payload [exp] field is not an integer"],
  [`${head}.e30.a,b`, "Jwt signature is an invalid Base64url encoded"],
])("%s: %s (an:B.7)", (token, text) => {
  const fault = parseToken(token);
  expect(typeof fault === "string" ? statusTexts[fault] : fault).toBe(text);
});

test.each<[string, object]>([
  [`..${head}..e30.c2ln.`, { kid: "k", signature: toCodes("sig"), signed: `${head}.e30` }],
  [claims("null"), { issuer: "", audiences: [], expires: 0, notBefore: 0 }],
  [claims('{"exp":1.9,"nbf":2.1}'), { expires: 1, notBefore: 2 }],
  [claims('{"aud":[]}'), { audiences: [] }],
  [claims('{"aud":"a","iss":"i","sub":"s",}'), { audiences: ["a"], issuer: "i" }],
  [header('{"alg":"EdDSA","crit":["x"],"b64":false}'), { alg: "EdDSA", kid: "" }],
])("%s is well formed", (token, parsed) => {
  expect(parseToken(token)).toMatchObject(parsed);
});
