import type { HttpRequest } from "../model/request.ts";
import type { Way } from "../model/route.ts";
import type { Leaving } from "../model/verdict.ts";
import type { Original } from "./addressed.ts";
import { type Endpoint, takesHttp2 } from "./endpoint.ts";
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

const saysLength: ReadonlySet<string> = new Set(["content-length", "transfer-encoding", "upgrade"]);

/**
 * A request in the protocol that its destination speaks. The HTTP/1 encoder says of one without a body that there is none, but for
 * methods that seldom have one.
 */
export function asSent(http: HttpRequest, { service }: Endpoint): HttpRequest {
  const { method, body, headers } = http;
  if (takesHttp2(service))
    return {
      ...http,
      version: "2",
      headers: headers.filter(([name]) => name !== "transfer-encoding"),
    };
  const isSaid = headers.some(([name]) => saysLength.has(name));
  if (method === undefined || bodiless.has(method) || body || isSaid) return http;
  return { ...http, headers: [...headers, ["content-length", "0"]] };
}

/** What nothing routes is tried at its address, whoever is there. */
export function passedTo(original: Original | undefined, { host }: Way): Partial<Leaving> {
  if (host !== "PassthroughCluster" || original?.address === undefined) return {};
  return { at: original.address, port: original.port, transport: "plaintext" };
}
