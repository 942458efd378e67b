import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { progressText } from "../src/replay/progress.ts";
import { authz } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A log on disk: logs are streamed from there. */
function log(lines: readonly string[]): string {
  const path = join(folder, `${lines.length}-${lines.join("").length}.log`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const policies = (method: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]
    to: [{ operation: { methods: ["${method}"] } }]
`;
const pods = `apiVersion: v1
kind: Pod
metadata: { name: orders-1, namespace: shop, labels: { app: orders }, annotations: { sidecar.istio.io/status: '{}' } }
spec:
  serviceAccountName: orders
  containers: [{ name: app, ports: [{ containerPort: 8080, name: http }] }]
status: { podIP: 10.0.0.7 }
---
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web }, annotations: { sidecar.istio.io/status: '{}' } }
spec: { serviceAccountName: web, containers: [{ name: app }] }
status: { podIP: 10.0.0.5 }
`;
const files = { "now.yaml": policies("GET"), "next.yaml": policies("POST"), "pods.yaml": pods };

/** The default text form of Istio's access log. */
function envoyLine(method: string, status: number, details: string): string {
  const cluster = "inbound|8080||";
  return `[2026-09-01T10:00:00.000Z] "${method} /api/1 HTTP/1.1" ${status} - ${details} - "-" 0 19 3 2 "-" "curl/8.5" "b5-1" "orders.shop" "10.0.0.7:8080" ${cluster} 127.0.0.6:1 10.0.0.7:8080 10.0.0.5:41000 outbound_.80_._.orders.shop.svc.cluster.local default`;
}
const none = "rbac_access_denied_matched_policy[none]";

describe("a log of requests in our words", () => {
  const requests = ["GET", "POST", "GET"].map((method, index) =>
    JSON.stringify({
      from: "sa/shop/web",
      to: "ns/shop,app=orders:8080",
      http: `${method} /${index}`,
    }),
  );

  test("is counted by what decides", async () => {
    const { code, out } = await authz(files, "replay", log(requests), "-f", "now.yaml");
    expect(out).toBe(`3 requests: 2 allow, 1 deny

WEIGHT  DECIDED BY
2       allow shop/orders[0]
1       deny 403 no ALLOW rule
`);
    expect(code).toBe(0);
  });

  test("shows what other policies would change, grouped and weighted", async () => {
    const weighted = [
      ...requests,
      JSON.stringify({ ...JSON.parse(requests[0] ?? ""), weight: 40 }),
    ];
    const args = ["replay", log(weighted), "-f", "now.yaml", "--candidate", "next.yaml"];
    const { code, out } = await authz(files, ...args);
    expect(out).toContain(`would change: 43
