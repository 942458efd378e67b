import type { Header } from "../model/request.ts";
import type { Fault, Onward } from "../model/route.ts";
import type { Outcome, Step } from "../model/verdict.ts";
import { attributeReader, type Sight } from "./attributes.ts";
import { type Forward, type Forwarded, forward, type Telling } from "./forward.ts";
import { grpcTimeout, grpcTimeoutText } from "./grpc-timeout.ts";
import { addHeader, replyToBroken, withoutHeader } from "./header-changes.ts";
import type { Origin } from "./header-values.ts";
import { isGrpc, replyOutcome } from "./local-reply.ts";
import { onwardRequest } from "./onward-request.ts";
import { proxiedClient } from "./proxy-header.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";
import { answeredRequest, receivedFrom } from "./received.ts";
import { type Routed, routeRequest, type Taken } from "./route.ts";
import { replyText } from "./route-words.ts";
import type { Visit } from "./visit.ts";

/** What the router comes to, after all filters have let a request through. */
export interface RoutedRequest {
  readonly outcome: Outcome;
  readonly step: Step;
  readonly onward?: Onward; // where it goes
}

const notFound: LocalReply = { status: 404, body: "", details: "route_not_found" };

/** Where a proxy that traces tells the next one what it calls a request. */
export const operationHeader = "x-envoy-decorator-operation";

/**
 * A chain without routes leads everything to the workload but a CONNECT, which no route takes. `routing`: how the request looked when
 * its route was chosen.
 */
