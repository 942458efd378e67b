import { describe, expect, test } from "vitest";
import type { RawRequest } from "../src/envoy/http/codec.ts";
import { readRequest } from "../src/envoy/http/read-request.ts";
import type { HttpSettings } from "../src/model/program.ts";
import type { Header } from "../src/model/request.ts";
import { gateway, ordinary, plaintext, sidecar } from "./raw-requests.ts";

/** The end of a request, or the path and authority it goes on with. */
function read(change: Partial<RawRequest>, settings = sidecar): string {
  const result = readRequest({ ...ordinary, ...change }, settings, plaintext);
  if (result.kind === "codec-error") return `${result.status ?? "reset"} ${result.details}`;
  if (result.kind === "reply") return `${result.reply.status} ${result.reply.details}`;
  return `${result.request.authority}${result.request.path ?? ""}`;
}

const many = (count: number, name = (index: number) => `x-${index}`): readonly Header[] =>
  Array.from({ length: count }, (_, index) => [name(index), "1"]);

describe("over HTTP/1.1", () => {
  test.each<readonly [Partial<RawRequest>, string]>([
    [{ method: "FOO" }, "400 http1.codec_error"],
    [{ method: "get" }, "400 http1.codec_error"],
    [{ method: "M-SEARCH" }, "400 http1.codec_error"],
    [{ method: "MSEARCH" }, "reviews/a"],
    [{ target: "a" }, "400 http1.codec_error"],
    [{ target: "" }, "400 http1.codec_error"],
    [{ target: "/a b" }, "400 http1.codec_error"],
    [{ target: "/\xc3\xa9" }, "400 http1.codec_error"],
    [{ target: "/a\fb" }, "400 http1.invalid_characters"],
    [{ target: "*" }, "400 http1.invalid_url"],
    [{ target: "*", method: "OPTIONS" }, "404 absolute_path_rejected"],
    [{ target: "http://abs/x" }, "abs/x"],
    [{ target: "http://abs" }, "abs/"],
    [{ target: "HTTP://ABS/../x" }, "ABS/x"],
    [{ target: "http://u@abs:99/x" }, "abs:99/x"],
    [{ target: "http://abs?x=1" }, "404 absolute_path_rejected"],
    [{ target: "http:///x" }, "400 http1.invalid_url"],
    [{ target: "http://a_b/x" }, "400 http1.invalid_url"],
    [{ target: "http://a:99999/x" }, "400 http1.invalid_url"],
    [{ target: "ftp://abs/x" }, "400 http1.invalid_scheme"],
    [{ target: "abs:80", method: "CONNECT", host: "other" }, "abs:80"],
    [{ target: "/abs", method: "CONNECT" }, "400 http1.invalid_url"],
    [{ host: null }, "400 missing_host_header"],
    [{ host: "" }, "/a"],
    [{ host: "a b" }, "400 http.invalid_authority"],
    [{ host: "a/b" }, "400 http.invalid_authority"],
    [{ host: "a b", target: "http://abs/x" }, "abs/x"],
    [{ host: "a", headers: [["host", "b"]] }, "a,b/a"],
    [{ version: "1.0" }, "426 low_version"],
    [{ version: "1.0", host: null }, "426 low_version"],
    [{ version: "1.0", target: "*" }, "400 http1.invalid_url"],
    [{ target: "/%00" }, "400 path_normalization_failed"],
    [{ headers: [["x", "1\x01"]] }, "400 http1.invalid_characters"],
    [{ headers: [["x", "\x7f"]] }, "400 http1.invalid_characters"],
    [{ headers: [["x", "a\tb\xe9"]] }, "reviews/a"],
    [{ headers: [["x y", "1"]] }, "400 http1.codec_error"],
    [{ headers: [["content-length", "abc"]] }, "400 http1.codec_error"],
    [{ headers: many(2, () => "content-length") }, "400 http1.codec_error"],
    [{ headers: [["transfer-encoding", "gzip"]] }, "501 http1.invalid_transfer_encoding"],
    [
      {
        headers: [
          ["transfer-encoding", "chunked"],
          ["content-length", "5"],
        ],
      },
      "400 http1.content_length_and_chunked_not_allowed",
    ],
    [{ headers: [["connection", "x-forwarded-for"]] }, "400 http1.connection_header_rejected"],
    [{ headers: [["connection", "host"]] }, "400 missing_host_header"],
    [
      {
        headers: [
          ["connection", "upgrade"],
          ["upgrade", "foo"],
        ],
      },
      "403 upgrade_failed",
    ],
    [
      {
        headers: [
          ["connection", "Upgrade"],
          ["upgrade", "WebSocket"],
        ],
      },
      "reviews/a",
    ],
    [{ headers: [["upgrade", "foo"]] }, "reviews/a"],
    [{ headers: many(99) }, "reviews/a"],
    [{ headers: many(100) }, "431 http1.too_many_headers"],
    [{ headers: many(150, () => "accept") }, "reviews/a"],
    [{ headers: [["x", "a".repeat(65_000)]] }, "431 http1.headers_too_large"],
  ])("%j ends as %s", (change, expected) => {
    expect(read(change)).toBe(expected);
  });
});

