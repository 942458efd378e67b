import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { type LintFinding, lintMesh } from "../src/lint/lint.ts";
import { loadMesh } from "../src/load.ts";
import { recall } from "./lint-recall.ts";

/** A folder of real manifests, outside the project: `CORPUS=DIR npm test` compares what is found in them with the committed list, `-u` writes it. */
const corpus = process.env["CORPUS"] ?? "";
const committed = join(import.meta.dirname, "lint-corpus.json");

function lintText(text: string): readonly LintFinding[] {
  return lintMesh(loadMesh({ files: [{ path: "all.yaml", text }], allowEmpty: true }).mesh);
}

function errors(): ReadonlyMap<string, readonly LintFinding[]> {
  const names = readdirSync(corpus, { recursive: true, encoding: "utf8" }).sort();
  const paths = names
    .filter((path) => /\.(ya?ml|json)$/.test(path))
    .map((name) => join(corpus, name));
  return new Map(
    paths.map((path) => {
      const found = lintText(readFileSync(path, "utf8"));
      return [relative(corpus, path), found.filter(({ severity }) => severity === "error")];
    }),
  );
}

function counts(findings: readonly LintFinding[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { code } of findings) found[code] = (found[code] ?? 0) + 1;
  return found;
}

describe.runIf(corpus !== "")("a folder of real manifests", () => {
  test("gives the errors that were looked at, each with a witness", async () => {
    const all = [...errors()].filter(([, findings]) => findings.length > 0);
    for (const [file, findings] of all)
      for (const { code, evidence } of findings)
        expect([file, code, evidence.kind]).toEqual([file, code, "witness"]);
    const list = Object.fromEntries(all.map(([file, findings]) => [file, counts(findings)]));
    await expect(`${JSON.stringify(list, null, 2)}\n`).toMatchFileSnapshot(committed);
  });

  test.each(recall)("$file holds $codes", ({ file, beside = "", codes }) => {
    const path = join(corpus, file);
    expect(existsSync(path)).toBe(true);
    const found = lintText(`${readFileSync(path, "utf8")}\n---\n${beside}`);
    expect([...new Set(found.map(({ code }) => code))]).toEqual(expect.arrayContaining([...codes]));
  });
});
