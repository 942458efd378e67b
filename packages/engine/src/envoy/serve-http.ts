import { parseAddress } from "../match/address.ts";
import type { HttpSettings } from "../model/program.ts";
import type { Header, HttpRequest } from "../model/request.ts";
import type { Outcome, Seen, Step } from "../model/verdict.ts";
import type { Sight, UnknownParts } from "./attributes.ts";
import { decorated } from "./decorated.ts";
import type { RawRequest } from "./http/codec.ts";
import type { Downstream } from "./http/mutate-headers.ts";
import { readRequest } from "./http/read-request.ts";
import { refusalText } from "./http-words.ts";
import { replyOutcome } from "./local-reply.ts";
import { proxiedClient } from "./proxy-header.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";
import { runFilters } from "./run-filters.ts";
import { isRouted, serveRoute } from "./serve-route.ts";
import { ordinaryHost } from "./sight.ts";
import type { Visit, Visited } from "./visit.ts";

/** A chain of HTTP: codec and connection manager, the filters, the router. */
export function serveHttp(visit: Visit, http: HttpRequest | undefined): Visited {
  const { chain, connection } = visit;
  const { http: settings } = chain;
  if (connection.silent && visit.handshake.kind !== "opaque")
    return ended({ kind: "silent" }, "waits for a request");
  if (!settings || !http || !speaks(visit, http))
    return ended(protocolError(visit), "the bytes are not the HTTP that this chain speaks");
  const raw = rawRequest(visit, http);
  const read = readRequest(raw, settings, downstreamOf(visit));
  if (read.kind === "codec-error") {
    const { kind: _kind, ...said } = read;
    return ended({ kind: "protocol-error", ...said }, refusalText(read.details ?? "no HTTP"));
  }
  const isHostKnown = http.host !== undefined || read.request.authority !== raw.host;
  const sight = requestSight(visit, http, settings, { ...read, isHostKnown });
  if (read.kind === "reply" && !isLeftToFilters(visit, sight, read)) {
    const end = ended(replyOutcome(read.reply, read.request), refusalText(read.reply.details));
    const { remoteIp } = sawOf(visit, sight, read.request);
    return read.forwardedFor && remoteIp ? { ...end, saw: { remoteIp } } : end;
  }
  return serveRequest(visit, sight, read.request);
}

function ended(outcome: Outcome, text: string): Visited {
  return { steps: [{ layer: "http", result: "refuse", by: [], text }], outcome };
}

/** Whether the codec that Envoy picks by the handshake fits what comes: not on TLS that the chain leaves alone. */
function speaks({ handshake, connection }: Visit, { version }: HttpRequest): boolean {
  const protocol = negotiated(handshake);
  return (
    handshake.kind !== "opaque" &&
    connection.carries === undefined &&
    (protocol === undefined || (protocol === "h2") === (version === "2"))
  );
}

/** The HTTP/1 codec answers 400, that of HTTP/2 hangs up. */
function protocolError({ handshake }: Visit): Outcome {
  return negotiated(handshake) === "h2"
    ? { kind: "protocol-error" }
    : { kind: "protocol-error", status: 400, details: "http1.codec_error" };
}

function negotiated(handshake: Visit["handshake"]): string | undefined {
  return handshake.kind === "established" ? handshake.protocol : undefined;
}

/** Unknown parts get ordinary values: whoever looks at them asks. */
function rawRequest({ program, connection }: Visit, http: HttpRequest): RawRequest {
  const { version, method = "GET", target = "/", host, headers, body } = http;
  return {
    version,
    method,
    target,
    host: host === undefined ? ordinaryHost(program, connection.destinationPort) : host,
    headers: headers.map(([name, value]): Header => [name.toLowerCase(), value]),
    ...(body === undefined ? {} : { body }),
  };
}

