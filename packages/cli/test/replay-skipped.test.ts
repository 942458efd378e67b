import { execFileSync } from "node:child_process";
import { mkdtempSync, promises, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { authz } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

function log(lines: readonly string[]): string {
  const path = join(folder, "access.log");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const files = {
  "now.yaml": `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [shop] } }] }] }
`,
};
const requests = ["GET", "POST", "GET"].map((method, index) =>
  JSON.stringify({
    from: "sa/shop/web",
    to: "ns/shop,app=orders:8080",
    http: `${method} /${index}`,
  }),
);

test("names the first line that it skipped for a reason, where it is", async () => {
  const lines = [...requests, "{", ...requests, "[1] \u001b[2J", "{", "{ ", `{"to":"x"}`];
  const path = log(lines);
  const { out } = await authz(files, "replay", path, "-f", "now.yaml");
  expect(out).toContain(`  3 lines: not JSON\n    first ${path}:4: {\n`);
  expect(out).toContain(`form\n    ${path}:8: [1] ·[2J\n`);
  const { out: json } = await authz(files, "replay", path, "-f", "now.yaml", "-o", "json");
  const { apiVersion, kind, skipped, firstSkipped } = JSON.parse(json);
  expect([apiVersion, kind]).toEqual(["meshproof.dev/v1alpha1", "ReplayResult"]);
  expect(skipped).toMatchObject({ "not JSON": 3 });
  expect(firstSkipped[0]).toEqual({
    ...{ reason: "not JSON", lines: 3 },
    ...{ text: "{", file: path, line: 4 },
  });
  const stdin = { ...files, "-": lines.join("\n") };
  const { out: piped } = await authz(stdin, "replay", "-", "-f", "now.yaml");
  expect(piped).toContain("  3 lines: not JSON\n    first -: {\n");
});

test("reads pipes, whose length nobody knows, beside files", async () => {
  const path = log(requests);
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const written = promises.writeFile(pipe, `${requests.join("\n")}\n{`);
  const args = ["replay", path, pipe, "-", "-f", "now.yaml", "-o", "json"] as const;
  const { out } = await authz({ ...files, "-": "[" }, ...args);
  await written;
  const { weight: count, skipped, firstSkipped } = JSON.parse(out);
  expect([count, skipped]).toEqual([
    6,
    { "not JSON": 1, "no access log of Istio's default form": 1 },
  ]);
  expect(firstSkipped).toEqual([
    { reason: "no access log of Istio's default form", lines: 1, text: "[" },
    { reason: "not JSON", lines: 1, text: "{", file: pipe },
  ]);
});
