import type { Header } from "../../model/request.ts";
import {
  type CodecError,
  type CodecSettings,
  type Decoded,
  hasControl,
  keptLines,
  limits,
  type RawRequest,
  validAuthority,
  validName,
} from "./codec.ts";
import { joinInline } from "./inline-headers.ts";

/** Headers that HTTP/2 forbids. */
const forbidden = new Set([
  ...["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"],
]);

/** What the HTTP/2 codec makes of a request: what it refuses resets the stream, without a status. Any method token is fine. */
export function decodeHttp2(raw: RawRequest, settings: CodecSettings): Decoded {
  const lines = keptLines(raw.headers, settings);
  const broken = fieldError(raw, lines, settings) ?? messageError(raw, lines);
  if (broken) return broken;
  const fromHeader = lines.find(([name]) => name === "host")?.[1];
  const authority = raw.host ?? fromHeader;
  return {
    kind: "decoded",
    version: "2",
    method: raw.method,
    ...(raw.method === "CONNECT" ? {} : { path: raw.target }),
    ...(authority === undefined ? {} : { authority }),
    headers: joinInline(joinCookies(lines.filter(([name]) => name !== "host"))),
    ...(raw.body ? { body: raw.body } : {}),
  };
}

function reset(details: string): CodecError {
  return { kind: "codec-error", details };
}

function fieldError(
  { method, target, host }: RawRequest,
  lines: readonly Header[],
  settings: CodecSettings,
): CodecError | undefined {
  if (lines.length + pseudoHeaders > limits.count) return reset("http2.too_many_headers");
  if (
    listSize([[":method", method], [":path", target], [":authority", host ?? ""], ...lines]) >
    limits.bytes
  )
    return reset("http2.header_list_size_too_large");
  const invalid =
    !validName(method.toLowerCase()) ||
    target === "" ||
    /[ \t]/.test(target) ||
    hasControl(target) ||
    (host !== null && (host === "" || host.includes("@") || !validAuthority(host))) ||
    lines.some(([name, value]) => !validName(name) || hasControl(value)) ||
    lines.some(([name, value]) => name === "content-length" && !isLength(value));
  if (invalid) return reset("http2.invalid.header.field");
  if (settings.underscores === "reject" && lines.some(([name]) => name.includes("_")))
    return reset("http2.unexpected_underscore");
  return undefined;
}

/** A number of 64 bits. */
function isLength(text: string): boolean {
  return /^[0-9]+$/.test(text) && text.replace(/^0+/, "").length <= 20 && BigInt(text) < 2n ** 64n;
}

const pseudoHeaders = 4;

/** As HPACK counts: 32 bytes for each field on top of its text; `:scheme` is always there. */
function listSize(fields: readonly Header[]): number {
  return fields.reduce((sum, [name, value]) => sum + name.length + value.length + 32, 44);
}

function messageError(
  { method, target, body }: RawRequest,
  lines: readonly Header[],
): CodecError | undefined {
  const isMissing =
    !body && lines.some(([name, value]) => name === "content-length" && /[1-9]/.test(value));
  const misplaced =
    isMissing ||
    lines.some(([name, value]) => forbidden.has(name) || (name === "te" && value !== "trailers")) ||
    !(target.startsWith("/") || method === "CONNECT" || (method === "OPTIONS" && target === "*"));
  return misplaced ? reset("http2.violation.of.messaging.rule") : undefined;
}

/** The crumbs of a cookie are one header again, the last one; an empty cookie is none. */
function joinCookies(lines: readonly Header[]): readonly Header[] {
  const [first = "", ...more] = lines
    .filter(([name]) => name === "cookie")
    .map(([, value]) => value);
  const cookie = more.reduce(
    (crumbs, crumb) => (crumbs === "" ? crumb : `${crumbs}; ${crumb}`),
    first,
  );
  const others = lines.filter(([name]) => name !== "cookie");
  return cookie === "" ? others : [...others, ["cookie", cookie]];
}
