import { utf8Bytes } from "../../match/bytes.ts";
import type { Token } from "../../model/access-request.ts";
import type { JwtProvider } from "../../model/program.ts";
import { encodeBase64 } from "../../parse/base64.ts";

/** A text with these claims that nobody signed, where a provider that knows the issuer looks for it, or else where any does. */
export function tokenOf(
  claims: Readonly<Record<string, unknown>>,
  providers: readonly JwtProvider[],
): Token {
  const raw = [JSON.stringify({ alg: "RS256", typ: "JWT" }), JSON.stringify(claims), "unsigned"]
    .map((part) => base64Url(utf8Bytes(part)))
    .join(".");
  const provider = providers.find(({ issuer }) => issuer === claims["iss"]) ?? providers[0];
  const [header] = provider?.headers ?? [];
  const [param] = provider?.params ?? [];
  const [cookie] = provider?.cookies ?? [];
  if (header && (header.name !== "authorization" || header.prefix !== "Bearer "))
    return { raw, header: header.name, prefix: header.prefix };
  if (header || !provider) return raw;
  if (param !== undefined) return { raw, param };
  return cookie === undefined ? raw : { raw, cookie };
}

function base64Url(bytes: string): string {
  return encodeBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
