import type { HttpSettings } from "../../model/program.ts";
import { isGrpc } from "../local-reply.ts";
import type { LocalReply, ProxyRequest } from "../proxy-request.ts";
import type { CodecError, CodecSettings, DecodedRequest, RawRequest } from "./codec.ts";
import { asksForUdp, udpAuthority } from "./connect-udp.ts";
import { isUpgrade } from "./connection-header.ts";
import { decodeHttp1 } from "./http1-codec.ts";
import { decodeHttp2 } from "./http2-codec.ts";
import { type Downstream, forwardedAddress, mutateHeaders } from "./mutate-headers.ts";
import { normalizePath } from "./normalize-path.ts";

/** What Envoy makes of a request before any filter: a request, or the end of it. */
export type ReadRequest =
  | {
      readonly kind: "request";
      readonly request: ProxyRequest;
      readonly forwardedFor?: string; // the client's address as x-forwarded-for states it
    }
  | {
      readonly kind: "reply";
      readonly reply: LocalReply;
      readonly request: ProxyRequest;
      readonly forwardedFor?: string; // absent, too, where the request ends before that is read
    }
  | CodecError;

/** Codec, then the connection manager's own checks, then path and headers (az:9.1). Follows `envoy:source/common/http/conn_manager_impl.cc`. */
export function readRequest(
  raw: RawRequest,
  settings: HttpSettings,
  downstream: Downstream,
): ReadRequest {
  const asked = codecSettings(settings, downstream);
  const decoded = raw.version === "2" ? decodeHttp2(raw, asked) : decodeHttp1(raw, asked);
  if (decoded.kind === "codec-error") return decoded;
  if (decoded.kind === "reply")
    return refuse(decoded.reply, asReceived(decoded.unseen ? { ...raw, headers: [] } : raw));
  const addressed = withUdpAuthority(decoded);
  if (addressed === undefined) return refuse(wrongUdpPath, seen(decoded, downstream));
  const refused = missingPart(addressed) ?? untypedQuery(addressed, settings);
  if (refused) return refuse(refused, seen(addressed, downstream));
  return manage(addressed, settings, downstream);
}

/** Undefined: the path of a request for UDP does not say where to. Without any host, that is what is missed first. */
function withUdpAuthority(decoded: DecodedRequest): DecodedRequest | undefined {
  if (decoded.authority === undefined || !asksForUdp(decoded.headers)) return decoded;
  const authority = udpAuthority(decoded.path);
  return authority === undefined ? undefined : { ...decoded, authority };
}

/** Who believes no proxy before it holds a URL against its own connection. `envoy:source/common/http/http1/settings.cc` */
function codecSettings(settings: HttpSettings, { encrypted }: Downstream): CodecSettings {
  const isEdge = settings.remoteAddress === "peer" && settings.trustedHops === 0;
  return isEdge && !encrypted ? { ...settings, plaintextEdge: true } : settings;
}

function refuse(reply: LocalReply, request: ProxyRequest): ReadRequest {
  return { kind: "reply", reply, request };
}

function reply(status: number, details: string): LocalReply {
  return { status, body: "", details };
}

function missingPart({ authority, path, method }: DecodedRequest): LocalReply | undefined {
  if (authority === undefined) return reply(400, "missing_host_header");
  if (path === undefined)
    return method === "CONNECT" ? undefined : reply(404, "missing_path_rejected");
  return path.startsWith("/") ? undefined : reply(404, "absolute_path_rejected");
}

/** What a QUERY asks is in its body, which needs a type. */
function untypedQuery(
  { method, headers }: DecodedRequest,
  { queryMethod }: HttpSettings,
): LocalReply | undefined {
  const typed = headers.some(([name]) => name === "content-type");
  return queryMethod && method === "QUERY" && !typed
    ? reply(400, "query_missing_content_type")
    : undefined;
}

function manage(
  decoded: DecodedRequest,
  settings: HttpSettings,
  downstream: Downstream,
): ReadRequest {
  const before = seen(decoded, downstream);
  const normalized = decoded.path === undefined ? undefined : normalizePath(decoded.path, settings);
  const redirected = normalized?.kind === "redirect";
  if (normalized?.kind === "rejected" || (redirected && isGrpc(before)))
    return refuse(reply(400, "path_normalization_failed"), before);
  if (normalized?.kind === "redirect")
    return refuse(
      { ...reply(307, "path_normalization_failed"), headers: [["location", normalized.path]] },
      before,
    );
  const headers = mutateHeaders(decoded.headers, settings, downstream);
  const request: ProxyRequest = {
    ...before,
    ...(normalized ? { path: normalized.path } : {}),
    scheme: schemeOf(decoded, headers, downstream),
    headers,
    ...(decoded.body === undefined ? {} : { body: decoded.body }),
  };
  const upgrade = upgradeOf(request);
  const forwardedFor = forwardedAddress(decoded.headers, settings);
  const client = forwardedFor === undefined ? {} : { forwardedFor };
  if (upgrade !== undefined && upgrade !== "websocket")
    return { ...refuse(reply(403, "upgrade_failed"), request), ...client };
  return { kind: "request", request, ...client };
}

/** What a request asks to speak instead. istiod enables websocket and nothing else, and that is known before the filters: the route is. */
function upgradeOf({ version, headers }: ProxyRequest): string | undefined {
  if (version === "2" || !isUpgrade(headers)) return undefined;
  return headers.find(([name]) => name === "upgrade")?.[1].toLowerCase();
}

const wrongUdpPath: LocalReply = {
  status: 404,
  body: "The path is incorrect for CONNECT-UDP",
  details: "invalid_path",
};

/** A scheme that the request states, or x-forwarded-proto if it is one, or what the transport says. */
function schemeOf(
  decoded: DecodedRequest,
  headers: ProxyRequest["headers"],
  { encrypted }: Downstream,
): ProxyRequest["scheme"] {
  const stated =
    decoded.scheme ??
    (decoded.version === "2"
      ? undefined
      : headers.find(([name]) => name === "x-forwarded-proto")?.[1]);
  if (stated === "http" || stated === "https") return stated;
  return encrypted ? "https" : "http";
}

/** The request as far as it was understood: what a local reply looks at. */
function seen(decoded: DecodedRequest, { encrypted }: Downstream): ProxyRequest {
  const { version, method, path, authority = "", headers } = decoded;
  return {
    version,
    method,
    ...(path === undefined ? {} : { path }),
    authority,
    scheme: encrypted ? "https" : "http",
    headers,
  };
}

function asReceived({ version, method, target, host, headers }: RawRequest): ProxyRequest {
  return { version, method, path: target, authority: host ?? "", scheme: "http", headers };
}
