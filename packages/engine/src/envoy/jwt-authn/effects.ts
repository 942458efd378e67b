import type { JwtProvider } from "../../model/program.ts";
import { addHeader, withoutHeader } from "../header-changes.ts";
import type { Payload, ProxyRequest } from "../proxy-request.ts";
import { claimText, splitWords } from "./claims.ts";
import type { Candidate } from "./locations.ts";
import type { ParsedToken } from "./token.ts";

/** A request on its way through the filter, with the claims of the last token that was accepted. */
export interface State {
  readonly request: ProxyRequest;
  readonly payload?: Payload;
}

/** The request without the headers that a provider is to write: a client cannot forge them. */
export function withoutOutputs(provider: JwtProvider, request: ProxyRequest): ProxyRequest {
  return outputNames(provider).reduce(withoutHeader, request);
}

function outputNames({ payloadHeader, claimHeaders }: JwtProvider): readonly string[] {
  const claims = claimHeaders.map(({ header }) => header);
  return payloadHeader === undefined ? claims : [payloadHeader, ...claims];
}

/**
 * What an accepted token does at once: payload header, claim headers, the token's removal, metadata, in this order.
 * Follows envoyproxy/envoy:source/extensions/filters/http/jwt_authn/authenticator.cc handleGoodJwt.
 */
export function accept(
  provider: JwtProvider,
  candidate: Candidate,
  token: ParsedToken,
  state: State,
): State {
  let { request } = state;
  if (provider.payloadHeader !== undefined)
    request = addHeader(request, provider.payloadHeader, token.payloadText);
  for (const { header, claim } of provider.claimHeaders) {
    const text = claimText(token.payload, claim);
    if (text !== undefined) request = addHeader(request, header, text);
  }
  if (!provider.forward) request = candidate.strip(request);
  return { request, payload: splitWords(token.payload, provider.spaceDelimited) };
}
