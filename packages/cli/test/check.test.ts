import { describe, expect, test } from "vitest";
import { authz, filesBelow } from "./program.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders-clients, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from:
    - source: { serviceAccounts: ["shop/web"] }
    to:
    - operation: { methods: ["GET"] }
  - from:
    - source: { ipBlocks: ["203.0.113.0/24"] }
`;

const suite = (tests: string): string => `apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: orders }
spec:
  mesh: [policies.yaml]
  namespace: shop
  environment: { istio: "1.31" }
  workloads:
    orders: { labels: { app: orders }, serviceAccount: orders, ports: { 8080: http } }
  given: { from: sa/shop/web, to: "orders:8080" }
  tests:
${tests}`;

const orders = ["--to", "ns/shop,app=orders:8080", "--istio", "1.31"];

describe("a request by flags", () => {
  test("is answered with the rule that decided and its place", async () => {
    const { code, out, err } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", "policies.yaml", "--from", "sa/shop/web", "--http", "GET /"],
      ...orders,
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatchInlineSnapshot(`
      "DECISION  STATUS  FROM         TO                       REQUEST  DECIDED BY
      allow     200     sa/shop/web  ns/shop,app=orders:8080  GET /    shop/orders-clients[0]  policies.yaml:7:5
      assumed: no labels but app=orders; data plane sidecar: ns/shop,app=orders, sa/shop/web; protocol http: ns/shop,app=orders:8080; HTTP/1.1; transport mtls: ns/shop,app=orders; Istio's default mesh config; no further policies in istio-system, shop
      "
    `);
  });

  test("is answered with exit code 0 when it is denied", async () => {
    const { code, out } = await authz(
      { "-": policies },
      ...[
        "check",
        "-f",
        "-",
        "--from",
        "sa/shop/web",
        "--http",
        "POST /",
        "--source-ip",
        "10.0.0.9",
      ],
      ...orders,
    );
    expect(code).toBe(0);
    expect(out.split("\n")[1]).toMatchInlineSnapshot(
      `"deny      403     sa/shop/web  ns/shop,app=orders:8080  POST /   no ALLOW rule matched (1 policy, 2 rules)"`,
    );
  });

  test("that depends on an unknown fact exits 3 and shows what follows from each value", async () => {
    const { code, out } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", ".", "--from", "none", "--http", "POST /"],
      ...orders,
    );
    expect(code).toBe(3);
    expect(out).toMatchInlineSnapshot(`
      "DECISION      STATUS  FROM  TO                       REQUEST  DECIDED BY
      undetermined  -       none  ns/shop,app=orders:8080  POST /   depends on source.ip
      undetermined: none -> ns/shop,app=orders:8080 POST /
        source.ip: 10.0.0.1 -> deny; 203.0.113.1 -> allow (--source-ip IP; in a suite \`source\`)
      assumed: no labels but app=orders; data plane sidecar: ns/shop,app=orders; protocol http: ns/shop,app=orders:8080; HTTP/1.1; Istio's default mesh config; no further policies in istio-system, shop
      "
    `);
  });

  test("shows each layer with -v", async () => {
    const { out } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", "*.yaml", "--from", "sa/shop/web", "--http", "GET /a", "-v"],
      ...orders,
    );
    expect(out).toMatchInlineSnapshot(`
      "DECISION  STATUS  FROM         TO                       REQUEST  DECIDED BY
      allow     200     sa/shop/web  ns/shop,app=orders:8080  GET /a   shop/orders-clients[0]  policies.yaml:7:5

      allow  sa/shop/web -> ns/shop,app=orders:8080  GET /a

      sidecar shop/orders
        identity    cluster.local/ns/shop/sa/web (mutual TLS)
        connection  from an unknown address, to port 8080
        request     GET orders.shop/a
        chain       0.0.0.0_8080, HTTP; no Service declares port 8080, which is said to be http
        mTLS mode   PERMISSIVE (mutual TLS and plaintext): no PeerAuthentication says otherwise

        mtls    pass    mutual TLS
        http    pass
        jwt     -       no RequestAuthentication applies: no token is looked at
        deny    -       no DENY policy applies
        allow   pass    shop/orders-clients[0] matches
          ALLOW shop/orders-clients  policies.yaml:3:19
            ✓ rule 0 matches  :7:5
              ✓ serviceAccounts: cluster.local/ns/shop/sa/web matches shop/web  :8:34
              ✓ methods: GET  :10:29
            ✗ rule 1 does not match  :11:5
              ? ipBlocks: 203.0.113.0/24; the caller's address is not known, and does not matter  :12:27
        route   pass
      assumed: no labels but app=orders; data plane sidecar: ns/shop,app=orders, sa/shop/web; protocol http: ns/shop,app=orders:8080; HTTP/1.1; transport mtls: ns/shop,app=orders; Istio's default mesh config; no further policies in istio-system, shop
      "
    `);
  });

  test("is stable JSON with -o json", async () => {
    const { out } = await authz(
      { "policies.yaml": policies },
      ...[
        "check",
        "-f",
        "policies.yaml",
        "--from",
        "sa/shop/web",
        "--http",
        "GET /a",
        "-o",
        "json",
      ],
      ...orders,
    );
    const [result] = JSON.parse(out).results;
    expect(result.branches[0].hops[0].saw.path).toBe("/a");
    expect({ ...result, branches: [], facts: [] }).toMatchInlineSnapshot(`
      {
        "branches": [],
        "by": [
          {
            "at": {
              "column": 5,
              "file": "policies.yaml",
              "line": 7,
            },
            "kind": "AuthorizationPolicy",
            "policy": "shop/orders-clients",
            "rule": 0,
          },
        ],
        "decision": "allow",
        "facts": [],
        "layer": "allow",
        "outcome": {
          "details": "via_upstream",
          "kind": "forwarded",
          "received": {
            "headers": [
              [
                "host",
                "orders.shop",
              ],
              [
                "x-forwarded-proto",
                "http",
              ],
              [
                "x-forwarded-client-cert",
                "By=spiffe://cluster.local/ns/shop/sa/default;Hash=0000000000000000000000000000000000000000000000000000000000000000;Subject="";URI=spiffe://cluster.local/ns/shop/sa/web",
              ],
            ],
            "method": "GET",
            "path": "/a",
          },
        },
        "reason": "shop/orders-clients[0]",
        "request": {
          "from": "sa/shop/web",
          "http": {
            "method": "GET",
            "path": "/a",
          },
          "to": "ns/shop,app=orders:8080",
        },
        "status": 200,
        "suite": "command line",
        "test": "request",
      }
    `);
  });

  test("that meets another decision than --expect says exits 1", async () => {
    const { code, out } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", "policies.yaml", "--from", "sa/shop/web", "--http", "GET /"],
      ...["--expect", "deny", ...orders],
    );
    expect(code).toBe(1);
    expect(out).toContain("✗ decision: expected deny, got allow 200 (shop/orders-clients[0])");
  });

  test("with a described token is judged by its claims", async () => {
    const jwt = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ issuer: https://login.example, jwksUri: https://login.example/keys }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: buyers, namespace: shop }
spec: { rules: [{ when: [{ key: "request.auth.claims[groups]", values: [buyers] }] }] }
`;
    const token =
      '{"issuer": "https://login.example", "claims": {"sub": "a", "groups": ["buyers"]}}';
    const { code, out } = await authz(
      { "policies.yaml": jwt },
      ...["check", "-f", "policies.yaml", "--from", "sa/shop/web", "--http", "GET /"],
      ...["--keys", "https://login.example=trusted", "--token", token, ...orders],
    );
    expect(code).toBe(0);
    expect(out).toContain("shop/buyers[0]");
  });

  test("of a curl command is read from it", async () => {
    const { code, out } = await authz(
      { "policies.yaml": policies },
      ...["check", "-f", "policies.yaml", "--from", "sa/shop/web"],
      ...["--curl", "curl -sS http://orders.shop:8080/a/../b -H 'x-a: 1'", ...orders],
    );
    expect(code).toBe(0);
    expect(out).toContain("GET orders.shop:8080/b (user-agent: curl/8, accept: */*, x-a: 1)");
  });
});

describe("suites", () => {
  test("are found in folders, with policies relative to them", async () => {
    const { code, out, err } = await authz(
      {
        "a/policies.yaml": policies,
        "a/suite.yaml": suite("  - { name: web reads, request: { http: GET / }, expect: allow }\n"),
      },
      "check",
      "a",
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatchInlineSnapshot(`
      "DECISION  STATUS  FROM         TO           REQUEST  DECIDED BY
      allow     200     sa/shop/web  orders:8080  GET /    shop/orders-clients[0]  a/policies.yaml:7:5
      assumed: data plane sidecar: shop/orders, sa/shop/web; HTTP/1.1; transport mtls: shop/orders; Istio's default mesh config; no further policies in istio-system, shop
      1 request: 1 as expected
      "
    `);
  });

  test("say what was expected, and what is so, at its place", async () => {
    const tests = `  - name: web reads
    cases:
    - { request: { http: GET / }, expect: { decision: allow, status: 201, by: "shop/orders-clients[1]" } }
    - { name: other callers, request: { from: sa/shop/batch, http: GET / }, expect: allow }
`;
    const { code, out } = await authz(
      { "policies.yaml": policies, "suite.yaml": suite(tests) },
      "check",
      "suite.yaml",
    );
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "DECISION      STATUS  FROM           TO           REQUEST  DECIDED BY
      allow         200     sa/shop/web    orders:8080  GET /    shop/orders-clients[0]  policies.yaml:7:5
      undetermined  -       sa/shop/batch  orders:8080  GET /    depends on source.ip
      suite.yaml:14:7: orders: web reads
        sa/shop/web -> orders:8080 GET /
        ✗ by: expected shop/orders-clients[1], got shop/orders-clients[0]
        ✗ status: expected 201, got 200
      suite.yaml:15:7: orders: web reads: other callers
        sa/shop/batch -> orders:8080 GET /
        ✗ decision: expected allow, got undetermined (no ALLOW rule matched (1 policy, 2 rules); or shop/orders-clients[1])
      undetermined: sa/shop/batch -> orders:8080 GET /
        source.ip: 10.0.0.1 -> deny; 203.0.113.1 -> allow (--source-ip IP; in a suite \`source\`)
      assumed: data plane sidecar: shop/orders, sa/shop/web, sa/shop/batch; HTTP/1.1; transport mtls: shop/orders; Istio's default mesh config; no further policies in istio-system, shop
      2 requests: 2 not as expected
      "
    `);
  });

  test("share names that another suite holds", async () => {
    const shared = `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec: { actors: { web: sa/shop/web, other: sa/shop/x } }
`;
    const including = suite(
      "  - { name: a, request: { from: web, http: GET / }, expect: allow }\n",
    ).replace("  given:", "  include: ../shared.yaml\n  given:");
    const files = { "a/policies.yaml": policies, "shared.yaml": shared, "a/suite.yaml": including };
    expect((await authz(files, "check", ".")).code).toBe(0);
    const lost = await authz({ ...files, "shared.yaml": "" }, "check", "a");
    expect(lost.code).toBe(2);
    const more = `${shared}`.replace("spec: {", "spec: { namespace: shop,");
    const { err } = await authz({ ...files, "shared.yaml": more }, "check", "a");
    expect(err).toContain("shared.yaml:3:9: error suite/invalid-field");
  });

  test("may stand in the file of their policies", async () => {
    const own = suite("  - { name: web reads, request: { http: GET / }, expect: allow }\n");
    const file = `${policies}---\n${own.replace("  mesh: [policies.yaml]\n", "")}`;
    expect((await authz({ "bug.yaml": file }, "check", "bug.yaml")).code).toBe(0);
  });

  test("are judged against the files of -f instead of their own", async () => {
    const open = policies.replace('["GET"]', '["POST"]');
    const { code } = await authz(
      {
        "policies.yaml": policies,
        "new.yaml": open,
        "suite.yaml": suite("  - { name: web reads, request: { http: GET / }, expect: allow }\n"),
      },
      ...["check", "suite.yaml", "-f", "new.yaml"],
    );
    expect(code).toBe(1);
  });

  test("with a mistake are not run, and the mistake is shown", async () => {
    const { code, out, err } = await authz(
      {
        "policies.yaml": policies,
        "suite.yaml": suite("  - { name: web reads, request: { htpt: GET / }, expect: allow }\n"),
      },
      "check",
      "suite.yaml",
    );
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatchInlineSnapshot(`
      "suite.yaml:12:35: error suite/unknown-field: unknown field \`htpt\`
      12 |   - { name: web reads, request: { htpt: GET / }, expect: allow }
         |                                   ^^^^
         = did you mean \`http\`?
      "
    `);
  });

  test("of the examples hold", async () => {
    const { code, out, err } = await authz(
      filesBelow("policies/examples"),
      "check",
      "policies/examples",
    );
    expect([code, err.includes(": error ")]).toEqual([0, false]);
    expect(out).not.toContain("not as expected");
  });
});

