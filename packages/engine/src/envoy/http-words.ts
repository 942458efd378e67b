/** Why Envoy refuses a request before any policy, by its response code details: envoy:source/common/stream_info/utility.h and the codecs. */
const words: Readonly<Record<string, string>> = {
  "http1.codec_error": "a method that HTTP/1 does not know, or bytes that its lines may not have",
  "http1.headers_too_large": "headers that are too large",
  "http1.invalid_characters": "a control character",
  "http1.unexpected_underscore": "a header name with an underscore",
  "http1.too_many_headers": "too many header lines",
  "http1.body_disallowed": "a body that CONNECT may not have",
  "http1.content_length_and_chunked_not_allowed": "both a length and chunks",
  "http1.invalid_transfer_encoding": "a transfer encoding that is none",
  "http1.connection_header_rejected": "a `connection` header that names what may not be named",
  "http1.invalid_url": "a target that is no URL",
  "http1.invalid_scheme": "a URL with a scheme that is not taken",
  "http1.https_url_on_plaintext_connection": "an https URL over plaintext",
  low_version: "HTTP/1.0, which istiod's PILOT_HTTP10 would let pass",
  "http.invalid_authority": "a host that is none",
  missing_host_header: "no host",
  missing_path_rejected: "no path",
  absolute_path_rejected: "a path that does not begin with a slash",
  path_normalization_failed: "a path that is not taken as it is spelled",
  query_missing_content_type: "a QUERY without content-type",
  upgrade_failed: "an upgrade that is not taken",
  invalid_path: "a path that CONNECT-UDP does not have",
  "http2.too_many_headers": "too many headers",
  "http2.header_list_size_too_large": "headers that are too large",
  "http2.invalid.header.field": "a header, host or path that HTTP/2 does not take",
  "http2.unexpected_underscore": "a header name with an underscore",
  "http2.violation.of.messaging.rule":
    "a header of HTTP/1, a length without a body, or a path without a slash",
};

/** `a host that is none (http.invalid_authority)`; what nobody knows a word for is named as Envoy does. */
export function refusalText(details: string): string {
  const text = Object.hasOwn(words, details) ? words[details] : undefined;
  return text === undefined ? details : `the proxy refuses ${text} (${details})`;
}