WEIGHT  FROM         TO                       METHOD  NOW                     THEN
42      sa/shop/web  ns/shop,app=orders:8080  GET     allow shop/orders[0]    deny 403 no ALLOW rule
1       sa/shop/web  ns/shop,app=orders:8080  POST    deny 403 no ALLOW rule  allow shop/orders[0]
`);
    expect(code).toBe(1);
    expect((await authz(files, ...args, "--fail-on", "none")).code).toBe(0);
    const { out: json } = await authz(files, ...args, "-o", "json");
    expect(JSON.parse(json).changes[0]).toMatchObject({ weight: 42, example: requests[0] });
  });

  test("names what cannot be read, and why", async () => {
    const lines = ["", "{", "[1]", '{"a":1}', '{"to":"nonsense"}', ...requests];
    const { code, out } = await authz(files, "replay", log(lines), "-f", "now.yaml");
    expect(code).toBe(0);
    expect(out).toContain("1 line: empty");
    expect(out).toContain("1 line: not JSON");
    expect(out).toContain("1 line: no access log of Istio's default form");
    expect(out).toContain("1 line: JSON without `to`, and no known log");
    expect(out).toMatch(/1 line: not understood: /);
    expect((await authz(files, "replay", log(["x"]), "-f", "now.yaml")).code).toBe(2);
  });

  test.each([
    [[folder], "is a folder, not a log"],
    [[log([""]), "--top", "-1"], "`--top -1`: a number from 0 on"],
  ])("is no %j", async (args, told) => {
    const { code, err } = await authz(files, "replay", ...args, "-f", "now.yaml");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(told) });
  });

  test("may begin with a byte order mark, and be compressed by mistake", async () => {
    const paths = ["mark.log", "log.gz"].map((name) => join(folder, name));
    const texts = [`\ufeff${requests.join("\r\n")}`, gzipSync(requests.join("\n"))];
    for (const [index, path] of paths.entries()) writeFileSync(path, texts[index] ?? "");
    const { out } = await authz(files, "replay", ...paths, "-f", "now.yaml");
    expect(out).toContain("3 requests: 2 allow, 1 deny");
    expect(out).toContain("compressed: give what `gunzip -c` makes of it, as -");
  });

  test("comes from stdin, too", async () => {
    const stdin = { ...files, "-": requests.join("\r\n") };
    const { out } = await authz(stdin, "replay", "-", "-f", "now.yaml");
    expect(out).toContain("3 requests: 2 allow, 1 deny");
  });
});

describe("an access log of Envoy", () => {
  const lines = [
    envoyLine("GET", 200, "via_upstream"),
    envoyLine("POST", 403, none),
    envoyLine("GET", 403, "via_upstream"), // the application said so
    envoyLine("DELETE", 200, "via_upstream"), // not under these policies
    envoyLine("GET", 200, "via_upstream").replace("inbound|8080||", "outbound|80||orders.shop"),
  ];

  test("is laid beside what is said", async () => {
    const meshes = ["-f", "now.yaml", "-f", "pods.yaml"];
    const { code, out } = await authz(files, "replay", log(lines), ...meshes, "--calibrate");
    expect(out).toContain("4 requests: 2 allow, 2 deny");
    expect(out).toContain(`observed: 3 as said, 1 otherwise
WEIGHT  FROM            TO                      METHOD  OBSERVED  SAID
1       pod/shop/web-1  pod/shop/orders-1:8080  DELETE  allow     deny 403 no ALLOW rule
`);
    expect(out).toContain("1 line: written by the client's side");
    expect(code).toBe(1);
  });

  test("is read in its JSON form, with an identity where one was logged", async () => {
    const line = {
      ...{ method: "GET", path: "/api/1", protocol: "HTTP/1.1", response_code: 200 },
      ...{ response_code_details: "via_upstream", authority: "orders.shop" },
      ...{ downstream_local_address: "10.9.9.9:8080", downstream_remote_address: "10.0.0.5:1" },
      ...{ upstream_cluster: "inbound|8080||", user_agent: null },
      downstream_peer_uri_san: "spiffe://cluster.local/ns/shop/sa/web",
    };
    const path = log([JSON.stringify(line)]);
    const mesh = ["-f", "now.yaml", "--calibrate"];
    const lost = await authz(files, "replay", path, ...mesh);
    expect(lost.out).toContain("1 line: no workload has the address it went to: say --to");
    const { out } = await authz(files, "replay", path, ...mesh, "--to", "ns/shop,app=orders:8080");
    expect(out).toContain("observed: 1 as said, 0 otherwise");
  });
});

test("a log of ztunnel is read in both of its forms", async () => {
  const ztunnel = {
    "l4.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: l4, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }
`,
    "pods.yaml": pods.replaceAll(
      "sidecar.istio.io/status: '{}'",
      "ambient.istio.io/redirection: enabled",
    ),
  };
  const inbound = (account: string, error: string): string =>
    `2026-09-01T10:00:00Z info access connection complete src.addr=10.0.0.5:4 src.identity="spiffe://cluster.local/ns/shop/sa/${account}" dst.addr=10.0.0.7:15008 dst.hbone_addr=10.0.0.7:8080 direction="inbound" bytes_sent=1${error}`;
  const json = JSON.stringify({
    level: "info",
    fields: {
      ...{ "src.addr": "10.0.0.5:4", "src.identity": "spiffe://cluster.local/ns/shop/sa/web" },
      ...{ "dst.addr": "10.0.0.7:15008", "dst.hbone_addr": "10.0.0.7:8080", direction: "inbound" },
    },
  });
  const rejected =
    ' error="connection closed due to policy rejection: allow policies exist, but none allowed"';
  const lines = [inbound("web", ""), inbound("jobs", rejected), inbound("jobs", ""), json];
  const meshes = ["-f", "l4.yaml", "-f", "pods.yaml"];
  const { out } = await authz(ztunnel, "replay", log(lines), ...meshes, "--calibrate");
  expect(out).toContain("4 requests: 2 allow, 2 deny");
  expect(out).toContain("observed: 3 as said, 1 otherwise");
});

