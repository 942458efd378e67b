import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lintSets } from "../src/lint/check.ts";
import { checks } from "../src/lint/checks.ts";
import { lintMesh } from "../src/lint/lint.ts";
import type { LoadOptions } from "../src/load/options.ts";
import { loadMesh } from "../src/load.ts";

const folder = join(import.meta.dirname, "lint");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** `#~ code` at the end of a line: a finding of this code begins in it. Several stand side by side. */
function expected(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const marks = line.split("#~")[1]?.trim().split(" ") ?? [];
    return marks.map((code) => `${index + 1} ${code}`);
  });
}

/** "# istio: 1.29.2" in the first line. */
function optionsOf(text: string): Partial<LoadOptions> {
  const [, key, value = ""] = /^# (istio|admission): (\S+)$/m.exec(text) ?? [];
  if (key === "istio") return { istio: value };
  return key === "admission" ? { admission: "bypass" } : {};
}

function found(name: string): readonly string[] {
  const text = readFileSync(join(folder, name), "utf8");
  const options = { files: [{ path: name, text }], allowEmpty: true, ...optionsOf(text) };
  const { mesh, findings } = loadMesh(options);
  const line = (start: number): number => text.slice(0, start).split("\n").length;
  const loading = findings.map(({ code, at }) => `${line(at.start)} ${code}`);
  const sets = lintSets.filter((set) => text.startsWith(`# set: ${set}\n`));
  const linted = lintMesh(mesh, { sets })
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ code, at }) => `${line(mesh.locate(at)?.start ?? 0)} ${code}`);
  return [...loading, ...linted].toSorted();
}

describe.each(files)("%s", (name) => {
  test("has exactly the findings that are marked", () => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(found(name)).toEqual(expected(text).toSorted());
  });
});

test.each(checks.map(({ code }) => code))(
  "%s has an example of what it finds and of what is better",
  (code) => {
    const name = code.replace("/", ".");
    const bad = readFileSync(join(folder, `${name}.bad.yaml`), "utf8");
    expect(expected(bad).some((mark) => mark.endsWith(` ${code}`))).toBe(true);
    expect(files).toContain(`${name}.good.yaml`);
  },
);

test.each([
  ["principals: [ns/shop/sa/web]", "cluster.local/ns/shop/sa/web"],
  ["principals: [shop/web]", "cluster.local/ns/shop/sa/web"],
  ["principals: [web]", "a principal is TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT"],
  ["namespaces: [shpo]", "did you mean `shop`?"],
])("what was probably meant by %s is said", (source, hint) => {
  const text = `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec:\n  rules:\n  - from: [{ source: { ${source} } }]\n`;
  const { mesh } = loadMesh({ files: [{ path: "p.yaml", text }] });
  expect(lintMesh(mesh).flatMap((finding) => finding.hint ?? [])).toContain(hint);
});

test.each([
  ["/müsli/*", "/m%C3%BCsli/*"],
  ["/日本", "/%E6%97%A5%E6%9C%AC"],
])("the path %s is escaped in requests", (path, hint) => {
  const text = `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p, namespace: shop }\nspec:\n  rules:\n  - to: [{ operation: { paths: ["${path}"] } }]\n`;
  const { mesh } = loadMesh({ files: [{ path: "p.yaml", text }] });
  expect(lintMesh(mesh).flatMap((finding) => finding.hint ?? [])).toEqual([hint]);
});
