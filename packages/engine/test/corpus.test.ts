import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { loadMesh } from "../src/load.ts";

/** A folder of real manifests, outside the project: `CORPUS=DIR npm test` compares what is found in them with the committed list, `-u` writes it. */
const corpus = process.env["CORPUS"] ?? "";
const committed = join(import.meta.dirname, "corpus-findings.json");

function findings(): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const names = readdirSync(corpus, { recursive: true, encoding: "utf8" }).sort();
  const found: Record<string, Record<string, number>> = {};
  for (const name of names.filter((path) => /\.(ya?ml|json)$/.test(path))) {
    const path = join(corpus, name);
    const text = readFileSync(path, "utf8");
    for (const { code } of loadMesh({ files: [{ path, text }], allowEmpty: true }).findings) {
      const file = relative(corpus, path);
      const counts = found[file] ?? {};
      found[file] = { ...counts, [code]: (counts[code] ?? 0) + 1 };
    }
  }
  return found;
}

test.runIf(corpus !== "")(
  "a folder of real manifests gives the findings that were looked at",
  async () => {
    await expect(`${JSON.stringify(findings(), null, 2)}\n`).toMatchFileSnapshot(committed);
  },
);
