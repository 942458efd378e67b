import { diagnose, type Finding, type ParsedDocument, parseDocuments } from "@meshproof/engine";
import { includesOf } from "../include.ts";
import { misnamed } from "../misnamed.ts";
import { isSuite, parseSuite, type SuiteDocument } from "../parse-suite.ts";
import type { Access } from "./disk.ts";
import { type File, folderOf, readFiles, within } from "./read-files.ts";

/** The suites in files and folders, and what is wrong with those that cannot be read. */
export interface Suites {
  readonly suites: readonly SuiteDocument[];
  readonly findings: readonly Finding[];
  readonly missing: readonly string[]; // paths without a suite
}

/** Every YAML document of kind Suite below the given paths, in their order. */
export async function findSuites(paths: readonly string[], access: Access): Promise<Suites> {
  const suites = new Map<string, readonly SuiteDocument[]>();
  const findings: Finding[] = [];
  const missing: string[] = [];
  for (const path of paths) {
    const { files } = await readFiles([path], ".", access);
    const candidates = files.filter(mayHoldSuite);
    if (candidates.length === 0) missing.push(path);
    for (const file of candidates.filter((each) => !suites.has(each.path))) {
      const read = await suitesIn(file, access);
      suites.set(file.path, read.suites);
      findings.push(...read.findings);
    }
  }
  return { suites: [...suites.values()].flat(), findings, missing };
}

/** A file without these words holds no suite, nor anything that was to be one, and need not be parsed. */
function mayHoldSuite({ text }: File): boolean {
  return text.includes("meshproof.dev/") || /kind"?: *["']?Suite\b/.test(text);
}

async function suitesIn(file: File, access: Access): Promise<Omit<Suites, "missing">> {
  const { documents, findings } = parseDocuments(file);
  const suites: SuiteDocument[] = [];
  const found: Finding[] = [...findings, ...documents.flatMap(misnamed)];
  for (const document of documents.filter(isSuite)) {
    const included = await readIncluded(document, access);
    const { parsed, findings: wrong } = parseSuite(document, included.documents);
    found.push(...included.findings, ...wrong);
    const complete = included.findings.length === 0;
    if (parsed !== undefined && complete) suites.push(parsed);
  }
  return { suites: suites.filter(({ suite }) => suite.spec.tests !== undefined), findings: found };
}

/** The suites whose names a suite uses. */
async function readIncluded(
  document: ParsedDocument,
  access: Access,
): Promise<{
  readonly documents: readonly ParsedDocument[];
  readonly findings: readonly Finding[];
}> {
  const patterns = includesOf(document);
  const { files, missing } = await readFiles(patterns, folderOf(document.file), access);
  const parsed = files.map(parseDocuments);
  const lost = missing.map((pattern) => {
    const at = document.locate(["spec", "include"]);
    return diagnose(
      "suite/unreadable-file",
      `no file at \`${within(folderOf(document.file), pattern)}\``,
      at,
    );
  });
  return {
    documents: parsed.flatMap(({ documents }) => documents.filter(isSuite)),
    findings: [...lost, ...parsed.flatMap(({ findings }) => findings)],
  };
}

/** The texts of the key sets that a suite names by file. What cannot be read is left out: the runner says so. */
export async function keyFilesOf(
  { suite, document }: SuiteDocument,
  { io, reader }: Access,
): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const value of Object.values(suite.spec.keys ?? {})) {
    if (value === "trusted" || value === "unavailable") continue;
    const path = within(folderOf(document.file), value);
    if ((await io.list(path)) !== undefined) texts[value] = await reader.text(path);
  }
  return texts;
}
