import { signingKeys } from "../keys.ts";
import { utf8 } from "./scenario-request.ts";

const { rsa } = signingKeys;

/** What `jwks: test` of the short form stands for. */
export const testJwks: string = JSON.stringify({
  keys: [{ kty: "RSA", n: rsa["n"], e: rsa["e"], kid: "test", alg: "RS256", use: "sig" }],
});

/** 2048 bits that stand for a signature. */
const signature = "A".repeat(342);

/** A token of the short form. The key of the oracle is thrown away after every run, so a mark stands where its signature would. */
export function testToken(claims: unknown, header: Readonly<Record<string, unknown>> = {}): string {
  return [{ alg: "RS256", kid: "test", typ: "JWT", ...header }, claims]
    .map((part) => base64Url(typeof part === "string" ? part : JSON.stringify(part)))
    .concat(signature)
    .join(".");
}

/** Whether the oracle would have signed it with the test key, and as its header says: RS256 is all that it can. Envoy skips what is around it. */
export function isTestToken(text: string): boolean {
  const parts = text.replace(/^\.+|[.=]+$/g, "").split(".");
  return parts.length === 3 && parts[2] === signature && parts[0]?.startsWith(rs256) === true;
}

const rs256 = base64Url('{"alg":"RS256",');

function base64Url(text: string): string {
  return btoa(utf8(text)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
