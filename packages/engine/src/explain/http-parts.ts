import { splitHttp } from "../journey/http.ts";
import { isProblem } from "../journey/problem.ts";
import type { AccessRequest, HttpParts } from "../model/access-request.ts";

/** What a request says of HTTP, in parts. */
export function httpParts({ http }: AccessRequest): HttpParts {
  if (typeof http !== "string") return http ?? {};
  const parts = splitHttp(http);
  return isProblem(parts) ? {} : parts;
}

/** The request with some parts of its HTTP replaced. */
export function withHttp(request: AccessRequest, parts: HttpParts): AccessRequest {
  return { ...request, http: { ...httpParts(request), ...parts } };
}

/** A header of the request, its first line. */
export function headerOf(request: AccessRequest, name: string): string | undefined {
  const { headers = {} } = httpParts(request);
  const value = Object.entries(headers).find(([other]) => other.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.[0];
}

/** The request with a header; undefined takes it away. */
export function withHeader(
  request: AccessRequest,
  name: string,
  value: string | undefined,
): AccessRequest {
  const { headers = {} } = httpParts(request);
  const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== name);
  const own = value === undefined ? [] : [[name, value] as const];
  return withHttp(request, { headers: Object.fromEntries([...others, ...own]) });
}
