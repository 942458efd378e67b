import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { paint } from "../src/format/trace-paint.ts";
import { authz, filesBelow } from "./program.ts";

const root = join(import.meta.dirname, "../../..");
const pains = readdirSync(join(root, "policies/examples/pains"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const files = filesBelow("policies/examples/pains");

async function explained(name: string): Promise<string> {
  const { code, out } = await authz(files, "explain", `policies/examples/pains/${name}`);
  expect(code, out).toBe(0);
  return out;
}

describe("a common pain is explained", () => {
  test.each(pains)("%s", async (name) => {
    await expect(await explained(name)).toMatchFileSnapshot(`explain/${name}.txt`);
  });

  test.each(pains)("%s fits a terminal, but for lines of files", async (name) => {
    const lines = (await explained(name)).split("\n");
    const wide = lines.filter((line) => line.length > 100 && !/^ {11}[-+] /.test(line));
    expect(wide).toEqual([]);
  });
});

/** The lines that a change takes out of a file, and those that it puts there. */
interface Patch {
  readonly old: string;
  readonly young: string;
  readonly becomes: "allow" | "deny";
}

/** The single changes of policies that replace something. */
function patchesIn(out: string): readonly Patch[] {
  const blocks = out.split(/\n {2}(?=policy {3})/).slice(1);
  return blocks.flatMap((block) => {
    const [own = ""] = block.split(/\n(?! {11})/);
    const lines = own.split("\n");
    const of = (mark: string): string =>
      lines
        .filter((line) => line.startsWith(`${" ".repeat(11)}${mark} `))
        .map((line) => line.slice(13))
        .join("\n");
    const patch = {
      old: of("-"),
      young: of("+"),
      becomes: /: denied[ ,\n]/.test(own) ? "deny" : "allow",
    } as const;
    return patch.old === "" || own.includes("\n           and ") ? [] : [patch];
  });
}

describe("a change of a policy", () => {
  test.each(pains)("turns the decision when it is made in the file: %s", async (name) => {
    const path = `policies/examples/pains/${name}`;
    const text = files[`${path}/policies.yaml`] ?? "";
    const [first = ""] = (await explained(name)).split(/\nassumed: /);
    for (const { old, young, becomes } of patchesIn(first)) {
      expect(text).toContain(old);
      const patched = { ...files, [`${path}/policies.yaml`]: text.replace(old, young) };
      const { out } = await authz(patched, "check", path);
      expect(out.split("\n")[1], young).toMatch(new RegExp(`^${becomes} `));
    }
  });
});

test("every trap that is named has a section in the docs", () => {
  const page = readFileSync(join(root, "docs/traps.md"), "utf8");
  const folder = join(root, "packages/engine/src/explain/traps");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const ids = sources.flatMap((text) =>
    [...text.matchAll(/\bid(?:: | = )"([\w-]+)"/g)].map(([, id]) => id ?? ""),
  );
  expect(ids.length).toBeGreaterThan(30);
  for (const id of ids) expect(page).toContain(`\n### ${id}\n`);
});

const mesh = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: orders, namespace: shop }
spec:
  rules:
  - from:
    - source: { namespaces: ["shop"] }
    to:
    - operation: { methods: ["GET"] }
    - operation: { paths: ["/public/*"] }
  - from:
    - source: { ipBlocks: ["10.0.0.0/8"] }
`;
const request = [
  ...["explain", "-f", "p.yaml", "--istio", "1.31", "--to", "ns/shop,app=orders:8080"],
  ...["--from", "sa/shop/web", "--http", "POST /orders"],
];

test("what depends on an unknown fact is explained both ways", async () => {
  const { code, out } = await authz({ "p.yaml": mesh }, ...request);
  expect(code).toBe(3);
  expect(out).toMatch(/^undetermined {2}sa\/shop\/web/);
  expect(out).toContain("\nallow if source.ip = 10.0.0.1\n");
  expect(out).toMatch(/\ndeny if source.ip = /);
  expect(out).not.toContain("what would let it in");
});

test("alternatives are told apart, each with its place", async () => {
  const { out } = await authz({ "p.yaml": mesh }, ...request, "--source-ip", "192.168.0.1");
  expect(out).toContain(`      ✗ rule 0 does not match  :6:5
        ✓ namespaces: cluster.local/ns/shop/sa/web matches shop  :7:29
        ✗ to[0]
          ✗ methods: POST does not match GET  :9:29
        ✗ to[1]
          ✗ paths: /orders does not match /public/*  :10:27
`);
});

test("an explanation is JSON with -o json", async () => {
  const { out } = await authz(
    { "p.yaml": mesh },
    ...request,
    "--source-ip",
    "192.168.0.1",
    "-o",
    "json",
  );
  const document = JSON.parse(out);
  expect(document).toMatchObject({
    kind: "ExplainResult",
    results: [{ decision: "deny", status: 403 }],
  });
  const [branch] = document.results[0].branches;
  expect(branch.near[0]).toMatchObject({ policy: "shop/orders", rule: 0, action: "ALLOW" });
  expect(branch.near[0].failing).toMatchObject([
    { field: "methods", expected: ["GET"], actual: ["POST"] },
  ]);
  expect(branch.edits.map((edit: { kind: string }) => edit.kind)).toContain("policy");
});

test("colours add nothing but colours", async () => {
  const { out } = await authz({ "p.yaml": mesh }, ...request, "--source-ip", "192.168.0.1");
  const painted = paint(out, true);
  expect(painted).toContain("\u001b[31m✗\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are the colours
  expect(painted.replace(/\u001b\[\d+m/g, "")).toBe(out);
  expect(out).not.toContain("\u001b");
});

test("as Markdown, each request has a heading, and its explanation stands in a fence", async () => {
  const { code, out } = await authz(
    files,
    "explain",
    "-o",
    "markdown",
    "policies/examples/pains/claims",
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^### deny 403 {2}sa\/shop\/web -> orders:8080 .*\n\n```text\n/);
  expect(out.match(/^### /gm)?.length).toBe(2);
  expect(out.match(/^```/gm)?.length).toBe(4);
});

test("as Markdown, a long request is one heading", async () => {
  const path = `/${"long/".repeat(30)}`;
  const { out } = await authz(
    { "p.yaml": mesh },
    ...request.map((word) => (word.startsWith("POST ") ? `POST ${path}` : word)),
    ...["-o", "markdown", "--header", "x-user: somebody"],
  );
  const [heading, ...rest] = out.split("\n");
  expect(heading).toContain(path);
  expect(heading).toContain("x-user: somebody");
  expect(rest.slice(0, 2)).toEqual(["", "```text"]);
  expect(rest[2]).toMatch(/^ {2}/);
});

test("a change of a file with Windows line ends is told without them", async () => {
  const text = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: readers, namespace: shop }
spec:
  rules:
  - to:
    - operation:
        methods:
        - GET
`.replaceAll("\n", "\r\n");
  const { out } = await authz(
    { "a.yaml": text },
    ...["explain", "-f", "a.yaml", "--from", "sa/shop/web", "--to", "ns/shop,app=a:80"],
    ...["--http", "PUT /"],
  );
  expect(out).toContain("\n           +         - PUT\n");
  expect(out).not.toContain("\r");
});
