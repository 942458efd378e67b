import { parseDuration } from "../../admit/duration.ts";
import { utf8Bytes } from "../../match/bytes.ts";
import type { ExtensionProvider, HttpAuthorizer } from "../../model/mesh-config.ts";

/** Why Envoy refuses the filter that asks an authorizer, and where: what istiod lets through and the data plane does not. */
export interface AuthorizerRefusal {
  readonly cause: string;
  readonly onTcp?: true; // of a chain of bytes, too
}

/** Follows envoyproxy/envoy:api/envoy/extensions/filters/http/ext_authz/v3/ext_authz.proto and source/common/router/header_parser.cc. */
export function authorizerRefusal({
  envoyExtAuthzHttp: http,
  envoyExtAuthzGrpc: grpc,
}: ExtensionProvider): AuthorizerRefusal | undefined {
  const { includeRequestBodyInCheck: body, statusOnError, timeout } = http ?? grpc ?? {};
  if (body && (body.maxRequestBytes ?? 0) === 0)
    return because("includeRequestBodyInCheck", "needs maxRequestBytes");
  if (statusOnError && Number(statusOnError) === 0)
    return because("statusOnError", "is 0, which is no status");
  const time = parseDuration(timeout ?? "") ?? 0n;
  if (time < 0n) return { ...because("timeout", "is below zero"), onTcp: true };
  if (http === undefined) return undefined;
  if (time >= longest) return because("timeout", "is more than Envoy takes over HTTP");
  return headerRefusal(http);
}

const longest = 2n ** 32n * 1_000_000_000n; // nanoseconds

function because(field: string, what: string): AuthorizerRefusal {
  return { cause: `${field} of the extension provider ${what}` };
}

const mostBytes = 16_384;

function headerRefusal({
  includeAdditionalHeadersInCheck: added = {},
}: HttpAuthorizer): AuthorizerRefusal | undefined {
  const field = "includeAdditionalHeadersInCheck";
  for (const [name, value] of Object.entries(added)) {
    if (name === "" || [name, value].some(breaksLine))
      return because(field, "has an empty name, or a line break or NUL");
    if (/^:|^host$/i.test(name)) return because(field, `may not set \`${name}\``);
    if ([name, value].some((text) => utf8Bytes(text).length > mostBytes))
      return because(field, `has more than ${mostBytes} bytes for one header`);
    if (!isFormat(value))
      return because(field, `has a percent sign that begins no command: ${value}`);
  }
  return undefined;
}

function breaksLine(text: string): boolean {
  return text.includes("\n") || text.includes("\r") || text.includes("\0");
}

const command = /%%|%([A-Z0-9_]+)(?:\(([^)]*)\))?(?::[0-9]+)?%/g;

/** Which commands there are differs between releases; those of `REQ` are read everywhere. `substitution_format_utility.cc` */
function isFormat(value: string): boolean {
  let isFine = true;
  const rest = value.replace(command, (_, ...[name, of]: readonly (string | undefined)[]) => {
    if (name === "REQ" && !/^[^ ?]+(?:\?[^ ?]+)?$/.test(of ?? "")) isFine = false;
    return "";
  });
  return isFine && !rest.includes("%");
}
