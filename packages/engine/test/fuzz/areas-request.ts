import { normalizePath, type PathSettings } from "../../src/envoy/http/normalize-path.ts";
import { evaluate } from "../../src/evaluate.ts";
import { serve } from "../../src/journey/serve.ts";
import { utf8Bytes } from "../../src/match/bytes.ts";
import type { Connection, Header, HttpRequest } from "../../src/model/request.ts";
import { mutateText } from "./mutate-text.ts";
import type { Area } from "./run.ts";
import { facts, inspect, mtls, token } from "./use-mesh.ts";
import { sidecar, worlds } from "./world.ts";

const pathPieces = [
  ...[
    "/",
    "//",
    "/./",
    "/../",
    "/..",
    "\\",
    "%2e%2e",
    "%2f",
    "%5c",
    ";x=1",
    "..;/",
    "%",
    "%25",
    "%%32%65",
  ],
  ...[
    "?",
    "#",
    "&",
    "=",
    "/api/",
    "/admin",
    "/a/x/b",
    ".php",
    "http://",
    "https://x:1",
    "@",
    ":",
    "*",
    " ",
  ],
];

/** Request targets, and the methods before them. */
export function targetArea(): Area {
  return {
    name: "request targets",
    seeds: [
      ...["/", "/api/orders?x=1#f", "/a/b/../c//d", "/%61dmin/%2e%2e/x", "/..;/admin", "*", ""],
      ...["http://shop.example:80/api?q", "/a%2Fb%5Cc", "shop:80", "/x/y/z.php;p", "/%C3%A9/é"],
    ],
    mutate: (seeds, random) => mutateText(seeds, random, pathPieces),
    check: checkTarget,
  };
}

const settings: readonly PathSettings[] = [true, false].flatMap((normalize) =>
  [true, false].flatMap((mergeSlashes) =>
    (["keep", "decode", "redirect", "reject"] as const).map((escapedSlashes) => ({
      normalizePath: normalize,
      mergeSlashes,
      escapedSlashes,
      dotSegmentParameters: "keep",
    })),
  ),
);

/** Normalising twice changes nothing, except that parameters of dot segments can come up under an escape (Envoy 1.39.1). */
function checkTarget(text: string): string {
  const target = utf8Bytes(text);
  const kinds = settings.map((setting) => {
    const once = normalizePath(target, setting);
    if (once.kind === "rejected") return once.kind;
    const twice = normalizePath(once.path, setting);
    if (twice.kind !== "path" || twice.path !== once.path)
      throw new Error(`normalised twice: ${JSON.stringify([setting, once, twice])}`);
    return once.kind;
  });
  const methods = ["GET", "CONNECT", "OPTIONS", "x"];
  const method = methods[text.length % 4] ?? "GET";
  return [...new Set(kinds)].join() + send({ target, method, headers: [] }, text);
}

/** Header lines; the first is the authority. */
export function headerArea(): Area {
  const usual = [
    "x-forwarded-for: 10.0.0.5, 10.67.0.1",
    `authorization: Bearer ${token}`,
    "cookie: a=b; session=x; __proto__=y",
    "x-forwarded-client-cert: By=a;URI=spiffe://cluster.local/ns/a/sa/b",
    "connection: keep-alive, x-user",
    "upgrade: websocket",
    "te: trailers",
    "referer: https://a/b?c",
    "content-length: 5",
    "transfer-encoding: chunked",
    "x-forwarded-proto: https",
    "content-type: application/grpc",
    "x-user: a",
    "expect: 100-continue",
    "__proto__: x",
    "constructor: x",
    "origin: x",
    "access-control-request-method: GET",
  ];
  return {
    name: "headers",
    seeds: [
      `orders.shop\n${usual.join("\n")}`,
      ...usual.map((line) => `orders\n${line}`),
      "",
      "[::1]:80\n",
    ],
    mutate: (seeds, random) =>
      mutateText(seeds, random, [...usual.map((line) => `\n${line}\n`), "\n", ", ", "; "]),
    check: (text) => {
      const [host = "", ...lines] = utf8Bytes(text).split("\n");
      const headers = lines.map((line): Header => {
        const colon = line.indexOf(":", 1);
        return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1)];
      });
      return send({ target: "/api/x?token=a.b.c", method: "GET", host, headers }, text);
    },
  };
}

type Sent = Pick<HttpRequest, "target" | "method" | "headers" | "host">;

/** One request at one proxy, in each version of HTTP, and the same by the journey. Everything is known, so nothing is asked. */
function send(sent: Sent, text: string): string {
  const mesh = worlds[text.length % worlds.length] ?? worlds[0];
  const http: HttpRequest = { version: "1.1", host: "orders", ...sent };
  const open: Connection = { ...mtls, transport: "plaintext", alpn: [] };
  const trace = text.length % 5 === 0 ? ({ trace: "all" } as const) : {};
  const hops = [
    serve(mesh, sidecar, open, http, facts, trace),
    serve(mesh, sidecar, mtls, { ...http, version: "2" }, facts, trace),
    serve(mesh, { ...sidecar, kind: "gateway" }, open, http, facts),
  ];
  if (text.length % 7 === 0)
    hops.push(serve(mesh, sidecar, open, { ...http, version: "1.0" }, facts));
  inspect(hops, text);
  return hops.map(({ outcome }) => outcome.details ?? outcome.kind).join() + travel(sent, text);
}

/** The same request by the journey: nothing is left open, so the answer is one. */
function travel({ target = "", method = "", host, headers }: Sent, text: string): string {
  if (text.length % 3 > 0) return "";
  const verdict = evaluate(
    worlds[0],
    {
      to: {
        namespace: "shop",
        labels: { app: "orders" },
        port: 8080,
        protocol: "http",
        dataPlane: "sidecar",
      },
      connection: { ...mtls, destinationPort: 8080 },
      raw: { version: "1.1", target, method, host: host ?? "orders", headers },
      now: "2026-09-01T10:00:00Z",
    },
    { signatures: { [token]: "valid" }, facts: allSigned },
  );
  inspect(verdict, text);
  if (verdict.decision === "undetermined")
    throw new Error(
      `undetermined: ${JSON.stringify(verdict.facts.filter(({ state }) => state === "unknown"))}`,
    );
  return verdict.decision;
}

/** Whatever is asked of a signature: it is valid. */
const allSigned: Readonly<Record<string, string>> = new Proxy(
  {},
  { get: (_, id) => (String(id).startsWith("signature:") ? "valid" : undefined) },
);