describe("a request for a tunnel of UDP", () => {
  const asked: readonly Header[] = [["upgrade", "Connect-UDP"]];
  const place = "/.well-known/masque/udp";

  test.each([
    [`${place}/evil/80/`, `evil:80${place}/evil/80/`],
    [`${place}/ev%69l/8%30/`, `evil:80${place}/evil/80/`],
    [`${place}/EVIL/a%2f/`, `EVIL:a/${place}/EVIL/a%2f/`],
    [`${place}/a%20b/80/`, `a b:80${place}/a%20b/80/`],
    [`${place}/2001%3Adb8::1/80/`, `[2001:db8::1]:80${place}/2001%3Adb8::1/80/`],
    [`${place}/[::1]/80/`, `[::1]:80${place}/[::1]/80/`],
    [`${place}/1:2/80/`, `1:2:80${place}/1:2/80/`],
    [`${place}/1.2.3.4/80/`, `1.2.3.4:80${place}/1.2.3.4/80/`],
    [`${place}/%00/80/`, "400 path_normalization_failed"],
    [`http://abs${place}/evil/80/`, `evil:80${place}/evil/80/`],
    ["/a", "404 invalid_path"],
    [`${place}/evil/80`, "404 invalid_path"],
    [`${place}/evil//`, "404 invalid_path"],
    [`${place}/evil/80/?x=1`, "404 invalid_path"],
    [`${place}/evil/80/x/`, "404 invalid_path"],
    [`/${place}/evil/80/`, "404 invalid_path"],
    [`${place}/./evil/80/`, "404 invalid_path"],
    [`${place}/evil%25/80/`, "404 invalid_path"],
    [`${place}/%zz/80/`, "404 invalid_path"],
  ])("to %s is one for %s", (target, expected) => {
    expect(read({ target, headers: asked })).toBe(expected);
  });

  test.each<readonly [Partial<RawRequest>, string]>([
    [{ host: null }, "400 missing_host_header"],
    [{ target: "*", method: "OPTIONS" }, "404 invalid_path"],
    [{ target: "abs:80", method: "CONNECT" }, "404 invalid_path"],
    [{ headers: [...asked, ["connection", "upgrade"]] }, "403 upgrade_failed"],
    [{ headers: [["upgrade", "connect-udp, x"]] }, `reviews${place}/evil/80/`],
    [{ headers: [...asked, ["connection", "upgrade-insecure"]] }, `evil:80${place}/evil/80/`],
  ])("as %j ends as %s", (change, expected) => {
    const whole = { target: `${place}/evil/80/`, headers: asked, ...change };
    expect(read(whole)).toBe(expected);
  });
});

describe("over HTTP/2", () => {
  test.each<readonly [Partial<RawRequest>, string]>([
    [{ method: "FOO" }, "reviews/a"],
    [{ method: "G ET" }, "reset http2.invalid.header.field"],
    [{ target: "a" }, "reset http2.violation.of.messaging.rule"],
    [{ target: "" }, "reset http2.invalid.header.field"],
    [{ target: "/a b" }, "reset http2.invalid.header.field"],
    [{ target: "/caf\xe9" }, "reviews/caf%E9"],
    [{ target: "*" }, "reset http2.violation.of.messaging.rule"],
    [{ target: "*", method: "OPTIONS" }, "404 absolute_path_rejected"],
    [{ host: "a@b" }, "reset http2.invalid.header.field"],
    [{ host: "" }, "reset http2.invalid.header.field"],
    [{ host: null }, "400 missing_host_header"],
    [{ host: null, headers: [["host", "b"]] }, "b/a"],
    [{ headers: [["host", "b"]] }, "reviews/a"],
    [{ headers: [["te", "gzip"]] }, "reset http2.violation.of.messaging.rule"],
    [{ headers: [["connection", "close"]] }, "reset http2.violation.of.messaging.rule"],
    [{ headers: [["x", "\x01"]] }, "reset http2.invalid.header.field"],
    [{ headers: many(96) }, "reviews/a"],
    [{ headers: many(97) }, "reset http2.too_many_headers"],
    [{ headers: [["x", "a".repeat(61_400)]] }, "reset http2.header_list_size_too_large"],
  ])("%j ends as %s", (change, expected) => {
    expect(read({ version: "2", ...change })).toBe(expected);
  });
});

test("settings of a gateway redirect escaped slashes, but not for gRPC, and refuse underscores", () => {
  const edge: HttpSettings = { ...gateway, escapedSlashes: "redirect", underscores: "reject" };
  const grpc: readonly Header[] = [["content-type", "application/grpc"]];
  expect(read({ target: "/a%2Fb" }, edge)).toBe("307 path_normalization_failed");
  expect(read({ target: "/a%2Fb", headers: grpc }, edge)).toBe("400 path_normalization_failed");
  expect(read({ headers: [["x_y", "1"]] }, edge)).toBe("400 http1.unexpected_underscore");
});

test("QUERY needs a content-type where it is known", () => {
  const newer: HttpSettings = { ...sidecar, queryMethod: true };
  const typed: readonly Header[] = [["content-type", "text/plain"]];
  expect(read({ method: "QUERY" })).toBe("400 http1.codec_error");
  expect(read({ method: "QUERY" }, newer)).toBe("400 query_missing_content_type");
  expect(read({ method: "QUERY", headers: typed }, newer)).toBe("reviews/a");
});
