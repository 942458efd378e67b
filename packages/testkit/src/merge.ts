import { type HttpParts, isProblem, splitHttp } from "@meshproof/engine";
import type { RequestPart } from "./suite.ts";

/**
 * A request with another on top: what the upper one gives wins, part by part. A short `http` is split before. Exact bytes above
 * stand for the words below them, and words above for the bytes below; a token that is left beside bytes is for the engine to refuse.
 */
export function mergeRequests(lower: RequestPart, over: RequestPart): RequestPart {
  const base = besideBytes(lower, over);
  const { http: _http, grpc: _grpc, ...rest } = base;
  const http = mergeHttp(over.grpc === undefined ? base.http : withoutTarget(base.http), over.http);
  const grpc = over.grpc ?? (namesTarget(over.http) ? undefined : base.grpc);
  return {
    ...rest,
    ...over,
    ...(http === undefined ? {} : { http }),
    ...(grpc === undefined ? {} : { grpc }),
    ...mergeMaps("source", base, over),
    ...mergeMaps("providers", base, over),
  };
}

function besideBytes(base: RequestPart, over: RequestPart): RequestPart {
  const sent = besideMessage(base, over);
  if (over.connection === undefined) return sent;
  const { source: _source, sni: _sni, transport: _transport, ...unconnected } = sent;
  return unconnected;
}

function besideMessage(base: RequestPart, over: RequestPart): RequestPart {
  const { raw: _raw, ...words } = base;
  const { http: _http, grpc: _grpc, ...bytes } = base;
  if (over.raw !== undefined) return bytes;
  return over.http === undefined && over.grpc === undefined ? base : words;
}

/** The `http` of a request in parts. A text that is no request stays as it is, for the engine to refuse. */
export function httpParts(http: RequestPart["http"]): HttpParts | string | undefined {
  if (typeof http !== "string") return http;
  const parts = splitHttp(http);
  return isProblem(parts) ? http : parts;
}

function mergeHttp(base: RequestPart["http"], over: RequestPart["http"]): RequestPart["http"] {
  const [below, above] = [httpParts(base), httpParts(over)];
  if (above === undefined) return below;
  if (typeof below !== "object" || typeof above !== "object") return above;
  const headers = { ...without(below.headers, Object.keys(above.headers ?? {})), ...above.headers };
  const any = below.headers !== undefined || above.headers !== undefined;
  return { ...below, ...above, ...(any ? { headers } : {}) };
}

/** Header names are equal whatever the case of their letters. */
function without(
  headers: HttpParts["headers"],
  names: readonly string[],
): NonNullable<HttpParts["headers"]> {
  const gone = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => !gone.has(name.toLowerCase())),
  );
}

/** A gRPC method is a method and a path: it does not go with others. */
function withoutTarget(http: RequestPart["http"]): RequestPart["http"] {
  const parts = httpParts(http);
  if (typeof parts !== "object") return parts;
  const { method: _method, path: _path, ...others } = parts;
  return others;
}

/** Whether a method or a path is said. */
export function namesTarget(http: RequestPart["http"]): boolean {
  const parts = httpParts(http);
  return typeof parts === "object" && (parts.method ?? parts.path) !== undefined;
}

function mergeMaps<Name extends "source" | "providers">(
  name: Name,
  base: RequestPart,
  over: RequestPart,
): Pick<RequestPart, Name> | Record<never, never> {
  const merged = { ...base[name], ...over[name] };
  return base[name] === undefined && over[name] === undefined ? {} : { [name]: merged };
}
