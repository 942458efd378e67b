import type { AccessRequest, Problem } from "../model/access-request.ts";
import { problem } from "./problem.ts";

/**
 * Parts of a request that the raw level beside them stands for. Nobody would read them: a token beside `raw` is not sent, and
 * the answer would be about another request than the one that is shown.
 */
export function saidTwice(request: AccessRequest): readonly Problem[] {
  return [...besideRaw(request), ...besideConnection(request)];
}

function besideRaw({ raw, http, grpc, token }: AccessRequest): readonly Problem[] {
  if (raw === undefined) return [];
  return [
    ...unread("http", http, "`raw`, which is all that is sent", "leave one of them out"),
    ...unread("grpc", grpc, "`raw`, which is all that is sent", "leave one of them out"),
    ...unread(
      "token",
      token === "none" ? undefined : token,
      "`raw`, which is all that is sent",
      'a line of `raw.headers`, or `http` instead of `raw`: raw.headers: [[authorization, "Bearer ey..."]]',
    ),
  ];
}

function besideConnection(request: AccessRequest): readonly Problem[] {
  const { connection, source, sni, transport } = request;
  if (connection === undefined) return [];
  const what = "`connection`, which says all of it";
  const other = transport === connection.transport ? undefined : transport;
  return [
    ...unread("source", source, what, "write `connection.sourceIp` or `connection.proxyProtocol`"),
    ...unread("sni", sni, what, "write `connection.sni`"),
    ...unread("transport", other, what, "write `connection.transport`"),
  ];
}

function unread(part: string, value: unknown, by: string, hint: string): readonly Problem[] {
  return value === undefined
    ? []
    : [problem([part], `\`${part}\` has no effect beside ${by}`, hint)];
}