describe("what loads nothing, or not what was meant, is an error", () => {
  const request = ["--from", "sa/shop/web", "--http", "GET /", ...orders];

  test.each([
    ["a file that is not there", ["check", "-f", "polices.yaml", ...request]],
    ["a glob that matches nothing", ["check", "-f", "x/*.yaml", ...request]],
    ["a folder without policies", ["check", "-f", "empty", ...request]],
    ["no mesh at all", ["check", ...request]],
    ["no request at all", ["check", "-f", "policies.yaml"]],
    ["no destination", ["check", "-f", "policies.yaml", "--from", "none"]],
    ["a path without a suite", ["check", "policies.yaml"]],
    ["a suite and a request", ["check", "suite.yaml", ...request]],
    ["an unknown flag", ["check", "--form", "sa/shop/web"]],
    ["an unknown caller", ["check", "-f", "policies.yaml", "--from", "web", ...orders]],
    [
      "an unknown release",
      ["check", "-f", "policies.yaml", "--istio", "1.3", "--to", "ns/shop:80"],
    ],
    ["a suite whose mesh is not there", ["check", "lost.yaml"]],
    ["an unknown command", ["chek"]],
    ["no command", []],
  ])("%s", async (_, args) => {
    const files = {
      "policies.yaml": policies,
      "empty/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: b }\n",
      "suite.yaml": suite("  - { name: web reads, request: { http: GET / }, expect: allow }\n"),
      "lost.yaml": suite("  - { name: a, request: {} }\n").replace("policies.yaml", "lost/*.yaml"),
    };
    expect((await authz(files, ...args)).code).toBe(2);
  });
});

test("a flag that is nearly right is suggested", async () => {
  const { err } = await authz({}, "check", "--form", "sa/shop/web");
  expect(err).toBe("authz: unknown flag `--form`\n  = did you mean `--from`?\n");
});

test("a request that nobody quoted is told how it is given", async () => {
  const args = ["check", "-f", "policies.yaml", ...orders, "GET", "/it's"];
  const { code, err } = await authz({ "policies.yaml": policies }, ...args);
  expect([code, err]).toEqual([
    2,
    "authz: what is `GET /it's`?\n  = a request is one word: --http 'GET /it'\\''s'\n",
  ]);
});
