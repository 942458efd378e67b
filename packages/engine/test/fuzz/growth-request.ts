import { normalizePath, type PathSettings } from "../../src/envoy/http/normalize-path.ts";
import { validReferer } from "../../src/envoy/http/referer.ts";
import { serve } from "../../src/journey/serve.ts";
import type { Connection, Header, HttpRequest } from "../../src/model/request.ts";
import { type Growth, repeat, growths as table } from "./growth.ts";
import { facts, mtls } from "./use-mesh.ts";
import { sidecar, worlds } from "./world.ts";

const targets: Readonly<Record<string, (size: number) => string>> = {
  slashes: repeat("/"),
  letters: repeat("a", "/"),
  segments: repeat("/a"),
  dots: repeat(".", "/"),
  "dot segments": repeat("/."),
  "segments up": repeat("/.."),
  "segments down and up": repeat("/a/.."),
  "all down, then all up": (n) => `${"/a".repeat(n)}${"/..".repeat(n)}`,
  "escaped dots": repeat("/%2e%2E"),
  "escaped slashes": repeat("%2f", "/"),
  "escaped letters": repeat("%61", "/"),
  "broken escapes": repeat("%", "/"),
  "escapes that complete escapes": repeat("%%330", "/"),
  "broken escapes before letters": repeat("%a%z", "/"),
  backslashes: repeat("\\", "/"),
  parameters: repeat("/..;a"),
  semicolons: repeat(";", "/.."),
  "dots and semicolons": repeat(".;", "/"),
  "question marks": repeat("?", "/"),
  fragments: repeat("#", "/"),
  "query parameters": repeat("a=b&", "/?"),
  "tokens in the query": repeat("token=a.b.c&", "/?"),
  "blanks in the middle": repeat(" ", "/", "x"),
  "blanks at the end": repeat(" ", "/"),
  "high bytes": repeat("\xc3\xa9", "/"),
  "broken bytes": repeat("\xff", "/"),
  "a host": repeat("a", "http://", "/"),
  "hosts of parts": repeat("a.", "http://", "/"),
  "at signs": repeat("@", "http://", "/"),
  "user names": repeat("a@", "http://"),
  "colons in a host": repeat(":", "http://", "/"),
  "a long port": repeat("1", "http://a:", "/"),
  schemes: repeat("a", "", "://"),
  "brackets in a host": repeat("[", "http://", "/"),
};

const settings: readonly PathSettings[] = [
  { normalizePath: true, mergeSlashes: true, escapedSlashes: "decode" },
  { normalizePath: true, mergeSlashes: true, escapedSlashes: "keep", dotSegmentParameters: "keep" },
];

const open: Connection = { ...mtls, transport: "plaintext", alpn: [] };

const [first, other = first] = worlds;

function send(http: Partial<HttpRequest>): unknown {
  const whole: HttpRequest = {
    version: "1.1",
    method: "GET",
    host: "a",
    target: "/",
    headers: [],
    ...http,
  };
  return [
    serve(first, sidecar, open, whole, facts),
    serve(other, sidecar, mtls, { ...whole, version: "2" }, facts),
    serve(first, { ...sidecar, kind: "gateway" }, open, whole, facts),
  ];
}

const values: Readonly<Record<string, (size: number) => string>> = {
  letters: repeat("a"),
  "blanks in the middle": repeat(" ", "a", "b"),
  "tabs in the middle": repeat("\t", "a", "b"),
  "blanks around": (n) => `${" ".repeat(n)}a${" ".repeat(n)}`,
  commas: repeat(","),
  "commas and blanks": repeat(", "),
  addresses: repeat("10.0.0.1, "),
  "dots in an address": repeat(".", "1"),
  "colons in an address": repeat(":", "1"),
  semicolons: repeat("; "),
  cookies: repeat("a=b; "),
  "cookies of one name": repeat("session=a.b.c; "),
  quotes: repeat('"'),
  "bearer tokens": repeat("Bearer "),
  "dots of a token": repeat(".", "Bearer a"),
  "a long token": repeat("a", "Bearer ", ".b.c"),
  options: repeat("x-user, "),
  URLs: repeat("https://a/"),
  "question marks": repeat("?", "/a"),
  slashes: repeat("/"),
  "high bytes": repeat("\xc3\xa9"),
  "broken bytes": repeat("\xff"),
};

const headers = [
  ...[
    "x-user",
    "authorization",
    "x-forwarded-for",
    "cookie",
    "connection",
    "referer",
    "te",
    "upgrade",
  ],
  ...[
    "x-forwarded-client-cert",
    "content-length",
    "transfer-encoding",
    "x-jwt",
    "x-forwarded-proto",
  ],
];

const lines: Readonly<Record<string, (index: number) => Header>> = {
  "lines of one header": () => ["x-user", "a"],
  "lines of different headers": (at) => [`x-${at}`, "a"],
  "lines of an inline header": () => ["x-forwarded-for", "10.0.0.1"],
  "lines of tokens": () => ["authorization", "Bearer a.b.c"],
  "lines of cookies": () => ["cookie", "session=a.b.c"],
  "lines that go on": () => [" x", "a"],
  "lines with colons": () => ["x:y", "a"],
};

export const requestGrowth: readonly Growth[] = [
  ...table("request target:", targets, (make) => (size) => {
    const target = make(size);
    return () => send({ target });
  }),
  ...table(
    "normal path:",
    targets,
    (make) => (size) => {
      const target = make(size);
      return () => settings.map((setting) => normalizePath(target, setting));
    },
    2 ** 18,
  ),
  ...headers.flatMap((name) =>
    table(`header ${name}:`, values, (make) => (size) => {
      const value = make(size);
      return () =>
        send({ headers: [[name, value]], method: name === "upgrade" ? "OPTIONS" : "GET" });
    }),
  ),
  ...table("host:", values, (make) => (size) => {
    const host = make(size);
    return () => send({ host });
  }),
  ...table("referer:", values, (make) => (size) => {
    const value = make(size);
    return () => [validReferer(value), validReferer(`https://${value}`)];
  }),
  ...table(
    "headers:",
    lines,
    (make) => (size) => {
      const all = Array.from({ length: size }, (_, at) => make(at));
      return () => send({ headers: all });
    },
    2 ** 17,
  ),
];
