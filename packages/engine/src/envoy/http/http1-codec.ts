import type { Header } from "../../model/request.ts";
import {
  type CodecError,
  type CodecSettings,
  type Decoded,
  type DecodedRequest,
  hasControl,
  keptLines,
  limits,
  type RawRequest,
  trimValues,
  validAuthority,
  validName,
} from "./codec.ts";
import { withoutNominated } from "./connection-header.ts";
import { joinInline, joinValues } from "./inline-headers.ts";
import { readTarget, validTarget, withoutBlanks } from "./request-target.ts";

/** The methods that Envoy's HTTP/1 parser knows, in upper case only: `envoy:source/common/http/http1/balsa_parser.cc`. */
export const knownMethods: readonly string[] = [
  ...["ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK"],
  ...["MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "MSEARCH", "NOTIFY", "OPTIONS"],
  ...["PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE", "PUT", "REBIND", "REPORT", "SEARCH"],
  ...["SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK", "UNSUBSCRIBE"],
];
const methods: ReadonlySet<string> = new Set(knownMethods);

/** Whether the HTTP/1 parser knows a method. `query`: by release. */
export function knownMethod(method: string, query = false): boolean {
  return methods.has(method) || (query && method === "QUERY");
}

/** What the HTTP/1 codec makes of a request. Follows `envoy:source/common/http/http1/codec_impl.cc`, in its order. */
export function decodeHttp1(raw: RawRequest, settings: CodecSettings): Decoded {
  const target = withoutBlanks(raw.target);
  const host: readonly Header[] = raw.host === null ? [] : [["host", raw.host]];
  const lines = keptLines(readLines([...host, ...raw.headers]), settings);
  const broken =
    parserError(raw, target, lines, settings) ??
    lineError(lines, settings) ??
    encodingError(raw.method, lines);
  if (broken) return broken;
  const headers = withoutNominated(joinInline(lines));
  const place = readTarget(raw.method, target);
  if (!headers && raw.method !== "CONNECT") return codecError("http1.connection_header_rejected");
  if (place.kind === "invalid") return codecError(place.details);
  if (!headers) return codecError("http1.connection_header_rejected");
  if (place.scheme === "https" && settings.plaintextEdge)
    return codecError("http1.https_url_on_plaintext_connection", 403);
  const isOld = raw.version === "1.0" && settings.http10;
  if (raw.version !== "1.1" && !isOld) return lowVersion;
  const authority = place.authority ?? headers.find(([name]) => name === "host")?.[1];
  if (authority !== undefined && !validAuthority(authority)) return invalidAuthority;
  return { ...decoded(raw, place, authority, headers), ...bodyOf(raw, lines) };
}

function decoded(
  { version, method }: RawRequest,
  place: { readonly path?: string; readonly scheme?: string },
  authority: string | undefined,
  headers: readonly Header[],
): DecodedRequest {
  return {
    kind: "decoded",
    version,
    method,
    ...(place.path === undefined ? {} : { path: place.path }),
    ...(place.scheme === undefined ? {} : { scheme: place.scheme }),
    ...(authority === undefined ? {} : { authority }),
    headers: headers.filter(([name]) => name !== "host"),
  };
}

/** A body that some header announces: bytes after any other request are the next one. */
function bodyOf({ body = "" }: RawRequest, lines: readonly Header[]): { readonly body?: string } {
  const [length = "0"] = valuesOf(lines, "content-length");
  if (Number(length) > 0) return { body: body.slice(0, Number(length)) };
  return valuesOf(lines, "transfer-encoding").length > 0 ? { body } : {};
}

/** The lines as a parser finds them: cut at the first colon, and a line that begins with a blank goes on with the one before. */
function readLines(written: readonly Header[]): readonly Header[] {
  const headers = withoutReturns(written);
  if (!headers.some(([name]) => /^[ \t]|:/.test(name))) return trimValues(headers);
  const lines: Header[] = [];
  for (const [name, value] of headers) {
    const line = `${name}: ${value}`;
    const before = lines.at(-1);
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line) && before)
      lines[lines.length - 1] = [before[0], `${before[1]} ${line.trim()}`];
    else lines.push([line.slice(0, colon), line.slice(colon + 1)]);
  }
  return trimValues(lines);
}

