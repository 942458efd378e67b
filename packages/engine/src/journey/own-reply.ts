import { replyOutcome } from "../envoy/local-reply.ts";
import type { LocalReply } from "../envoy/proxy-request.ts";
import { replyText } from "../envoy/route-words.ts";
import type { HttpRequest } from "../model/request.ts";
import type { Fault, Onward } from "../model/route.ts";
import type { Hop, Leaving, Outcome, Step } from "../model/verdict.ts";
import { present } from "../parse/decode.ts";

/** A hop, with where it sent what it let through. */
export function left(hop: Hop, leaves: Leaving): Hop {
  return { ...hop, leaves: { ...hop.leaves, ...leaves } };
}

/** There is no cluster that the route names. */
export const noCluster: LocalReply = { status: 500, body: "", details: "cluster_not_found" };

/** What is answered in place of a request. */
export function faultReply({ status, grpcStatus }: Fault): LocalReply {
  const reply = { status, body: "fault filter abort", details: "fault_filter_abort" };
  return grpcStatus === undefined ? reply : { ...reply, grpcStatus };
}

/** A hop that answers a request itself instead of sending it on. */
export function answered(
  hop: Hop,
  reply: LocalReply,
  onward: Onward,
  request: HttpRequest | undefined,
): Hop {
  const step: Step = { layer: "route", result: "refuse", by: [], text: replyText(reply, onward) };
  return {
    ...hop,
    steps: [...hop.steps.filter(({ layer }) => layer !== "route"), step],
    outcome: ownReply(reply, request),
  };
}

const noEndpoint: LocalReply = {
  ...{ status: 503, body: "no healthy upstream", details: "no_healthy_upstream" },
};

/** No endpoint: 503 for a request, and the end of the connection for bytes. */
export function cutOff(
  hop: Hop,
  leaves: Leaving,
  request: HttpRequest | undefined,
  why: string,
): Hop {
  const step: Step = { layer: "route", result: "refuse", by: [], text: why };
  const outcome: Outcome =
    request === undefined ? { kind: "closed", details: why } : ownReply(noEndpoint, request);
  return {
    ...left(hop, leaves),
    steps: [...hop.steps.filter(({ layer }) => layer !== "route"), step],
    outcome,
  };
}

/** The status that a proxy answers with where it reached nobody: 503, which gRPC has in a header of its own. */
export function unreachedStatus(
  request: HttpRequest | undefined,
): Pick<Outcome, "status" | "grpcStatus"> {
  const { status, grpcStatus } = ownReply({ status: 503, body: "", details: "" }, request);
  return present({ status, grpcStatus });
}

/** What the caller gets of a proxy that answers by itself instead of sending a request on. */
function ownReply(reply: LocalReply, request: HttpRequest | undefined): Outcome {
  const { method = "GET", target: path = "/", headers = [] } = request ?? {};
  const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return replyOutcome(reply, { method, path, headers: lower });
}
