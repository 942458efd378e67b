import type { HttpRequest } from "../model/request.ts";
import { closedBy, runFilters } from "./run-filters.ts";
import type { Visit, Visited } from "./visit.ts";

/**
 * A chain without HTTP: the filters look at the connection when its first bytes arrive. A client that says nothing is never
 * looked at, and is connected all the same (az:TCP-3).
 */
export function serveBytes(visit: Visit, _http: HttpRequest | undefined): Visited {
  const opaque = visit.handshake.kind === "opaque" ? { opaque: true as const } : {};
  if (visit.connection.silent)
    return {
      steps: [{ layer: "route", result: "pass", by: [], text: "no filter sees a silent client" }],
      outcome: { kind: "forwarded", ...opaque },
    };
  const { steps, reply } = runFilters(visit, visit.sight);
  return { steps, outcome: reply ? closedBy(reply) : { kind: "forwarded", ...opaque } };
}
