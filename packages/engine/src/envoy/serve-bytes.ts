import type { HttpRequest } from "../model/request.ts";
import { closedBy, runFilters } from "./run-filters.ts";
import type { Visit, Visited } from "./visit.ts";

/**
 * A chain without HTTP: the filters look at the connection when its first bytes arrive. A client that says nothing is connected
 * all the same and hears what the workload says first; a denial comes with its first byte, or when it hangs up (az:TCP-3).
 */
export function serveBytes(visit: Visit, _http: HttpRequest | undefined): Visited {
  const isTls = visit.handshake.kind === "opaque" || visit.connection.carries !== undefined;
  const opaque = isTls ? { opaque: true as const } : {};
  const { steps, reply } = runFilters(visit, visit.sight);
  const { forwards } = visit.chain;
  const onward = forwards === undefined ? {} : { onward: { ways: forwards } };
  if (!reply) return { steps, outcome: { kind: "forwarded", ...opaque }, ...onward };
  if (!visit.connection.silent || visit.handshake.kind === "opaque")
    return { steps, outcome: closedBy(reply) };
  const text = "connected before any filter looks, and closed with the first byte";
  return {
    steps: [{ layer: "route", result: "pass", by: [], text }],
    outcome: { kind: "forwarded", ...opaque, details: reply.details },
  };
}
