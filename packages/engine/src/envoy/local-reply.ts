import type { Header } from "../model/request.ts";
import type { Outcome } from "../model/verdict.ts";
import type { LocalReply, ProxyRequest } from "./proxy-request.ts";

/** What the caller gets of an answer that Envoy gives by itself. Follows `envoy:source/common/http/utility.cc`, `prepareLocalReply`. */
export function replyOutcome(
  { status, grpcStatus, body, details, headers = [] }: LocalReply,
  request: Pick<ProxyRequest, "method" | "path" | "headers">,
): Outcome {
  const said = request.method === "HEAD" ? "" : body;
  if (isGrpc(request)) return grpcOutcome({ status, body: said, details, headers }, grpcStatus);
  return {
    kind: "reply",
    status,
    details,
    ...(said === "" ? {} : { body: said }),
    ...(headers.length === 0 ? {} : { responseHeaders: headers }),
  };
}

/** gRPC has its own status, in headers, and no body. */
function grpcOutcome(
  { status, body, details, headers = [] }: LocalReply,
  stated: number | undefined,
): Outcome {
  const grpcStatus = stated ?? grpcStatuses[status] ?? 2;
  const message: readonly Header[] = body === "" ? [] : [["grpc-message", percentEncode(body)]];
  return {
    kind: "reply",
    status: 200,
    grpcStatus,
    details,
    responseHeaders: [...headers, ["grpc-status", String(grpcStatus)], ...message],
  };
}

/** `envoy:source/common/grpc/status.cc`, `httpToGrpcStatus`; anything else is UNKNOWN. */
const grpcStatuses: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

function percentEncode(text: string): string {
  return text.replace(
    /[^ -$&-~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** Whether a request is gRPC, by its content type: `envoy:source/common/grpc/common.cc`, `isGrpcRequestHeaders`. */
export function isGrpc({ headers, path }: Pick<ProxyRequest, "headers" | "path">): boolean {
  const type = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return path !== undefined && /^application\/grpc(?:$|\+)/.test(type);
}
