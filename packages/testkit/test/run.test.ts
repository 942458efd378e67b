import { parseDocuments } from "@meshproof/engine";
import { describe, expect, test } from "vitest";
import {
  type CaseResult,
  isSuite,
  parseSuite,
  runSuite,
  type SuiteResult,
  type SuiteWorld,
} from "../src/index.ts";

const policies = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { serviceAccounts: [web] } }]
    to: [{ operation: { methods: [GET], paths: ["/api/*"] } }]
  - from: [{ source: { serviceAccounts: [admin] } }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: no-secrets, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  action: DENY
  rules:
  - to: [{ operation: { paths: ["/api/secrets/*"], ports: ["8080"] } }]
`;

async function run(spec: string, world: Partial<SuiteWorld> = {}): Promise<SuiteResult> {
  const text = `${policies}---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
metadata: { name: orders }
spec:
  namespace: shop
  environment: { istio: "1.31" }
  workloads:
    orders: { labels: { app: orders }, serviceAccount: orders, ports: { 8080: http } }
  actors: { web: sa/shop/web, admin: sa/shop/admin, other: sa/shop/other }
  groups: { staff: [admin], everyone: [web, admin, other] }
  given: { to: "orders:8080" }
${spec}`;
  const file = { path: "suite.yaml", text };
  const [suite] = parseDocuments(file)
    .documents.filter(isSuite)
    .map((document) => parseSuite(document));
  if (suite?.parsed === undefined) throw new Error(JSON.stringify(suite?.findings));
  return runSuite(suite.parsed, { files: [file], ...world });
}

async function cases(spec: string): Promise<readonly CaseResult[]> {
  const { findings, cases: all } = await run(spec);
  expect(findings).toEqual([]);
  return all;
}

const failed = (all: readonly CaseResult[]): readonly string[] =>
  all.flatMap(({ failures }) =>
    failures.map(({ what, expected, got }) => `${what}: ${expected}, ${got}`),
  );

test("a matrix denies every cell that is not listed", async () => {
  const all = await cases(`  tests:
  - name: who may do what
    matrix: { from: [everyone], http.method: [GET, POST], http.path: [/api/x, /api/secrets/x] }
    allow:
    - { from: web, http.method: GET, http.path: /api/x }
    - { from: staff, http.path: [/api/x] }
`);
  expect(all).toHaveLength(12);
  expect(failed(all)).toEqual([]);
  expect(all.filter(({ expect: expected }) => expected === "allow")).toHaveLength(3);
});

test("an undetermined cell of a matrix fails", async () => {
  const all = await cases(`  tests:
  - name: the path is not known
    matrix: { from: [web], http.method: [GET] }
    allow: []
`);
  expect(failed(all)).toEqual([expect.stringContaining("decision: deny, undetermined")]);
});

test("other spellings of a path must meet the same decision", async () => {
  const all = await cases(`  tests:
  - name: no way around the deny
    request: { from: admin, http: "GET /api/secrets/x?y=1" }
    variants: [path.dots, path.encoding]
    expect: deny
  - name: slashes are kept unless mesh config merges them
    request: { from: admin, http: GET /api/secrets/x }
    variants: [path.slashes]
    expect: deny
`);
  const [first, second] = [
    "no way around the deny",
    "slashes are kept unless mesh config merges them",
  ].map((name) => all.filter((each) => each.test === name));
  expect(first?.length).toBeGreaterThan(8);
  expect(failed(first ?? [])).toEqual([]);
  expect(failed(second ?? []).length).toBeGreaterThan(0);
});

test("a spelling that its proxy refuses with 400 is told apart from a denial by a policy", async () => {
  const all = await cases(`  tests:
  - name: no way around the deny
    request: { from: admin, http: GET /api/secrets/x }
    variants: [path.query, path.fragment, path.encoded-slashes, method.case]
    expect: deny
`);
  const spelled = all.map(({ request, verdict, apart, failures }) => [
    JSON.stringify(request.http),
    `${verdict?.decision} ${verdict?.outcome?.status} at ${verdict?.layer}${apart ? ", apart" : ""}${failures.length > 0 ? ": fails" : ""}`,
  ]);
  expect(spelled).toMatchInlineSnapshot(`
    [
      [
        "{"method":"GET","path":"/api/secrets/x"}",
        "deny 403 at deny",
      ],
      [
        "{"method":"GET","path":"/api/secrets/x?"}",
        "deny 403 at deny",
      ],
      [
        "{"method":"GET","path":"/api/secrets/x?x=1"}",
        "deny 403 at deny",
      ],
      [
        "{"method":"GET","path":"/api/secrets/x#x"}",
        "deny 403 at deny",
      ],
      [
        "{"method":"GET","path":"/api%2fsecrets/x"}",
        "allow undefined at allow: fails",
      ],
      [
        "{"method":"GET","path":"/api%2Fsecrets%2Fx"}",
        "allow undefined at allow: fails",
      ],
      [
        "{"method":"GET","path":"/x%2f../api/secrets/x"}",
        "allow undefined at allow: fails",
      ],
      [
        "{"method":"GET","path":"/api%252fsecrets/x"}",
        "allow undefined at allow: fails",
      ],
      [
        "{"method":"get","path":"/api/secrets/x"}",
        "deny 400 at http, apart",
      ],
      [
        "{"method":"Get","path":"/api/secrets/x"}",
        "deny 400 at http, apart",
      ],
    ]
  `);
});

test("every cell of a matrix is asked in its other spellings", async () => {
  const all = await cases(`  tests:
  - name: secrets
    matrix: { from: [admin, web], http: [GET /api/secrets/x] }
    variants: [path.dots, path.query]
    allow: []
`);
  expect(all.length).toBeGreaterThan(12);
  expect(failed(all)).toEqual([]);
});

test("a request reaches the workload and the port that a Service's port leads to", async () => {
  const all = await cases(`  tests:
  - name: right
    request: { from: web, http: GET /api/x }
    expect: { decision: allow, reaches: "shop/orders:8080" }
  - name: another port
    request: { from: web, http: GET /api/x }
    expect: { decision: allow, reaches: "shop/orders:80" }
  - name: refused
    request: { from: admin, http: GET /api/secrets/x }
    expect: { decision: deny, reaches: shop/orders }
`);
  expect(all.map(({ failures }) => failures.map(({ got }) => got))).toEqual([
    [],
    ["shop/orders:8080"],
    ["nothing"],
  ]);
});

test("a table has a request in each row, and what is expected of it", async () => {
  const all = await cases(`  tests:
  - name: by rows
    given: { http: GET /api/x }
    table:
      columns: [from, http.path, expect, expect.by]
      rows:
      - [web, ~, allow, "shop/orders[0]"]
      - [web, /api/secrets/1, deny, "shop/no-secrets[0]"]
      - [other, /, deny, ~]
`);
  expect(failed(all)).toEqual([]);
  expect(all.map(({ verdict }) => verdict?.decision)).toEqual(["allow", "deny", "deny"]);
});

test("a group of callers is a request each", async () => {
  const all = await cases(`  tests:
  - name: nobody reads secrets
    request: { from: [staff, web], http: GET /api/secrets/x }
    expect: { decision: deny, by: shop/no-secrets }
`);
  expect(all.map(({ request }) => request.from)).toEqual(["sa/shop/admin", "sa/shop/web"]);
  expect(failed(all)).toEqual([]);
});

test("only leaves the other tests out, skip says why", async () => {
  const all = await cases(`  tests:
  - { name: a, request: { from: web, http: GET / }, expect: allow }
  - name: b
    only: true
    cases:
    - { request: { from: other, http: GET / }, expect: allow, skip: not yet }
    - { request: { from: other, http: GET / }, expect: deny }
`);
  expect(all.map(({ test: name, skipped }) => [name, skipped])).toEqual([
    ["b", "not yet"],
    ["b", undefined],
  ]);
  expect(failed(all)).toEqual([]);
});

describe("what is expected", () => {
  const other = "from: other, http: GET /api/x";

  test.each([
    ["web", "GET /api/x", "allow", []],
    [
      "web",
      "GET /api/x",
      "{ decision: allow, status: 200, layer: allow, hop: sidecar, enforced: true }",
      [],
    ],
    ["web", "GET /api/x", "{ path: /api/x, headers: { host: orders.shop, x-user: ~ } }", []],
    ["web", "GET /api/x", "{ path: /api/y }", ["path: /api/y, /api/x"]],
    ["web", "GET /api/x", '{ by: "shop/orders[1]" }', ["by: shop/orders[1], shop/orders[0]"]],
    ["web", "GET /api/x", "{ by: shop/orders }", []],
    ["web", "GET /api/x", "{ headers: { x-user: a } }", ['headers.x-user: "a", no such header']],
    ["web", "GET /api/x", "{ hop: gateway }", ["hop: gateway, sidecar shop/orders"]],
    [
      "other",
      "GET /api/x",
      "{ decision: deny, status: 403, layer: allow, reason: no ALLOW rule }",
      [],
    ],
    ["other", "GET /api/x", "{ reason: rbac_access_denied }", []],
    [
      "other",
      "GET /api/x",
      "{ headers: { x-user: ~ } }",
      ["headers.x-user: no such header, no request received"],
    ],
    [
      "other",
      "GET /api/x",
      "{ dryRun: { deny: shop/orders } }",
      ["dryRun.deny: shop/orders, none"],
    ],
    [
      "web",
      "POST /api/x",
      "allow",
      ["decision: allow, deny 403 (no ALLOW rule matched (1 policy, 2 rules))"],
    ],
  ])("of %s %s: %s", async (from, http, expected, wrong) => {
    const all = await cases(`  tests:
  - name: a
    request: { from: ${from}, http: ${http} }
    expect: ${expected}
`);
    expect(failed(all)).toEqual(wrong);
  });

  test("the short deny is not met by a request that never got to a policy", async () => {
    const all = await cases(`  tests:
  - name: a
    request: { from: web, http: { method: GET, path: "/api/%00" } }
    expect: deny
  - name: b
    request: { from: web, http: { method: GET, path: "/api/%00" } }
    expect: { decision: deny, layer: http }
`);
    expect(failed(all)).toEqual([
      expect.stringContaining("decision: deny by a policy, deny by layer http"),
    ]);
  });

  test("a case may leave it to its test", async () => {
    const all = await cases(`  tests:
  - name: a
    expect: deny
    cases:
    - { request: { ${other} } }
    - { request: { from: web, http: GET /api/x }, expect: allow }
`);
    expect(failed(all)).toEqual([]);
  });
});

test("a folder that holds no policy is an error, not a mesh that allows everything", async () => {
  const file = {
    path: "suite.yaml",
    text: `apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec: { environment: { istio: "1.31" }, tests: [] }
`,
  };
  const [suite] = parseDocuments(file).documents.map((document) => parseSuite(document));
  if (suite?.parsed === undefined) throw new Error("no suite");
  const { findings } = await runSuite(suite.parsed, { files: [file] });
  expect(findings.map(({ code }) => code)).toEqual(["load/nothing"]);
});

test("another spelling of a path tells what each mode of path normalisation makes of it", async () => {
  const all = await cases(`  tests:
  - name: secrets
    request: { from: admin, http: GET a.example/api/secrets/x }
    variants: [path.slashes, http.version]
    expect: { decision: deny }
`);
  const [own, doubled] = all;
  expect([own?.modes, doubled?.request.http]).toEqual([
    undefined,
    { host: "a.example", method: "GET", path: "//api/secrets/x" },
  ]);
  expect(doubled?.modes).toEqual({
    NONE: "allow",
    BASE: "allow",
    MERGE_SLASHES: "deny",
    DECODE_AND_MERGE_SLASHES: "deny",
  });
  const versions = all.filter(({ variant }) => variant === "http.version");
  expect(versions.map(({ verdict }) => verdict?.outcome?.status)).toEqual([426, 403]);
});

test("a spelling that no policy gets to see is counted apart, whatever its status", async () => {
  const all = await cases(`  tests:
  - name: secrets
    request: { from: admin, http: GET a.example/api/secrets/x }
    variants: [http.version, method.case]
    expect: deny
`);
  expect(failed(all)).toEqual([]);
  expect(all.filter(({ apart }) => apart).map(({ verdict }) => verdict?.outcome?.status)).toEqual([
    426, 400, 400,
  ]);
});

test("a failure names the rule that came closest", async () => {
  const [denied, allowed] = await cases(`  tests:
  - { name: writes, request: { from: web, http: POST /api/x }, expect: allow }
  - { name: reads, request: { from: admin, http: GET /api/x }, expect: deny }
`);
  expect(denied?.near?.rule).toMatchObject({ policy: { name: "orders" }, rule: 0 });
  expect(denied?.near?.failing.map(({ field }) => field)).toEqual(["methods"]);
  expect(allowed?.near).toMatchObject({ action: "DENY", rule: { policy: { name: "no-secrets" } } });
});

test("with a clock, each result says how long it took", async () => {
  const spec =
    "  tests: [{ name: reads, request: { from: web, http: GET /api/x }, expect: allow }]\n";
  let ticks = 0;
  const clock = (): number => {
    ticks += 1;
    return ticks * ticks;
  };
  expect((await run(spec, { clock })).cases.map(({ ms }) => ms)).toEqual([3]);
  expect((await run(spec)).cases.map(({ ms }) => ms)).toEqual([undefined]);
});

test("a token may be named with dots, sent with stray dots around it, or be no token at all", async () => {
  const text = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: { jwtRules: [{ jwksUri: https://login.example/keys }] }
---
apiVersion: meshproof.dev/v1alpha1
kind: Suite
spec:
  namespace: shop
  environment: { istio: "1.31" }
  keys: { https://login.example/keys: trusted }
  workloads: { orders: { labels: { app: orders }, ports: { 8080: http } } }
  tokens:
    alice: { issuer: https://login.example, claims: { sub: alice } }
    alice.v2: { extends: alice, invalid: bad-signature }
  given: { from: sa/shop/web, to: "orders:8080", http: GET / }
  tests:
  - name: tokens
    cases:
    - { request: { token: alice }, expect: allow }
    - { request: { token: alice.v2 }, expect: { decision: deny, reason: verification } }
    - { request: { token: { use: alice, prefix: "Bearer ." } }, expect: allow }
    - { request: { token: { raw: junk } }, expect: { decision: deny, reason: two dots } }
`;
  const file = { path: "suite.yaml", text };
  const [suite] = parseDocuments(file)
    .documents.filter(isSuite)
    .map((each) => parseSuite(each));
  if (suite?.parsed === undefined) throw new Error(JSON.stringify(suite?.findings));
  const { findings, cases: all } = await runSuite(suite.parsed, { files: [file] });
  expect([findings.map(({ message }) => message), failed(all)]).toEqual([[], []]);
});

test("a denial that no policy makes under a value nobody stated says which value", async () => {
  const [only] = await cases(`  tests:
  - { name: bytes, request: { from: web, to: "orders:9999", http: none }, expect: deny }
`);
  expect(only?.failures.map(({ got }) => got)).toEqual([
    "deny by layer http if protocol:workload/shop/orders:9999 is http: state which it is",
  ]);
});
