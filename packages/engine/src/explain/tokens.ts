import { findTokens } from "../envoy/jwt-authn/locations.ts";
import { type ParsedToken, recallToken } from "../envoy/jwt-authn/token.ts";
import type { ProxyRequest } from "../envoy/proxy-request.ts";
import type { JwtFilter } from "../model/program.ts";
import type { HttpRequest } from "../model/request.ts";
import type { Hop } from "../model/verdict.ts";
import type { ExplainedJwt, FoundToken } from "./explanation.ts";

/** The tokens that the providers of a filter find in the request of a hop, as far as they can be read. */
export function explainJwt(filter: JwtFilter, { told }: Hop): ExplainedJwt {
  const request = told?.http && plain(told.http);
  const tokens = filter.providers.flatMap((provider) =>
    request === undefined
      ? []
      : findTokens(provider, request).map(({ token }) => found(provider.name, recallToken(token))),
  );
  return { providers: filter.providers, tokens };
}

function found(provider: string, token: ParsedToken | string): FoundToken {
  if (typeof token === "string") return { provider, audiences: [] };
  const { issuer, payload, audiences, expires } = token;
  const { sub } = payload;
  return {
    provider,
    ...(issuer === "" ? {} : { issuer }),
    ...(typeof sub === "string" && sub !== "" ? { subject: sub } : {}),
    audiences,
    ...(expires === 0 ? {} : { expires }),
  };
}

/** A request as the client writes it, in the form in which filters look for tokens. */
function plain({ version, method = "GET", target, host, headers }: HttpRequest): ProxyRequest {
  return {
    version,
    method,
    ...(target === undefined ? {} : { path: target }),
    ...(typeof host === "string" ? { authority: host } : {}),
    scheme: "http",
    headers: headers.map(([name, value]) => [name.toLowerCase(), value] as const),
  };
}
