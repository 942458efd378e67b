import fc from "fast-check";
import { line, usual } from "./drawn-lines.ts";

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
/** Headers, as text: some names come twice, some mean something to a proxy, some values are none. */
const headers = usual(
  fc
    .array(
      fc.tuple(
        usual(
          fc.constantFrom("x-env", "x-a", "User-Agent", "accept"),
          fc.constantFrom("upgrade", "connection", "x_a", "x-a\u0001x", "x-a:x-env", "te", "host"),
        ),
        usual(
          fc.constantFrom("b", "prod", "", "1"),
          fc.constantFrom("\u007f", "é", 5, ["b"], null),
        ),
      ),
      { maxLength: 3 },
    )
    .map(
      (all) => `{${all.map((pair) => pair.map((one) => JSON.stringify(one)).join(":")).join()}}`,
    ),
  fc.constantFrom("null", "5", '"x"', "[]"),
);
const source = usual(
  fc.constantFrom('{"ip":"10.1.2.3"}', '{"ip":"192.168.0.255"}', "{}"),
  fc.constantFrom(
    ...['{"ip":"10.1.2.256"}', '{"ip":"01.1.1.1"}', '{"ip":"1.1.1"}', '{"ip":"::1"}', "null"],
    ...['{"ip":"1.1.1.1.1"}', '{"ip":5}', '{"proxyProtocol":"10.1.1.1"}', '{"ip":""}', '"x"'],
  ),
);
const parts = fc
  .record(
    {
      method: method.map((each) => JSON.stringify(each)),
      path: target.map((each) => JSON.stringify(each)),
      host: usual(
        fc.constantFrom('"orders.shop"', '"orders.shop:8080"'),
        fc.constantFrom('"a b"', '""', "5", "null"),
      ),
      version: usual(fc.constantFrom('"1.1"', '"2"'), fc.constantFrom('"1.0"', "2", '"x"')),
      headers,
      body: fc.constant('"x"'),
    },
    { requiredKeys: ["method", "path"] },
  )
  .filter(({ body, headers: own }) => body === undefined || own === undefined);
const identity = fc.oneof(
  from,
  fc.constantFrom(
    ...["spiffe://cluster.local/ns/shop/sa/web", "spiffe://elsewhere/ns/shop/sa/web"],
    ...["spiffe://cluster.local/ns/ops/sa/a", "spiffe://cluster.local/ns/ops/sa/b"],
  ),
);
const written = (all: object): string =>
  `{${Object.entries(all)
    .map(([key, own]) => `"${key}":${own}`)
    .join()}}`;
/** Requests in our words that say everything, in this order or another one. */
const wholeRequest = fc
  .tuple(
    fc.record(
      {
        from: identity.map((each) => JSON.stringify(each)),
        source,
        to: to.map((each) => JSON.stringify(each)),
        http: fc.oneof(
          { weight: 9, arbitrary: parts.map(written) },
          { weight: 1, arbitrary: fc.constant('"GET /api/1"') },
        ),
        id: fc.constantFrom("1", '"a"'),
      },
      { requiredKeys: ["from", "to", "http"] },
    ),
    fc.boolean(),
  )
  .map(([all, turned]) =>
    written(turned ? Object.fromEntries(Object.entries(all).reverse()) : all),
  );
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
  { weight: 6, arbitrary: wholeRequest },
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
