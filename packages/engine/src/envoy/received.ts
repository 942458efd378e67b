import type { Header } from "../model/request.ts";
import type { Received } from "../model/verdict.ts";
import { trimValues } from "./http/codec.ts";
import { generatedRequestId } from "./http/mutate-headers.ts";
import type { ProxyRequest } from "./proxy-request.ts";
import type { Questions } from "./questions.ts";

/** The request with what was asked about it. */
export function answeredRequest(request: ProxyRequest, { answered }: Questions): ProxyRequest {
  const path = answered("http.path") ?? request.path;
  const authority = answered("http.host") ?? request.authority;
  return {
    ...request,
    method: answered("http.method") ?? request.method,
    ...(path === undefined ? {} : { path }),
    ...(authority === undefined ? {} : { authority }),
  };
}

/** What the workload receives: the request as the filters left it. An id that Envoy made up is left out: nobody can know it. */
export function receivedFrom(request: ProxyRequest): Received {
  const { method, path = "", authority, headers } = request;
  const kept = headers.filter(([, value]) => value !== generatedRequestId);
  return {
    method,
    path,
    headers: [...trimValues([...hostLine(authority), ...kept]), ...lengthOf(request, method)],
  };
}

function hostLine(authority: string | undefined): readonly Header[] {
  return authority === undefined ? [] : [["host", authority]];
}

/** The HTTP/1 encoder sends a body of unknown length in chunks, and says that there is none, but for methods that seldom have one. */
function lengthOf({ headers, body }: ProxyRequest, method: string): readonly Header[] {
  if (headers.some(([name]) => name === "content-length" || name === "upgrade")) return [];
  if (body !== undefined) return [["transfer-encoding", "chunked"]];
  return bodiless.has(method) ? [] : [["content-length", "0"]];
}

const bodiless: ReadonlySet<string> = new Set(["CONNECT", "DELETE", "GET", "HEAD", "TRACE"]);
