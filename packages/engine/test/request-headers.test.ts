import { describe, expect, test } from "vitest";
import type { RawRequest } from "../src/envoy/http/codec.ts";
import type { Downstream } from "../src/envoy/http/mutate-headers.ts";
import { readRequest } from "../src/envoy/http/read-request.ts";
import type { HttpSettings } from "../src/model/program.ts";
import type { Header } from "../src/model/request.ts";
import { gateway, ordinary, plaintext, sidecar } from "./raw-requests.ts";

const mesh: Downstream = {
  ...plaintext,
  encrypted: true,
  certificate: { uris: ["spiffe://cluster.local/ns/a/sa/b"] },
  localUri: "spiffe://cluster.local/ns/foo/sa/reviews",
};

/** The headers that filters see, without what Envoy always adds. */
function seen(
  headers: readonly Header[],
  settings = sidecar,
  downstream = plaintext,
  version: RawRequest["version"] = "1.1",
): readonly string[] {
  const result = readRequest({ ...ordinary, version, headers }, settings, downstream);
  if (result.kind !== "request") return [result.kind];
  return result.request.headers
    .filter(([name]) => !["x-request-id", "x-forwarded-proto"].includes(name))
    .map(([name, value]) => `${name}: ${value}`);
}

describe("the headers that filters see", () => {
  test.each<readonly [readonly Header[], readonly string[]]>([
    [[["x", " a b "]], ["x: a b"]],
    [
      [
        ["x", "1"],
        ["x", "2"],
      ],
      ["x: 1", "x: 2"],
    ],
    [
      [
        ["user-agent", "1"],
        ["x", "3"],
        ["user-agent", "2"],
      ],
      ["user-agent: 1,2", "x: 3"],
    ],
    [
      [
        ["cookie", "a"],
        ["cookie", "b"],
      ],
      ["cookie: a", "cookie: b"],
    ],
    [
      [
        ["connection", "close, x-foo"],
        ["x-foo", "1"],
      ],
      [],
    ],
    [
      [
        ["keep-alive", "1"],
        ["proxy-connection", "1"],
        ["upgrade", "foo"],
      ],
      [],
    ],
    [[["te", "gzip"]], []],
    [[["te", "gzip, trailers"]], ["te: trailers"]],
    [[["referer", "not a url"]], []],
    [[["referer", "/rel"]], ["referer: /rel"]],
    [[["referer", "https://a.b/c#f"]], []],
    [[["referer", "android-app://a.b"]], ["referer: android-app://a.b"]],
    [
      [
        ["x-envoy-internal", "true"],
        ["x-envoy-retry-on", "5xx"],
      ],
      [],
    ],
    [[["x-envoy-original-path", "/a"]], ["x-envoy-original-path: /a"]],
    [[["x-forwarded-client-cert", "x"]], []],
  ])("%j at a sidecar: %j", (sent, expected) => {
    expect(seen(sent)).toEqual(expected);
  });

  test.each<readonly [readonly Header[], readonly string[]]>([
    [[], ["x-forwarded-for: 10.1.2.3", "x-envoy-external-address: 10.1.2.3"]],
    [
      [["x-forwarded-for", "1.1.1.1"]],
      ["x-forwarded-for: 1.1.1.1,10.1.2.3", "x-envoy-external-address: 10.1.2.3"],
    ],
    [
      [["x-envoy-original-path", "/a"]],
      ["x-forwarded-for: 10.1.2.3", "x-envoy-external-address: 10.1.2.3"],
    ],
  ])("%j at a gateway: %j", (sent, expected) => {
    expect(seen(sent, gateway)).toEqual(expected);
  });

  test.each<readonly [string, readonly Header[], readonly string[]]>([
    [
      "crumbs of a cookie are one header, the last",
      [
        ["cookie", "a=b"],
        ["x", "1"],
        ["cookie", "c=d"],
      ],
      ["x: 1", "cookie: a=b; c=d"],
    ],
    ["an empty cookie is none", [["cookie", ""]], []],
    ["blanks around a value stay", [["x", " a "]], ["x:  a "]],
    [
      "an empty line adds no comma",
      [
        ["user-agent", "a"],
        ["user-agent", ""],
      ],
      ["user-agent: a"],
    ],
  ])("over HTTP/2 %s", (_, sent, expected) => {
    expect(seen(sent, sidecar, plaintext, "2")).toEqual(expected);
  });

  test("underscores can be dropped", () => {
    const drops: HttpSettings = { ...sidecar, underscores: "drop" };
    expect(
      seen(
        [
          ["x_y", "1"],
          ["x", "1"],
        ],
        drops,
      ),
    ).toEqual(["x: 1"]);
  });

  test("a line that begins with a blank goes on with the one before", () => {
    expect(
      seen([
        ["x", "a"],
        [" folded", "b"],
      ]),
    ).toEqual(["x: a folded: b"]);
  });

  test("a sidecar appends the client's certificate, a gateway replaces what was sent", () => {
    const sent: readonly Header[] = [["x-forwarded-client-cert", "x"]];
    const [appended = ""] = seen(sent, sidecar, mesh);
    expect(appended).toMatch(/^x-forwarded-client-cert: x,By=spiffe:.*;URI=spiffe:.*\/sa\/b$/);
    expect(seen(sent, gateway, mesh)[0]).toMatch(/^x-forwarded-client-cert: By=/);
  });
});

describe("the client's address", () => {
  const from = (value: string, settings: HttpSettings): string | undefined => {
    const headers: readonly Header[] = [["x-forwarded-for", value]];
    const result = readRequest({ ...ordinary, headers }, settings, plaintext);
    return result.kind === "request" ? result.forwardedFor : undefined;
  };

  test.each([
    ["1.1.1.1", "1.1.1.1"],
    ["9.9.9.9,1.1.1.1", "1.1.1.1"],
    ["9.9.9.9,  1.1.1.1 ", "1.1.1.1"],
    ["1.1.1.1,", undefined],
    ["1.1.1.1:80", undefined],
    ["[2001:db8::5]", undefined],
    ["2001:db8::5", "2001:db8::5"],
    ["bogus", undefined],
  ])("a sidecar takes %j for %s", (value, expected) => {
    expect(from(value, sidecar)).toBe(expected);
  });

  test("counts for an upgrade that is refused, too", () => {
    const headers: readonly Header[] = [
      ["x-forwarded-for", "1.1.1.1"],
      ["connection", "upgrade"],
      ["upgrade", "foo"],
    ];
    expect(readRequest({ ...ordinary, headers }, sidecar, plaintext)).toMatchObject({
      kind: "reply",
      reply: { status: 403, details: "upgrade_failed" },
      forwardedFor: "1.1.1.1",
    });
  });

  test.each([
    [0, "1.2.3.4", undefined],
    [1, "9.9.9.9, 1.2.3.4", "1.2.3.4"],
    [2, "9.9.9.9, 1.2.3.4", "9.9.9.9"],
    [2, "1.2.3.4", undefined],
    [1, "1.2.3.4:555", undefined],
  ])("a gateway behind %s proxies takes %j for %s", (trustedHops, value, expected) => {
    expect(from(value, { ...gateway, trustedHops })).toBe(expected);
  });
});
