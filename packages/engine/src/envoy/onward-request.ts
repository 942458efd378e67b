import type { Header, HttpRequest } from "../model/request.ts";
import type { UnknownParts } from "./attributes.ts";
import type { Forwarded } from "./forward.ts";
import { generatedRequestId } from "./http/mutate-headers.ts";

/** How a body goes on whose length was not said. */
const chunked: readonly Header[] = [["transfer-encoding", "chunked"]];

/**
 * A request as the next proxy gets it. A part that nobody stated stays unknown, whatever a route took it for, unless the route has
 * written it: the next proxy may want to tell more values apart. An id that Envoy made up is not told.
 */
export function onwardRequest(
  { request, unclear }: Forwarded,
  unknown: UnknownParts,
  isHostWritten: boolean,
): HttpRequest {
  const { version, method, path, authority, headers, body } = request;
  const has = (name: string): boolean => headers.some(([each]) => each === name);
  const isPath = !unknown.target || has("x-envoy-original-path");
  const isHost = !unknown.host || isHostWritten;
  return {
    version: version === "1.0" ? "1.1" : version,
    ...(unknown.method ? {} : { method }),
    ...(isPath && path !== undefined ? { target: path } : {}),
    ...(isHost ? { host: authority ?? null } : {}),
    headers: [
      ...headers.filter(([, value]) => value !== generatedRequestId),
      ...(body !== undefined && !has("content-length") ? chunked : []),
    ],
    ...otherHeaders(unknown, unclear),
    ...(body === undefined ? {} : { body }),
  };
}

/** Those that nobody stated, and those that a proxy writes. */
function otherHeaders(
  { header, headers }: UnknownParts,
  unclear: readonly string[],
): Pick<HttpRequest, "otherHeaders"> {
  if (header !== undefined && headers === undefined) return { otherHeaders: "unknown" };
  const names = [...new Set([...(headers ?? []), ...unclear])];
  return names.length === 0 ? {} : { otherHeaders: names };
}
