import { Buffer } from "node:buffer";
import fc from "fast-check";

/** Names of members that are looked for. */
export const names = ["a", "bc", "to"];

/** Members as logs have them, and now and then as they rather not. */
const usual = <Value>(ordinary: fc.Arbitrary<Value>, strange: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 24, arbitrary: ordinary }, { weight: 1, arbitrary: strange });
const strange = fc.constantFrom(
  ...["é", '\\"', "\\u0041", "\u2028", "\u007f", "\t", "\ud800", "a\\", "\0", '"'],
);
const text = usual(fc.stringMatching(/^[ !#-[\]-~]{0,6}$/), strange);
const value = usual(
  fc.oneof(
    text.map((each) => `"${each}"`),
    fc.constantFrom("null", "0", "12", "123456789012345"),
  ),
  fc.constantFrom("-1", "1.5", "01", "1e3", "true", "nul", "{}", "[1]", "", "1234567890123456789"),
);
const name = fc.oneof(fc.constantFrom(...names, "__proto__"), text);
const member = fc
  .tuple(name, usual(fc.constantFrom(":", ": "), fc.constantFrom(" :", ":\t", "")), value)
  .map(([key, colon, own]) => `"${key}"${colon}${own}`);
/** JSON objects on one line, some broken. */
export const line: fc.Arbitrary<string> = fc
  .tuple(
    usual(fc.constant(""), fc.constantFrom(" ", "\ufeff", "\0")),
    fc.array(member, { minLength: 1, maxLength: 4 }),
    usual(fc.constantFrom(",", ", "), fc.constantFrom(",,", " ,", ";")),
    usual(fc.constantFrom("}", "}\r"), fc.constantFrom("} ", "}}", "", "}x", ",}")),
  )
  .map(([before, members, comma, end]) => `${before}{${members.join(comma)}${end}`);
/** A line with a byte changed, which may make it no text at all. */
export const mutated: fc.Arbitrary<Buffer> = fc
  .tuple(line, fc.nat(), fc.nat(255))
  .map(([whole, at, byte]) => {
    const bytes = Buffer.from(whole);
    bytes[at % bytes.length] = byte === 10 ? 11 : byte;
    return bytes;
  });

/** Lines of which most have the members of the one before, with other values; and some with a byte changed. */
export const alikeLines: fc.Arbitrary<readonly Buffer[]> = fc
  .tuple(line, fc.array(fc.tuple(fc.nat(4), value, fc.nat(), fc.nat(255)), { maxLength: 8 }))
  .map(([first, changes]) => {
    const lines = [first];
    for (const [which, own] of changes) {
      let member = -1;
      const last = lines.at(-1) ?? "";
      lines.push(
        last.replace(/(: ?)("[^"]*"|[a-z0-9]+)(?=[,}])/g, (whole, colon: string) => {
          member += 1;
          return member === which ? `${colon}${own}` : whole;
        }),
      );
    }
    return lines.map((each, at) => {
      const bytes = Buffer.from(each);
      const [, , place, byte] = changes[at] ?? [0, "", 1, 0];
      if (place % 5 === 0 && byte !== 10) bytes[place % bytes.length] = byte;
      return bytes;
    });
  });

const target = fc.oneof(
  fc.constantFrom(
    ...["/", "/api/1", "/api/admin/1", "/api/x.json", "/other", "/api/1?x=1", "/api/1?x.json"],
    ...[
      "/api/../admin",
      "//api",
      "/api/%61",
      "/api/1?a=/..&b=%2f",
      "/api/1#x",
      "/.",
      "api",
      "",
      "/é",
    ],
  ),
  fc.stringMatching(/^\/[a-z/.?=%]{0,12}$/),
);
const method = usual(
  fc.constantFrom("GET", "POST", "DELETE"),
  fc.constantFrom("get", "OPTIONS", "", "CONNECT", "PROPFIND"),
);
const from = usual(
  fc.constantFrom("sa/shop/web", "sa/ops/a", "sa/shop/x"),
  fc.constantFrom("none", "web", "spiffe://cluster.local/ns/ops/sa/a", "sa/", "\u00e9"),
);
const to = usual(
  fc.constantFrom("ns/shop,app=orders:8080", "ns/shop,app=web:8080"),
  fc.constantFrom("ns/shop,app=headers:8080", "pod/shop/orders-1:8080", "nonsense"),
);
const ours = fc
  .record(
    {
      from,
      to,
      http: fc.tuple(method, target).map((words) => words.join(" ")),
      id: fc.oneof(fc.nat(), fc.string()),
      weight: fc.constant(2),
      source: fc.constant({ ip: "10.1.1.1" }),
      token: fc.constant("none"),
    },
    { requiredKeys: [] },
  )
  .filter(({ weight, source, token }) => [weight, source, token].filter(Boolean).length < 2);
const short = fc.record({
  from,
  to,
  http: fc.tuple(method, target).map((words) => words.join(" ")),
});
const address = usual(
  fc.constantFrom("10.0.0.5:8080", "10.0.0.6:8080", "10.0.0.6:41234", "10.9.9.9:1"),
  fc.constantFrom("-", "10.0.0.6", "10.0.0.5:", "1:2:3", "[::1]:5"),
);
const envoy = fc.record({
  method,
  path: target,
  protocol: usual(fc.constant("HTTP/1.1"), fc.constantFrom("HTTP/2", "HTTP/1.0", null, "x")),
  response_code: fc.constantFrom(200, 403, 0),
  response_code_details: fc.constantFrom("via_upstream", "rbac_access_denied_matched_policy[none]"),
  user_agent: fc.constantFrom("curl/8.5", null, "é", '"', "a\\b"),
  authority: usual(fc.constant("orders.shop"), fc.constantFrom("", "-", "a b", "x:1")),
  upstream_cluster: usual(fc.constant("inbound|8080||"), fc.constantFrom("outbound|80||x", null)),
  downstream_local_address: address,
  downstream_remote_address: address,
  requested_server_name: usual(
    fc.constant("outbound_.80_._.orders.shop.svc.cluster.local"),
    fc.constantFrom(null, "x"),
  ),
  downstream_peer_uri_san: fc.constantFrom(
    ...[undefined, "spiffe://cluster.local/ns/shop/sa/web", "spiffe://cluster.local/ns/ops/sa/b"],
  ),
});
const logLine = fc.oneof(
  { weight: 6, arbitrary: short.map((each) => JSON.stringify(each)) },
  { weight: 6, arbitrary: envoy.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: ours.map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: line },
);
/** Logs of every form that is taken as it stands, with some lines that are not. */
export const log: fc.Arbitrary<string> = fc
  .array(
    usual(
      logLine,
      fc.tuple(logLine, fc.nat()).map(([each, at]) => each.slice(0, at % 200)),
    ),
    {
      minLength: 40,
      maxLength: 80,
    },
  )
  .map((lines) => lines.join("\n"));
