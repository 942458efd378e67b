import { utf8Bytes } from "../match/bytes.ts";
import type { AccessRequest, HttpParts, Problem } from "../model/access-request.ts";
import type { Header } from "../model/request.ts";
import { isProblem, problem } from "./problem.ts";
import { parseUrl } from "./url.ts";

/** An HTTP request as far as it was stated. A part that is absent is unknown; headers that are not listed are absent. */
export interface Message {
  readonly method?: string;
  readonly target?: string;
  readonly host?: string;
  readonly version?: "1.0" | "1.1" | "2";
  readonly headers: readonly Header[];
  readonly body?: string;
}

const short = "GET /path, or GET host.example.com/path";

/** The parts of a short form: "GET /x", "GET host/x", "/x", "GET". A suite merges requests after this. */
export function splitHttp(text: string): HttpParts | Problem {
  const [, request = "", version] = /^(.*?)(?: HTTP\/(1\.0|1\.1|2))?$/.exec(text.trim()) ?? [];
  const [first = "", rest, more] = request.split(" ");
  if (request === "" || more !== undefined)
    return problem(["http"], `\`${text}\` is no request`, short);
  const parts = rest === undefined ? single(first) : { method: first, ...place(first, rest) };
  if (parts === undefined) return problem(["http"], `\`${text}\` is no request`, short);
  if (parts.method !== undefined && !isToken(parts.method))
    return problem(["http"], `\`${parts.method}\` is no method`, short);
  return isVersion(version) ? { ...parts, version } : parts;
}

function isVersion(text: string | undefined): text is NonNullable<HttpParts["version"]> {
  return text === "1.0" || text === "1.1" || text === "2";
}

function single(word: string): HttpParts | undefined {
  if (word.startsWith("/")) return { path: word };
  return /^[A-Z]+$/.test(word) ? { method: word } : undefined;
}

/** Where a request goes: a path, or a host and a path. CONNECT has a host alone. */
function place(method: string, text: string): HttpParts {
  if (method === "CONNECT") return { host: text };
  if (text.startsWith("/") || text === "*") return { path: text };
  const url = parseUrl(text.includes("://") ? text : `http://${text}`);
  return url === undefined ? { path: text } : { host: url.host, path: url.path };
}

/** What a request says of HTTP, or what is wrong with it. Undefined: it says nothing, it may be bytes. */
export function parseMessage(request: AccessRequest): Message | Problem | undefined {
  const url = typeof request.to === "string" ? parseUrl(request.to) : undefined;
  const parts = partsOf(request);
  if (isProblem(parts)) return parts;
  if (parts === undefined && url === undefined) return undefined;
  const addressed: HttpParts = url === undefined ? {} : { host: url.host, path: url.path };
  return message({ ...addressed, ...parts });
}

function partsOf({ http, grpc }: AccessRequest): HttpParts | Problem | undefined {
  if (http === "none") return undefined;
  const parts = typeof http === "string" ? splitHttp(http) : http;
  if (grpc === undefined || isProblem(parts)) return parts;
  const method = /^\/?([^/ ]+\/[^/ ]+)$/.exec(grpc)?.[1];
  if (method === undefined)
    return problem(["grpc"], `\`${grpc}\` is no gRPC method`, "package.Service/Method");
  const headers = { "content-type": "application/grpc", te: "trailers", ...parts?.headers };
  return { method: "POST", path: `/${method}`, version: "2", ...parts, headers };
}

function message(parts: HttpParts): Message | Problem {
  const headers = headerLines(parts);
  if (isProblem(headers)) return headers;
  const { method, version, body } = parts;
  const hostLine = headers.find(([name]) => name.toLowerCase() === "host");
  const host = parts.host ?? hostLine?.[1];
  const target = parts.path ?? (method === "CONNECT" ? host : undefined);
  return {
    ...(method === undefined ? {} : { method }),
    ...(target === undefined ? {} : { target: utf8Bytes(target) }),
    ...(host === undefined ? {} : { host: utf8Bytes(host) }),
    ...(version === undefined ? {} : { version }),
    ...(body === undefined ? {} : { body: utf8Bytes(body) }),
    headers: headers.filter((header) => header !== hostLine),
  };
}

function headerLines({ headers = {} }: HttpParts): readonly Header[] | Problem {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((line): Header => [name, utf8Bytes(line)]),
  );
  for (const [name, value] of lines) {
    if (!isToken(name)) return problem(["http", "headers", name], `\`${name}\` is no header name`);
    if (/[\r\n\0]/.test(value))
      return problem(["http", "headers", name], "a header value is one line, without NUL");
  }
  return lines;
}

function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}