describe("authz decide", () => {
  const to = "ns/shop,app=orders:8080";
  const lines = [
    ...["GET", "POST"].map((method, id) =>
      JSON.stringify({ id, from: "sa/shop/web", to, http: `${method} /` }),
    ),
    JSON.stringify({ from: "none", to, http: "GET /" }),
  ];

  test("answers each line, in order, with the id of the request", async () => {
    const { code, out } = await authz(
      { ...files, "-": lines.join("\n") },
      "decide",
      "-f",
      "now.yaml",
    );
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 0, decision: "allow", layer: "allow", by: "shop/orders[0]" },
      { id: 1, decision: "deny", status: 403, layer: "allow" },
      { decision: "deny", status: 403, layer: "allow" },
    ]);
  });

  test("says of a line that is no request what is wrong, and goes on", async () => {
    const stdin = `{"id":"a","to":"nonsense"}\nx\n${lines[0]}\n`;
    const { code, out } = await authz({ ...files, "-": stdin }, "decide", "-f", "now.yaml");
    expect(code).toBe(2);
    const [first, second, third] = out.split("\n").map((line) => line && JSON.parse(line));
    expect(first).toMatchObject({ id: "a", error: expect.stringContaining("nonsense") });
    expect(second).toEqual({ error: "neither JSON nor a known log" });
    expect(third).toMatchObject({ decision: "allow" });
  });

  test("answers the same in pieces under xargs, whatever the pieces", () => {
    const mesh = join(folder, "now.yaml");
    writeFileSync(mesh, files["now.yaml"]);
    const program = join(import.meta.dirname, "../dist/main.js");
    const requests = Array.from({ length: 300 }, (_, id) =>
      JSON.stringify({ id, from: `sa/shop/${id % 2 ? "web" : "jobs"}`, to, http: `GET /${id}` }),
    );
    const path = log(requests);
    const whole = spawnSync(process.execPath, [program, "decide", "-f", mesh], {
      input: requests.join("\n"),
      encoding: "utf8",
    }).stdout;
    const script = `split -l 100 "$1" "$1."
printf '%s\\n' "$1".a? | xargs -P 2 -I% sh -c '"$1" "$2" decide -f "$3" < % > %.out' _ "$2" "$3" "$4"
cat "$1".a?.out`;
    const pieces = execFileSync("sh", ["-c", script, "_", path, process.execPath, program, mesh], {
      encoding: "utf8",
    });
    expect(whole.split("\n")).toHaveLength(301);
    expect(pieces).toBe(whole);
  });
});

test("several threads count what one counts", () => {
  const program = join(import.meta.dirname, "../dist/main.js");
  const mesh = join(folder, "threads.yaml");
  writeFileSync(mesh, files["now.yaml"]);
  const path = log(
    Array.from({ length: 5000 }, (_, id) =>
      JSON.stringify({
        from: `sa/shop/w${id % 7}`,
        to: "ns/shop,app=orders:8080",
        http: `GET /${"x".repeat(id % 90)}`,
      }),
    ),
  );
  const counted = [1, 2, 5].map(
    (threads) =>
      spawnSync(
        process.execPath,
        [program, "replay", path, "-f", mesh, "--threads", `${threads}`, "-o", "json"],
        { encoding: "utf8" },
      ).stdout,
  );
  expect(JSON.parse(counted[0] ?? "")).toMatchObject({ lines: 5000, weight: 5000 });
  expect(new Set(counted).size).toBe(1);
});

test("progress tells the rate and what is left", () => {
  expect(progressText(412e6, 1300e6, 5)).toBe("412 of 1300 MB, 82 MB/s, 11 s left");
  expect(progressText(5e6, undefined, 1)).toBe("5 MB, 5 MB/s");
});
