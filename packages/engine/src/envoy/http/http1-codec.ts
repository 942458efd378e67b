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
import { joinInline } from "./inline-headers.ts";
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
    firstLineError(raw.method, target, settings) ??
    lineError(target, lines, settings) ??
    framingError(raw.method, lines);
  if (broken) return broken;
  const headers = withoutNominated(joinInline(lines));
  if (!headers) return codecError("http1.connection_header_rejected");
  const place = readTarget(raw.method, target);
  if (place.kind === "invalid") return codecError(place.details);
  const isOld = raw.version === "1.0" && settings.http10;
  if (raw.version !== "1.1" && !isOld) return lowVersion;
  const authority = place.authority ?? headers.find(([name]) => name === "host")?.[1];
  if (authority !== undefined && !validAuthority(authority)) return invalidAuthority;
  return decoded(raw, place, authority, headers);
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

/** The lines as a parser finds them: cut at the first colon, and a line that begins with a blank goes on with the one before. */
function readLines(headers: readonly Header[]): readonly Header[] {
  if (!headers.some(([name]) => /^[ \t]|:/.test(name))) return trimValues(headers);
  const lines: Header[] = [];
  for (const [name, value] of headers) {
    const line = `${name}:${name.endsWith(":") ? "" : " "}${value}`;
    const before = lines.at(-1);
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line) && before)
      lines[lines.length - 1] = [before[0], `${before[1]} ${line.trim()}`];
    else lines.push([line.slice(0, colon), line.slice(colon + 1)]);
  }
  return trimValues(lines);
}

const phrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  431: "Request Header Fields Too Large",
  501: "Not Implemented",
};

function codecError(details: string, status = 400): CodecError {
  return { kind: "codec-error", status, details, body: phrases[status] ?? "" };
}

/** HTTP/1.0 and everything else that is not 1.1 needs `PILOT_HTTP10`, an:PA-24. */
const lowVersion: Decoded = {
  kind: "reply",
  reply: { status: 426, body: "Upgrade Required", details: "low_version" },
};

const invalidAuthority: Decoded = {
  kind: "reply",
  unseen: true,
  reply: { status: 400, body: "Bad Request", details: "http.invalid_authority" },
};

function firstLineError(
  method: string,
  target: string,
  settings: CodecSettings,
): CodecError | undefined {
  const fine =
    knownMethod(method, settings.queryMethod) && validTarget(target, method === "CONNECT");
  return fine ? undefined : codecError("http1.codec_error");
}

function lineError(
  target: string,
  lines: readonly Header[],
  settings: CodecSettings,
): CodecError | undefined {
  const sent = lines.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    target.length,
  );
  if (sent > limits.bytes) return codecError("http1.headers_too_large", 431);
  if (lines.some(([name]) => !validName(name))) return codecError("http1.codec_error");
  if (hasControl(target) || lines.some(([, value]) => hasControl(value)))
    return codecError("http1.invalid_characters");
  if (settings.underscores === "reject" && lines.some(([name]) => name.includes("_")))
    return codecError("http1.unexpected_underscore");
  if (lines.length > limits.count && joinInline(lines).length > limits.count)
    return codecError("http1.too_many_headers", 431);
  return undefined;
}

/** Where the body ends must be said once and clearly, or nobody agrees on where the next request begins. */
function framingError(method: string, lines: readonly Header[]): CodecError | undefined {
  const values = (wanted: string): readonly string[] =>
    lines.filter(([name]) => name === wanted).map(([, value]) => value);
  const lengths = values("content-length");
  const [length] = lengths;
  if (lengths.length > 1 || (length !== undefined && !/^[0-9]{1,19}$/.test(length)))
    return codecError("http1.codec_error");
  if (method === "CONNECT" && length !== undefined && Number(length) !== 0)
    return codecError("http1.body_disallowed");
  const encodings = values("transfer-encoding");
  if (encodings.length > 0 && length !== undefined)
    return codecError("http1.content_length_and_chunked_not_allowed");
  if (encodings.length > 0 && encodings.join(",").toLowerCase() !== "chunked")
    return codecError("http1.invalid_transfer_encoding", 501);
  return undefined;
}
