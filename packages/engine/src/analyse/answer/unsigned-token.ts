import { utf8Bytes } from "../../match/bytes.ts";
import type { Token } from "../../model/access-request.ts";
import type { JwtProvider } from "../../model/program.ts";
import { encodeBase64Url } from "../../parse/base64.ts";
import { sendingTo, sentAt } from "../space/sent-at.ts";

/**
 * A text with these claims that nobody signed, where a provider that knows the issuer looks for it, or else where any does: in a header, but for
 * those that hold something else.
 */
export function tokenOf(
  claims: Readonly<Record<string, unknown>>,
  providers: readonly JwtProvider[],
  stated: ReadonlyMap<string, readonly string[]> = new Map(), // attributes
): Token {
  const raw = [JSON.stringify({ alg: "RS256", typ: "JWT" }), JSON.stringify(claims), "unsigned"]
    .map((part) => encodeBase64Url(utf8Bytes(part)))
    .join(".");
  const sent = sendingTo(stated.get(sentAt)?.[0], claims["iss"], providers);
  if (sent) return { raw, ...sent };
  const provider = providers.find(({ issuer }) => issuer === claims["iss"]) ?? providers[0];
  const { headers = [], params: [param] = [], cookies: [cookie] = [] } = provider ?? {};
  const free = headers.find(({ name, prefix }) => {
    const values = stated.get(`header ${name.toLowerCase()}`);
    return values === undefined || values.some((value) => value.includes(prefix));
  });
  const header = free ?? (param === undefined && cookie === undefined ? headers[0] : undefined);
  if (header && (header.name !== "authorization" || header.prefix !== "Bearer "))
    return { raw, header: header.name, prefix: header.prefix };
  if (header || !provider) return raw;
  if (param !== undefined) return { raw, param };
  return cookie === undefined ? raw : { raw, cookie };
}