export function serveRoute(
  visit: Visit,
  sight: Sight,
  request: ProxyRequest,
  routing: Sight,
): RoutedRequest {
  const routed = routeOf(visit, routing, routing.http?.request ?? request);
  switch (routed.kind) {
    case "forward": {
      const broken = replyToBroken(request);
      return broken ? replied(broken, request) : forwarded({ visit, sight, request }, routed);
    }
    case "reply": {
      const { reply, taken, fault } = routed;
      const made = replied(reply, request, taken);
      return taken
        ? { ...made, onward: { ...routeNames(taken), ways: [], ...faultOf(fault) } }
        : made;
    }
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

/** What the route of a request calls it, for the tracing of the next proxy. */
export function operationOf(visit: Visit, sight: Sight, request: ProxyRequest): string | undefined {
  const routed = routeOf(visit, sight, request);
  return routed.kind === "forward" ? routed.action?.operation : undefined;
}

function routeOf({ chain, ...visit }: Visit, sight: Sight, request: ProxyRequest): Routed {
  if (request.path === undefined && request.method === "CONNECT")
    return { kind: "reply", reply: notFound };
  if (request.headers.some(([name, value]) => name === "x-forwarded-proto" && value === ""))
    return { kind: "reply", reply: notFound }; // no route takes a request without a scheme
  if (chain.routes === undefined) return { kind: "forward" };
  const routed = routeRequest(
    chain.routes,
    request,
    attributeReader(sight, "certificate"),
    chain.http?.latin1 ? "latin1" : "bytes",
  );
  const asksQuery = chain.routes.some(({ routes }) => routes.some(({ parameters }) => parameters));
  return asksQuery && visit.questions.answered("http.path") !== undefined
    ? { kind: "unknown", what: "a route that asks for a query, of a request without a known path," }
    : routed;
}

function replied(reply: LocalReply, request: ProxyRequest, taken?: Taken): RoutedRequest {
  const by = taken && {
    virtualHost: taken.host.name,
    rule: taken.route.rule,
    redirects: taken.route.action.kind === "redirect",
  };
  return {
    outcome: replyOutcome(reply, request),
    step: { layer: "route", result: "refuse", by: [], text: replyText(reply, by) },
  };
}

function faultOf(fault: Fault | undefined): Pick<Onward, "fault"> {
  return fault ? { fault } : {};
}

function routeNames({ host, index, route }: Taken): Omit<Onward, "ways"> {
  return {
    ...(host.name === undefined ? {} : { virtualHost: host.name }),
    index,
    ...(route.name === undefined ? {} : { name: route.name }),
    ...(route.rule === undefined ? {} : { rule: route.rule }),
  };
}

interface Passing {
  readonly visit: Visit;
  readonly sight: Sight;
  readonly request: ProxyRequest;
}

function forwarded(
  passing: Passing,
  { action, taken }: Extract<Routed, { readonly kind: "forward" }>,
): RoutedRequest {
  const { visit } = passing;
  const request = sendable(answeredRequest(passing.request, visit.questions));
  const step: Step = { layer: "route", result: "pass", by: [] };
  const outcome: Outcome = { kind: "forwarded", details: "via_upstream" };
  if (action === undefined || taken === undefined) {
    const called = { ...request, headers: limited(request, visit, {}) };
    return { outcome: { ...outcome, received: receivedFrom(called) }, step };
  }
  const timed = { ...request, headers: limited(request, visit, action) };
  const marked = { ...timed, headers: counted(timed.headers, visit, action) };
  const onward = onwardOf({ ...passing, request: marked }, action, taken);
  const [only, ...more] = action.destinations;
  const sent =
    only && more.length === 0
      ? forward(marked, { ...action, ...told(visit) }, only, originOf(passing))
      : undefined;
  const received =
    sent === undefined || sent.unclear.length > 0 ? {} : { received: receivedFrom(sent.request) };
  return { outcome: { ...outcome, ...received }, step, onward };
}

/** Without what the router reads for itself, and names with a colon, which no line can begin with. `envoy:source/common/router/router.cc` */
function sendable(request: ProxyRequest): ProxyRequest {
  const goes = ([name]: Header): boolean =>
    !name.startsWith(":") && name !== "x-envoy-upstream-stream-duration-ms";
  return request.headers.every(goes)
    ? request
    : { ...request, headers: request.headers.filter(goes) };
}

function onwardOf(passing: Passing, action: Forward, taken: Taken): Onward {
  const { sight, request, visit } = passing;
  const unknown = sight.http?.unknown ?? {};
  const sent = action.destinations.map((destination) => ({
    destination,
    ...forward(request, { ...action, ...told(visit) }, destination, originOf(passing)),
    isHostWritten: (action.rewrite?.authority ?? destination.authority) !== undefined,
  }));
  const copies = (action.mirrors ?? []).flatMap(({ percentage, ...mirror }) =>
    sent.map(({ isHostWritten, ...each }, of) => ({
      ...mirror,
      of,
      weight: percentage,
      request: onwardRequest(copied(each, visit), unknown, isHostWritten),
    })),
  );
  return {
    ...routeNames(taken),
    ways: sent.map(({ destination, isHostWritten, ...each }) => ({
      ...destination,
      request: onwardRequest(each, unknown, isHostWritten),
    })),
    ...(copies.length === 0 ? {} : { copies }),
    ...faultOf(action.fault),
  };
}

function told({ chain: { http } }: Visit): Telling {
  return {
    ...(http?.forwardedHost ? { tellsHost: true } : {}),
    ...(http?.untold ? { untold: true } : {}),
    ...(http?.latin1 ? { latin1: true } : {}),
  };
}

/** A copy names the proxy that made it among the addresses. `envoy:source/common/http/async_client_impl.cc` */
function copied({ request, unclear }: Forwarded, { program }: Visit): Forwarded {
  const name = "x-forwarded-for";
  const [address] = program.proxy.addresses;
  return address === undefined
    ? { request: withoutHeader(request, name), unclear: [...unclear, name] }
    : { request: addHeader(request, name, address), unclear };
}

/** The addresses that are known without asking for them. */
function originOf({ visit: { connection }, sight }: Passing): Origin {
  const peer = proxiedClient(connection) ?? connection.sourceIp;
  if (peer === undefined) return {};
  const [remote] = sight.http?.unknown.header ? [] : sight.remoteIp();
  return { peer, ...(remote === undefined ? {} : { remote }) };
}

/** A proxy counts its attempts, and on the way out names the operation; a waypoint does neither. `istio/istio:pilot/pkg/networking/util/proxy_headers.go` */
function counted(
  headers: readonly Header[],
  { program, chain }: Visit,
  { operation }: Forward,
): readonly Header[] {
  const count = "x-envoy-attempt-count";
  const isCounted = !chain.http?.uncounted;
  if (program.proxy.kind === "waypoint") return headers;
  const isNamed = operation !== undefined && !chain.http?.untraced;
  const named: readonly Header[] = isNamed ? [[operationHeader, operation]] : [];
  return [
    ...headers.filter(
      ([name]) =>
        !(isCounted && name === count) && (named.length === 0 || name !== operationHeader),
    ),
    ...named,
    ...(isCounted ? [[count, "1"] as const] : []),
  ];
}

/**
 * The next one is told how long it has, if a route or a gRPC caller limits that; gRPC in a header of its own.
 * `envoy:source/common/router/router.cc`, setTimeoutHeaders
 */
function limited(
  request: ProxyRequest,
  { chain }: Visit,
  { timeout }: Pick<Forward, "timeout">,
): readonly Header[] {
  const { headers } = request;
  const isCall = isGrpc(request);
  const asked = isCall ? grpcTimeout(headers) : 0;
  const left = Math.min(timeout ?? asked, asked || (timeout ?? 0));
  if (left === 0) return headers;
  const isTold = timeout !== undefined && !chain.http?.untold;
  const told: readonly Header[] = isTold ? [["x-envoy-expected-rq-timeout-ms", `${left}`]] : [];
  if (!isCall) return [...headers, ...told];
  const others = headers.filter(([name]) => name !== "grpc-timeout");
  return [...others, ...told, ["grpc-timeout", grpcTimeoutText(left)]];
}
