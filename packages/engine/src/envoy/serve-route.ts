import type { Header } from "../model/request.ts";
import type { Onward } from "../model/route.ts";
import type { Outcome, Step } from "../model/verdict.ts";
import { attributeReader, type Sight } from "./attributes.ts";
import { replyToBroken } from "./header-changes.ts";
import { replyOutcome } from "./local-reply.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";
import { receivedFrom } from "./received.ts";
import { type Routed, routeRequest } from "./route.ts";
import type { Visit } from "./visit.ts";

/** What the router comes to, after all filters have let a request through. */
export interface RoutedRequest {
  readonly outcome: Outcome;
  readonly step: Step;
  readonly onward?: Onward; // where it goes
}

const notFound: LocalReply = { status: 404, body: "", details: "route_not_found" };

/** A chain without routes leads everything to the workload but a CONNECT, which no route takes. */
export function serveRoute(visit: Visit, sight: Sight, request: ProxyRequest): RoutedRequest {
  const routed = routeOf(visit, sight, request);
  switch (routed.kind) {
    case "forward": {
      const broken = replyToBroken(request);
      return broken ? replied(broken, request) : forwarded(visit, routed, request);
    }
    case "reply":
      return replied(routed.reply, request);
    case "unknown": {
      const text = `${routed.what} is not evaluated yet`;
      return {
        outcome: { kind: "unknown", details: text },
        step: { layer: "route", result: "skip", by: [], text },
      };
    }
  }
}

/** Whether a route takes a request: before any filter, that is what decides whether an unknown upgrade is refused at once. */
export function isRouted(visit: Visit, sight: Sight, request: ProxyRequest): boolean {
  const routed = routeOf(visit, sight, request);
  return routed.kind !== "reply" || routed.reply.details !== notFound.details;
}

function routeOf({ chain, ...visit }: Visit, sight: Sight, request: ProxyRequest): Routed {
  if (request.path === undefined && request.method === "CONNECT")
    return { kind: "reply", reply: notFound };
  if (chain.routes === undefined) return { kind: "forward" };
  const routed = routeRequest(chain.routes, request, attributeReader(sight, "certificate"));
  const asksQuery = chain.routes.some(({ routes }) => routes.some(({ parameters }) => parameters));
  return asksQuery && visit.questions.answered("http.path") !== undefined
    ? { kind: "unknown", what: "a route that asks for a query, of a request without a known path," }
    : routed;
}

function replied(reply: LocalReply, request: ProxyRequest): RoutedRequest {
  return {
    outcome: replyOutcome(reply, request),
    step: { layer: "route", result: "refuse", by: [], text: reply.details },
  };
}

function forwarded(
  { questions, chain }: Visit,
  { operation, rewrites }: Extract<Routed, { readonly kind: "forward" }>,
  request: ProxyRequest,
): RoutedRequest {
  const sent = chain.routes ? { ...request, headers: marked(request.headers, operation) } : request;
  const received = rewrites ? {} : { received: receivedFrom(sent, questions) };
  return {
    outcome: { kind: "forwarded", details: "via_upstream", ...received },
    step: { layer: "route", result: "pass", by: [] },
  };
}

/** A gateway counts its attempts and names the operation. `istio/istio:pilot/pkg/networking/util/proxy_headers.go` */
function marked(headers: readonly Header[], operation: string | undefined): readonly Header[] {
  const count = "x-envoy-attempt-count";
  return [
    ...headers.filter(([name]) => name !== count),
    ...(operation === undefined ? [] : [["x-envoy-decorator-operation", operation] as const]),
    [count, "1"],
  ];
}
