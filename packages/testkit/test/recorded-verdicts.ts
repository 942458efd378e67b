import type { Result, ScenarioRequest } from "../src/conformance/vector.ts";

/** Whether a real proxy let something by, as far as policies decide that; or why it says nothing about them. */
export type Recorded = "allowed" | "denied" | { readonly leftOut: string };

/** By the details that Envoy logs: which filter refused, or that none did. */
const refusals = ["rbac_access_denied", "jwt_authn_access_denied", "ext_authz_"];
const passes = ["via_upstream", "websocket_handshake_unsuccessful", "upstream_reset"];
const unrouted = ["route_not_found", "direct_response"];

/** What Envoy did with a request, or with bytes. */
export function recordedOf(result: Result, { connection, http }: ScenarioRequest): Recorded {
  const { outcome, details = "", reason = "" } = result;
  if (connection.silent) return { leftOut: "a client that says nothing" };
  switch (outcome) {
    case "tcp-ok":
      return "allowed";
    case "tls-failed":
      return reason.includes("Broken_pipe") ? "allowed" : "denied";
    case "tcp-closed":
    case "no-filter-chain":
      return "denied";
    case "http":
      return ofHttp(details);
    case "protocol-error":
      return http ? { leftOut: "HTTP that Envoy's codec refuses" } : "denied";
    default:
      return { leftOut: `recorded as ${outcome}` };
  }
}

function ofHttp(details: string): Recorded {
  const isOne = (known: string): boolean => details.startsWith(known);
  if (refusals.some(isOne)) return "denied";
  if (passes.some(isOne) || unrouted.some(isOne)) return "allowed";
  return { leftOut: "HTTP that Envoy answers before or behind its filters" };
}

/** What ztunnel did with a connection. */
export function recordedAmbient(decision: string | undefined): Recorded {
  return decision === "allow" ? "allowed" : "denied";
}
