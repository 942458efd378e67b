import type { HttpRequest } from "../model/request.ts";
import type { UnknownParts } from "./attributes.ts";
import type { Forwarded } from "./forward.ts";
import { generatedRequestId } from "./http/mutate-headers.ts";
import type { Questions } from "./questions.ts";

/**
 * A request as the next proxy gets it. A part that nobody stated and nobody asked for stays unknown, unless a route has written it;
 * an id that Envoy made up is not told.
 */
export function onwardRequest(
  { request, unclear }: Forwarded,
  unknown: UnknownParts,
  { answered }: Questions,
): HttpRequest {
  const { version, method, path, authority, headers, body } = request;
  const has = (name: string): boolean => headers.some(([each]) => each === name);
  const isMethod = !unknown.method || answered("http.method") !== undefined;
  const isPath = !unknown.target || answered("http.path") !== undefined;
  const isHost =
    !unknown.host || answered("http.host") !== undefined || has("x-envoy-original-host");
  return {
    version: version === "1.0" ? "1.1" : version,
    ...(isMethod ? { method } : {}),
    ...(isPath && path !== undefined ? { target: path } : {}),
    ...(isHost ? { host: authority ?? null } : {}),
    headers: headers.filter(([, value]) => value !== generatedRequestId),
    ...(unknown.header || unclear ? { otherHeaders: "unknown" as const } : {}),
    ...(body === undefined ? {} : { body }),
  };
}
