import type { Header } from "../model/request.ts";
import type { ProxyRequest } from "./proxy-request.ts";

/** The values that Envoy's header map holds under a name in lower case; `host` stands for the authority. */
export function headerValues(request: ProxyRequest, name: string): readonly string[] {
  if (name === "host" || name === ":authority") return [request.authority];
  if (name === ":path") return request.path === undefined ? [] : [request.path];
  if (name === ":method") return [request.method];
  if (name === ":scheme") return [request.scheme];
  return request.headers.filter(([other]) => other === name).map(([, value]) => value);
}

/** The request without a header, with all its values. The path and the authority can be gone too. */
export function withoutHeader(request: ProxyRequest, name: string): ProxyRequest {
  if (name === ":path") return withoutPath(request);
  if (name === "host" || name === ":authority") return { ...request, authority: "" };
  if (!request.headers.some(([other]) => other === name)) return request;
  return { ...request, headers: request.headers.filter(([other]) => other !== name) };
}

function withoutPath({ path: _path, ...rest }: ProxyRequest): ProxyRequest {
  return rest;
}

/** Headers that Envoy keeps as one value: a second one is joined to the first. */
const joined: ReadonlySet<string> = new Set([
  ...["accept", "accept-encoding", "authorization", "cache-control", "content-encoding"],
  ...["content-type", "expect", "grpc-timeout", "if-match", "if-none-match", "origin", "pragma"],
  ...["referer", "user-agent", "via", "x-forwarded-client-cert", "x-forwarded-for"],
  ...["x-forwarded-host", "x-forwarded-proto", "x-request-id", "access-control-request-method"],
]);

/** The request with one more line of a header, as Envoy's `addCopy` adds it. */
export function addHeader(request: ProxyRequest, name: string, value: string): ProxyRequest {
  if (joined.has(name) && headerValues(request, name).length > 0)
    return appendHeader(request, name, value);
  return { ...request, headers: [...request.headers, [name, value]] };
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