/** A carriage return inside of a value is dropped. */
function withoutReturns(headers: readonly Header[]): readonly Header[] {
  if (!headers.some(([, value]) => value.includes("\r"))) return headers;
  return headers.map(([name, value]) => [name, value.replaceAll("\r", "")]);
}

const phrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  431: "Request Header Fields Too Large",
  501: "Not Implemented",
};

function codecError(details: string, status = 400): CodecError {
  return { kind: "codec-error", status, details, body: phrases[status] ?? "" };
}

/** HTTP/1.0 and everything else that is not 1.1 needs `PILOT_HTTP10`, an:PA-24. */
const lowVersion: Decoded = {
  kind: "reply",
  unseen: true,
  reply: { status: 426, body: "Upgrade Required", details: "low_version" },
};

const invalidAuthority: Decoded = {
  kind: "reply",
  unseen: true,
  reply: { status: 400, body: "Bad Request", details: "http.invalid_authority" },
};

/** What the parser refuses before the codec hears of a request. Headers that do not fit into one read are cut off after the first line. */
function parserError(
  { method, target: whole }: RawRequest,
  target: string,
  lines: readonly Header[],
  settings: CodecSettings,
): CodecError | undefined {
  const isLine =
    knownMethod(method, settings.queryMethod) && validTarget(target, method === "CONNECT");
  const sent = lines.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    target.length,
  );
  if (sent > limits.bytes)
    return isLine ? codecError("http1.headers_too_large", 431) : codecError("http1.codec_error");
  const written = [method, whole, ...lines.flat()].map((text) => text.replaceAll("\r", ""));
  if (written.some(hasControl)) return codecError("http1.invalid_characters");
  const isFine = isLine && lines.every(([name]) => validName(name)) && validLength(lines);
  return isFine ? undefined : codecError("http1.codec_error");
}

/** One length, of digits. Beside chunks the parser does not look at it. */
function validLength(lines: readonly Header[]): boolean {
  const isChunked = ([name, value]: Header): boolean =>
    name === "transfer-encoding" && value.toLowerCase() === "chunked";
  if (lines.some(isChunked)) return true;
  const [length = "0", ...more] = valuesOf(lines, "content-length");
  return more.length === 0 && /^[0-9]{1,19}$/.test(length);
}

function lineError(lines: readonly Header[], settings: CodecSettings): CodecError | undefined {
  if (settings.underscores === "reject" && lines.some(([name]) => name.includes("_")))
    return codecError("http1.unexpected_underscore");
  if (lines.length > limits.count && joinInline(lines).length > limits.count)
    return codecError("http1.too_many_headers", 431);
  return undefined;
}

/** Where the body ends must be said once and clearly, or nobody agrees on where the next request begins. */
function encodingError(method: string, lines: readonly Header[]): CodecError | undefined {
  const [length] = valuesOf(lines, "content-length");
  if (method === "CONNECT" && length !== undefined && Number(length) !== 0)
    return codecError("http1.body_disallowed");
  const encodings = valuesOf(lines, "transfer-encoding");
  if (encodings.length === 0) return undefined;
  if (length !== undefined) return codecError("http1.content_length_and_chunked_not_allowed");
  const isChunked = encodings.reduce(joinValues, "").toLowerCase() === "chunked";
  return isChunked && method !== "CONNECT"
    ? undefined
    : codecError("http1.invalid_transfer_encoding", 501);
}

function valuesOf(lines: readonly Header[], wanted: string): readonly string[] {
  return lines.filter(([name]) => name === wanted).map(([, value]) => value);
}
