import { expect, test } from "vitest";
import { authz } from "./program.ts";

const world = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      serviceAccountName: orders
      containers: [{ name: main, image: main, ports: [{ containerPort: 8080, name: http }] }]
---
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

function policy(paths: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  rules:
  - from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }]
    to: [{ operation: { methods: [GET], paths: [${paths}] } }]
`;
}

const files = {
  "old/world.yaml": world,
  "new/world.yaml": world,
  "old/policy.yaml": policy("/api/*"),
  "new/policy.yaml": policy("/api/*, /admin/*"),
};

test("access that widens is shown with a request, and is exit code 1", async () => {
  const { code, out, err } = await authz(files, "diff", "old", "new", "--istio", "1.31");
  expect([code, err]).toEqual([1, ""]);
  await expect(out).toMatchFileSnapshot("diff/wider.txt");
});

test("what is warned of on both sides is told once, of the new one", async () => {
  const denying = policy("/api/*").replace("spec:", "spec:\n  action: DENY");
  const sides = {
    ...files,
    "old/deny.yaml": denying,
    "new/deny.yaml": `# moved\n${denying}`,
  };
  const { err } = await authz(sides, "diff", "old", "new", "--istio", "1.31");
  const places = err.match(/^\S+: warning webhook\/denies-tcp/gm);
  expect(places).toEqual(["new/deny.yaml:9:5: warning webhook/denies-tcp"]);
  const gone = await authz({ ...sides, "new/deny.yaml": world }, "diff", "old", "new");
  expect(gone.err).toContain("old/deny.yaml:8:5: warning webhook/denies-tcp");
});

test("the same the other way round narrows, which is fine unless it is asked for", async () => {
  const args = ["diff", "new", "old", "--istio", "1.31"];
  const fine = await authz(files, ...args);
  const asked = await authz(files, ...args, "--fail-on", "narrow");
  expect([fine.code, asked.code]).toEqual([0, 1]);
  expect(fine.out).toContain("access narrows");
});

test("what a program rendered may come from stdin", async () => {
  const rendered = { ...files, "-": `${world}---\n${policy("/api/*, /admin/*")}` };
  const { code, out } = await authz(rendered, "diff", "old", "-", "--istio", "1.31");
  expect([code, out]).toEqual([1, expect.stringContaining("<stdin>:")]);
});

test("no difference is said as what it is", async () => {
  const { code, out } = await authz(files, "diff", "old", "old", "--istio", "1.31");
  expect(code).toBe(0);
  expect(out).toContain("no difference: every request meets the same on both sides");
});

test("where no workload is on both sides, nothing was compared, which is no proof", async () => {
  const sides = { "old.yaml": `${world}---\n${policy("/api/*")}`, "new.yaml": policy("/admin/*") };
  const { code, out } = await authz(sides, "diff", "old.yaml", "new.yaml", "--istio", "1.31");
  expect([code, out]).toEqual([
    3,
    expect.stringContaining("nothing was compared: no workload is on both sides (1 workload)"),
  ]);
});

test("a workload that is new is counted, and not compared", async () => {
  const pods = (...names: readonly string[]): string =>
    names
      .map(
        (name) => `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop }\n`,
      )
      .join("");
  const one = `${policy("/api/*")}${pods("a")}`;
  const two = `${policy("/api/*")}${pods("a", "b")}`;
  const { code, out } = await authz({ one, two }, "diff", "one", "two", "--istio", "1.31");
  expect([code, out]).toEqual([0, expect.stringContaining("(2 workloads, 1 of them on one side")]);
});

test.each(["markdown", "json"])("-o %s is for another reader", async (format) => {
  const { out } = await authz(files, "diff", "old", "new", "--istio", "1.31", "-o", format);
  await expect(out).toMatchFileSnapshot(`diff/wider.${format === "json" ? "json" : "md"}`);
});

test.each([
  [["diff"], "two sides are compared"],
  [["diff", "old"], "what is `old` compared with?"],
  [["diff", "old", "new", "-f", "old"], "`old` is a path: with -f, git revisions are compared"],
  [["diff", "old", "nowhere"], "`nowhere` is neither a path nor a git revision"],
  [["diff", "old", "--between", "sidecar"], "two of sidecar, ambient"],
  [["diff", "old", "--from-istio", "1.30"], "two releases are compared"],
])("%j is answered with what is missing", async (args, told) => {
  const { code, err } = await authz(files, ...args);
  expect([code, err.includes(told)]).toEqual([2, true]);
});

test("the data plane of workloads of which nothing is said can be stated, and is not what is compared", async () => {
  const files = { "old.yaml": deletes("DELETE"), "new.yaml": deletes("PUT") };
  const sidecar = await authz(files, "diff", "old.yaml", "new.yaml");
  expect(sidecar.out).toMatch(/data\s+plane sidecar, where nothing/);
  const ambient = await authz(files, "diff", "old.yaml", "new.yaml", "--data-plane", "ambient");
  expect(ambient.out).toContain("no difference"); // ztunnel sees nothing of HTTP
  const planes = ["--between", "sidecar,ambient", "--data-plane", "ambient"];
  expect(await authz(files, "diff", "old.yaml", ...planes)).toMatchObject({
    code: 2,
    err: expect.stringContaining("not with `--from-istio` or `--data-plane`"),
  });
});

function deletes(method: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { action: DENY, rules: [{ to: [{ operation: { methods: [${method}], ports: ["80"] } }] }] }
`;
}
