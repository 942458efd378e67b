import { matchesText } from "../match/matches.ts";
import type { Alphabet } from "../match/sequence.ts";
import type { Header } from "../model/request.ts";
import type { CorsPolicy } from "../model/route.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";

/**
 * What the CORS filter answers itself: a preflight of an origin of the policy, which `*` stands for any of, or with a policy that
 * ignores others of any origin.
 * Follows envoyproxy/envoy:source/extensions/filters/http/cors/cors_filter.cc.
 */
export function preflightReply(
  policy: CorsPolicy,
  request: ProxyRequest,
  alphabet: Alphabet,
): LocalReply | undefined {
  const origin = valueOf(request, "origin");
  const wanted = valueOf(request, "access-control-request-method");
  if (!origin || !wanted || request.method !== "OPTIONS") return undefined;
  const isAllowed = policy.origins.some((text) =>
    [origin, "*"].some((each) => matchesText(text, each, alphabet)),
  );
  if (!isAllowed && !policy.ignoresUnmatched) return undefined;
  const { methods, headers: allowed, credentials, maxAge } = policy;
  const asked = valueOf(request, "access-control-request-headers") ?? "";
  const headers: readonly Header[] = [
    ["access-control-allow-origin", isAllowed ? origin : ""],
    ["access-control-allow-credentials", credentials ? "true" : ""],
    ["access-control-allow-methods", methods === "*" ? wanted : (methods ?? "")],
    ["access-control-allow-headers", allowed === "*" ? asked : (allowed ?? "")],
    ["access-control-max-age", maxAge === undefined ? "" : String(maxAge)],
  ];
  const said = headers.filter(([, value]) => value !== "");
  return { status: 200, body: "", details: "cors_response", headers: said };
}

function valueOf({ headers }: ProxyRequest, wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1];
}
