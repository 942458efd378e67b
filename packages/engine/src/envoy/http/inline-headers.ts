import type { Header } from "../../model/request.ts";

/**
 * Headers that Envoy keeps as one value, joined by a comma when they are sent again; all other lines stay apart (az:HK-3).
 * Measured on the stock binary: `envoyproxy/envoy:source/common/http/header_map_impl.cc` and what its extensions register.
 */
const inline: ReadonlySet<string> = new Set([
  ...[
    "accept",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
  ],
  ...["access-control-request-private-network", "authorization", "cache-control", "cdn-loop"],
  ...[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "grpc-accept-encoding",
  ],
  ...["grpc-timeout", "host", "if-match", "if-modified-since", "if-none-match", "if-range"],
  ...["if-unmodified-since", "keep-alive", "origin", "pragma", "proxy-connection", "proxy-status"],
  ...["referer", "te", "transfer-encoding", "upgrade", "user-agent", "via", "x-client-trace-id"],
  ...["x-forwarded-client-cert", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port"],
  ...["x-forwarded-proto", "x-request-id", "x-envoy-attempt-count", "x-envoy-decorator-operation"],
  ...["x-envoy-downstream-service-cluster", "x-envoy-downstream-service-node"],
  ...["x-envoy-expected-rq-timeout-ms", "x-envoy-external-address", "x-envoy-force-trace"],
  ...["x-envoy-hedge-on-per-try-timeout", "x-envoy-internal", "x-envoy-ip-tags"],
  ...["x-envoy-is-timeout-retry", "x-envoy-max-retries", "x-envoy-original-host"],
  ...["x-envoy-original-path", "x-envoy-original-url", "x-envoy-retriable-header-names"],
  ...["x-envoy-retriable-status-codes", "x-envoy-retry-grpc-on", "x-envoy-retry-on"],
  ...["x-envoy-upstream-alt-stat-name", "x-envoy-upstream-rq-per-try-timeout-ms"],
  ...["x-envoy-upstream-rq-timeout-alt-response", "x-envoy-upstream-rq-timeout-ms"],
  "x-envoy-upstream-stream-duration-ms",
]);

/** Header lines as Envoy's header map holds them: inline ones joined at the place of the first. */
export function joinInline(lines: readonly Header[]): readonly Header[] {
  const joined = new Map<string, number>();
  const headers: Header[] = [];
  for (const [name, value] of lines) {
    const at = inline.has(name) ? joined.get(name) : undefined;
    const earlier = at === undefined ? undefined : headers[at];
    if (at !== undefined && earlier) {
      headers[at] = [name, joinValues(earlier[1], value)];
      continue;
    }
    joined.set(name, headers.length);
    headers.push([name, value]);
  }
  return headers;
}

/** Two values of an inline header as one: an empty one leaves no comma. `envoy:source/common/http/header_map_impl.cc`, `appendToHeader` */
export function joinValues(earlier: string, later: string): string {
  return earlier === "" || later === "" ? earlier + later : `${earlier},${later}`;
}
