import type { Header } from "../model/request.ts";
import { hasControl, validName } from "./http/codec.ts";
import { joinInline } from "./http/inline-headers.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";

/** The values that Envoy's header map holds under a name in lower case; `host` stands for the authority. */
export function headerValues(request: ProxyRequest, name: string): readonly string[] {
  if (name === "host" || name === ":authority")
    return request.authority === undefined ? [] : [request.authority];
  if (name === ":path") return request.path === undefined ? [] : [request.path];
  if (name === ":method") return [request.method];
  if (name === ":scheme") return [request.scheme];
  return request.headers.filter(([other]) => other === name).map(([, value]) => value);
}

/** The request without a header, with all its values. Pseudo-headers can be gone too: see `replyToBroken`. */
export function withoutHeader(request: ProxyRequest, name: string): ProxyRequest {
  if (name === ":path") return withoutPath(request);
  if (name === "host" || name === ":authority") return withoutAuthority(request);
  if (name === ":method") return { ...request, method: "" };
  if (!request.headers.some(([other]) => other === name)) return request;
  return { ...request, headers: request.headers.filter(([other]) => other !== name) };
}

function withoutPath({ path: _path, ...rest }: ProxyRequest): ProxyRequest {
  return rest;
}

function withoutAuthority({ authority: _authority, ...rest }: ProxyRequest): ProxyRequest {
  return rest;
}

/** The request with one more line of a header, as Envoy's `addCopy` adds it. */
export function addHeader(request: ProxyRequest, name: string, value: string): ProxyRequest {
  if (name.startsWith(":") || name === "host") return addPseudo(request, name, value);
  return { ...request, headers: joinInline([...request.headers, [name, value]]) };
}

function addPseudo(request: ProxyRequest, name: string, value: string): ProxyRequest {
  const [before = ""] = headerValues(request, name);
  return setHeader(request, name, before === "" ? value : `${before},${value}`);
}

/** The request with one line of a header, in place of those it has. The pseudo-headers too. */
export function setHeader(request: ProxyRequest, name: string, value: string): ProxyRequest {
  if (name === "host" || name === ":authority") return { ...request, authority: value };
  if (name === ":path") return { ...request, path: value };
  if (name === ":method") return { ...request, method: value };
  const { headers } = withoutHeader(request, name);
  return { ...request, headers: [...headers, [name, value]] };
}

/** The request with a value joined to the first line of a header. Nothing happens where there is none. */
export function appendHeader(request: ProxyRequest, name: string, value: string): ProxyRequest {
  const first = request.headers.findIndex(([other]) => other === name);
  const headers = request.headers.map(
    (header, index): Header => (index === first ? [name, `${header[1]},${value}`] : header),
  );
  return first < 0 ? request : { ...request, headers };
}

/**
 * The reply of the router to a request that filters have broken: without a path or method, or with the name or the value of a header
 * that cannot be sent. Undefined: it can be forwarded. Follows envoyproxy/envoy:source/common/http/header_utility.cc checkRequiredRequestHeaders.
 */
export function replyToBroken(request: ProxyRequest): LocalReply | undefined {
  if (request.method === "") return broken("missing required header: :method");
  if (request.path === undefined && request.method !== "CONNECT")
    return broken("missing required header: :path");
  const headers: readonly Header[] = [[":authority", request.authority ?? ""], ...request.headers];
  for (const [name, value] of headers) {
    if (!name.startsWith(":") && !validName(name)) return broken(`invalid header name: ${name}`);
    if (hasControl(value)) return broken(`invalid header value for: ${name}`);
  }
  return undefined;
}

function broken(body: string): LocalReply {
  const details = `filter_removed_required_request_headers{${body.replace(/ /g, "_")}}`;
  return { status: 503, body, details };
}
