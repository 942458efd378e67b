import { authenticate } from "../src/envoy/jwt-authn/authenticate.ts";
import type { FilterResult, ProxyRequest } from "../src/envoy/proxy-request.ts";
import { jwtFilter } from "../src/istiod/request-authentication.ts";
import type { Question } from "../src/model/fact.ts";
import type { JwtRule } from "../src/model/policy.ts";
import type { JwtFilter } from "../src/model/program.ts";
import type { Header } from "../src/model/request.ts";
import { resolveRelease } from "../src/release.ts";

export const now: number = Date.parse("2026-09-01T10:00:00Z");
export const seconds: number = now / 1000;
export const jwks: string = JSON.stringify({ keys: [{ kty: "oct", k: "c2VjcmV0" }] });
/** One rule each for two issuers; every token is signed with the same secret. */
export const a: JwtRule = { issuer: "issA", jwks };
export const b: JwtRule = { issuer: "issB", jwks };

/** A token; its signature is what `answer` goes by. */
export function token(claims: object, signature = "A".repeat(43)): string {
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "HS256" })}.${encode(claims)}.${signature}`;
}
export const tokA: string = token({ iss: "issA", sub: "u" });
export const tokB: string = token({ iss: "issB", sub: "u" });
export const forged: string = token({ iss: "issA", sub: "u" }, "B".repeat(43));

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly Header[];
}

/** The filter of one policy with these rules. */
export function filterOf(rules: readonly JwtRule[], istio = "1.31"): JwtFilter {
  const release = resolveRelease(istio);
  if ("unknown" in release) throw new Error(release.unknown);
  const key = { kind: "RequestAuthentication", namespace: "foo", name: "ra" };
  const bound = { key, labels: {}, annotations: {}, spec: { jwtRules: rules } };
  const { filter } = jwtFilter([bound], release);
  if (filter === undefined) throw new Error("no filter");
  return filter;
}

/** A request as the filter meets it. */
export function requestOf(sent: Sent): ProxyRequest {
  return {
    version: "1.1",
    method: sent.method ?? "GET",
    path: sent.path ?? "/",
    authority: "app.example",
    scheme: "https",
    headers: sent.headers ?? [],
  };
}

/** What the filter makes of a request. */
export function run(rules: readonly JwtRule[], sent: Sent, istio?: string): FilterResult {
  return authenticate(filterOf(rules, istio), requestOf(sent), { now, ask: answer });
}

/** Every signature but the forged one is valid; keys of a URI are what its host says. */
function answer({ id, signature }: Question): string {
  if (id.startsWith("keys:")) return id.endsWith("down") ? "unavailable" : "trusted";
  return signature?.token.includes("BBBBBB") ? "invalid" : "valid";
}

/** `OK issuer/subject`, `OK none`, or status and text. */
export function verdict(result: FilterResult): string {
  if (result.kind === "reply") return `${result.reply.status} ${result.reply.body}`;
  const { payload } = result;
  return payload === undefined ? "OK none" : `OK ${payload["iss"] ?? ""}/${payload["sub"] ?? ""}`;
}

/** A request with a token in the usual place. */
export const bearer = (value: string): Sent => ({
  headers: [["authorization", `Bearer ${value}`]],
});
export const malformed: string =
  "401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";
