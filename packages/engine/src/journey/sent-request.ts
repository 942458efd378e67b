import { speaksHttp2 } from "../kubernetes/port-protocol.ts";
import type { HttpRequest } from "../model/request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Inquiry } from "./inquiry.ts";

/** What a route makes of a path that nobody stated is known for the values that were tried only: there may be others. */
export function noteRewritten(
  before: HttpRequest | undefined,
  after: HttpRequest | undefined,
  { ask }: Inquiry,
): void {
  if (before === undefined || before.target !== undefined || after?.target === undefined) return;
  ask({ id: "http.path, as a route rewrites it", candidates: [after.target], partial: true });
}

const bodiless: ReadonlySet<string> = new Set(["CONNECT", "DELETE", "GET", "HEAD", "TRACE"]);

/**
 * A request in the protocol that its destination speaks. The HTTP/1 encoder says of one without a body that there is none, but for
 * methods that seldom have one.
 */
export function asSent(http: HttpRequest, { service }: Endpoint): HttpRequest {
  const port = service?.object?.ports.find((each) => each.port === service.port);
  if (port !== undefined && speaksHttp2(port)) return { ...http, version: "2" };
  const { method, body, headers } = http;
  const isSaid = headers.some(([name]) => name === "content-length" || name === "upgrade");
  if (method === undefined || bodiless.has(method) || body || isSaid) return http;
  return { ...http, headers: [...headers, ["content-length", "0"]] };
}