function downstreamOf({
  handshake,
  program,
  connection,
  questions,
  sight,
  chain,
}: Visit): Downstream {
  const { proxy } = program;
  const certificate = handshake.kind === "established" ? handshake.certificate : undefined;
  const known = certificate === "unknown" ? undefined : certificate;
  const [domain = "cluster.local"] = chain.tls?.trustDomains ?? [];
  const tunnelled = connection.transport === "hbone"; // what is inside is not encrypted again
  return {
    encrypted: handshake.kind !== "plaintext" && !tunnelled,
    ...(known && !tunnelled ? { certificate: known } : {}),
    localUri: `spiffe://${domain}/ns/${proxy.namespace}/sa/${proxy.serviceAccount}`,
    port: sight.destinationPort,
    address: () => proxiedClient(connection) ?? connection.sourceIp ?? questions.sourceIp(),
  };
}

/** What became of a request. Its host is also known where its target says it. */
interface Understood {
  readonly request: ProxyRequest;
  readonly forwardedFor?: string;
  readonly isHostKnown: boolean;
}

function requestSight(
  { sight, questions }: Visit,
  http: HttpRequest,
  settings: HttpSettings,
  { request, forwardedFor, isHostKnown }: Understood,
): Sight {
  const unknown: UnknownParts = {
    ...(http.method === undefined ? { method: questions.method } : {}),
    ...(http.target === undefined ? { target: questions.target } : {}),
    ...(isHostKnown ? {} : { host: questions.host }),
    ...unknownHeaders(http, questions),
  };
  const asked = settings.remoteAddress === "xff" ? unknown.header : undefined;
  return {
    ...sight,
    remoteIp: () => {
      const address = forwardedFor ?? asked?.("x-forwarded-for");
      return address && parseAddress(address) ? [address] : sight.remoteIp();
    },
    http: { request, headerLines: settings.headerLines, unknown },
  };
}

function unknownHeaders(
  { otherHeaders }: HttpRequest,
  { header }: Visit["questions"],
): Pick<UnknownParts, "header" | "headers"> {
  if (otherHeaders === undefined) return {};
  if (otherHeaders === "unknown") return { header };
  const ask = (name: string): string | undefined =>
    otherHeaders.includes(name) ? header(name) : undefined;
  return { header: ask, headers: otherHeaders };
}

/** An upgrade that nobody knows is refused at once, if some route would take the request. */
function isLeftToFilters(
  visit: Visit,
  sight: Sight,
  { reply, request }: { readonly reply: LocalReply; readonly request: ProxyRequest },
): boolean {
  return reply.details === "upgrade_failed" && !isRouted(visit, sight, request);
}

function serveRequest(visit: Visit, start: Sight, request: ProxyRequest): Visited {
  const filtered = runFilters(visit, decorated(visit, start, request), start);
  const read: Step = { layer: "http", result: "pass", by: [] };
  const saw = sawOf(visit, start, request);
  if (filtered.reply) {
    const outcome = replyOutcome(filtered.reply, filtered.sight.http?.request ?? request);
    return { steps: [read, ...filtered.steps], outcome, saw };
  }
  const left = filtered.sight.http?.request ?? request;
  const { step, ...routed } = serveRoute(visit, filtered.sight, left, filtered.routing);
  return { ...routed, steps: [read, ...filtered.steps, step], saw };
}

function sawOf(
  { connection, questions }: Visit,
  sight: Sight,
  { method, authority = "", path }: ProxyRequest,
): Partial<Seen> {
  const remoteKnown =
    connection.sourceIp !== undefined || questions.answered("source.ip") !== undefined;
  const [remoteIp] =
    remoteKnown && sight.http?.unknown.header === undefined ? sight.remoteIp() : [];
  return {
    ...(remoteIp === undefined ? {} : { remoteIp }),
    method: questions.answered("http.method") ?? method,
    host: questions.answered("http.host") ?? authority,
    ...(path === undefined ? {} : { path: questions.answered("http.path") ?? path }),
  };
}
