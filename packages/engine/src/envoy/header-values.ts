import { headerValues } from "./header-changes.ts";
import type { ProxyRequest } from "./proxy-request.ts";

/** What a formatter may tell of the connection, as far as it is known. */
export interface Origin {
  readonly peer?: string; // the address of who connected
  readonly remote?: string; // of the client, as this proxy takes it
}

const command = /%(?:%|([A-Z_]+)(?:\(([^()%]*)\))?(?::([0-9]+))?%)/g;

/**
 * What a header value with commands comes to: `%REQ(:PATH)%`. Undefined: it tells something that is not known here.
 * Follows envoyproxy/envoy:source/common/formatter/substitution_formatter.cc.
 */
export function formatted(
  value: string,
  request: ProxyRequest,
  origin: Origin,
): string | undefined {
  let isKnown = true;
  const text = value.replace(command, (whole, ...groups: readonly unknown[]) => {
    if (whole === "%%") return "%";
    const [name, of, length] = groups.slice(0, 3).map(textOf);
    const found = commandValue(name ?? "", of ?? "", request, origin);
    if (found === undefined) isKnown = false;
    return length === undefined ? (found ?? "") : (found ?? "").slice(0, Number(length));
  });
  return isKnown ? text : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A header that is not there is empty. `envoy:source/common/formatter/http_specific_formatter.cc` */
function commandValue(
  name: string,
  of: string,
  request: ProxyRequest,
  { peer, remote }: Origin,
): string | undefined {
  if (name === "REQ") return requestHeader(of.split("?"), request);
  if (name === "PROTOCOL") return request.version === "2" ? "HTTP/2" : `HTTP/${request.version}`;
  if (name === "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT") return remote;
  return name === "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT" ? peer : undefined;
}

function requestHeader(names: readonly string[], request: ProxyRequest): string {
  for (const name of names) {
    const [value] = headerValues(request, name.toLowerCase());
    if (value !== undefined) return value;
  }
  return "";
}
