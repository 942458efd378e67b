import type { Facts } from "../../model/fact.ts";
import type { JwtFilter, JwtProvider } from "../../model/program.ts";
import { headerValues } from "../header-changes.ts";
import type { FilterResult, LocalReply, ProxyRequest } from "../proxy-request.ts";
import { checkToken } from "./check.ts";
import { accept, type State, withoutOutputs } from "./effects.ts";
import { findTokens } from "./locations.ts";
import { type Fault, statusTexts } from "./status.ts";

/** What a provider, or several, made of a request. No fault: accepted. The state holds also when there is one. */
interface Attempt {
  readonly fault?: Fault;
  readonly state: State;
}

interface Run {
  readonly filter: JwtFilter;
  readonly facts: Facts;
}

/**
 * What the JWT filter makes of a request: continues with its claims as metadata and with what it strips and adds, or replies 401 or 403.
 * Whether a signature verifies is a fact that it asks. Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn.
 */
export function authenticate(filter: JwtFilter, request: ProxyRequest, facts: Facts): FilterResult {
  const cleaned = filter.sanitizesFirst
    ? filter.providers.reduce((left, provider) => withoutOutputs(provider, left), request)
    : request;
  if (isPreflight(request) || filter.providers.length === 0)
    return { kind: "continue", request: cleaned };
  const { fault, state } = decide({ filter, facts }, { request: cleaned });
  return fault === undefined
    ? { kind: "continue", ...state, text: acceptedText(state) }
    : { kind: "reply", reply: replyTo(request, fault), text: statusTexts[fault] };
}

/** A CORS preflight carries no token, and is let through. */
function isPreflight(request: ProxyRequest): boolean {
  const [origin = ""] = headerValues(request, "origin");
  const [asked = ""] = headerValues(request, "access-control-request-method");
  return request.method === "OPTIONS" && origin !== "" && asked !== "";
}

/**
 * One provider must accept the request or find no token. Of several, the first that accepts ends it; if none does, each must
 * accept or find no token, in a second pass over what the first one left. Follows istio/istio:pilot/pkg/security/authn/policy_applier.go
 * (the requirement) and envoyproxy/envoy:source/extensions/filters/http/jwt_authn/verifier.cc.
 */
function decide(run: Run, start: State): Attempt {
  const { providers } = run.filter;
  if (providers.length === 1) return allAllowingMissing(run, start);
  const faults: Fault[] = [];
  let state = start;
  for (const provider of providers) {
    const attempt = tryProvider(run, provider, state);
    if (attempt.fault === undefined) return attempt;
    faults.push(attempt.fault);
    state = attempt.state;
  }
  const last = allAllowingMissing(run, state);
  if (last.fault === undefined) return last;
  return { fault: worstOf([...faults, last.fault]), state: last.state };
}

function allAllowingMissing(run: Run, start: State): Attempt {
  let state = start;
  for (const provider of run.filter.providers) {
    const attempt = tryProvider(run, provider, state);
    if (attempt.fault !== undefined && attempt.fault !== "missing") return attempt;
    state = attempt.state;
  }
  return { state };
}

/** The last fault that says something about a token of a known issuer; otherwise an unknown issuer. */
function worstOf(faults: readonly Fault[]): Fault {
  let worst: Fault = "missing";
  for (const fault of faults) {
    const telling = fault !== "missing" && fault !== "unknown-issuer";
    if (telling || worst === "missing") worst = fault;
  }
  return worst;
}

/** Every token that a provider finds must pass, the last one first. What an earlier one did stays done. */
function tryProvider(run: Run, provider: JwtProvider, start: State): Attempt {
  let state = { ...start, request: withoutOutputs(provider, start.request) };
  const candidates = findTokens(provider, state.request);
  if (candidates.length === 0) return { fault: "missing", state };
  for (const candidate of candidates.toReversed()) {
    const token = checkToken(candidate.token, provider, run);
    if (typeof token === "string") return { fault: token, state };
    state = accept(provider, candidate, token, state);
  }
  return { state };
}

function acceptedText({ payload }: State): string {
  if (payload === undefined) return "no token";
  return `token of ${payload["iss"] ?? "no issuer"}, subject ${payload["sub"] ?? "none"}`;
}

/** 403 for a foreign audience, 401 for the rest. Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/filter.cc onComplete. */
function replyTo(request: ProxyRequest, fault: Fault): LocalReply {
  const body = statusTexts[fault];
  const realm = `Bearer realm="${originalUri(request)}"`;
  const challenge = fault === "missing" ? realm : `${realm}, error="invalid_token"`;
  return {
    status: fault === "audience" ? 403 : 401,
    body,
    details: `jwt_authn_access_denied{${body.replace(/ /g, "_")}}`,
    headers: [["www-authenticate", challenge]],
  };
}

const longestPath = 256;

/** The address as the client wrote it, as far as Envoy knows. */
function originalUri(request: ProxyRequest): string {
  if (request.path === undefined) return "";
  const [path = request.path] = headerValues(request, "x-envoy-original-path");
  return `${request.scheme}://${request.authority ?? ""}${path.slice(0, longestPath)}`;
}
