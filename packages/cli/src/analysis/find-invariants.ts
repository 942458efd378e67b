import { type Finding, parseDocuments } from "@meshproof/engine";
import { type InvariantsDocument, isInvariants, parseInvariants } from "@meshproof/testkit";
import { readFiles } from "@meshproof/testkit/files";
import type { Misuse } from "../flags.ts";
import type { Access } from "../io.ts";
import { nothingAt } from "../nothing-at.ts";
import { seemingFindings } from "./seeming-values.ts";

/** The invariants below some paths, and what is wrong with those that cannot be read. */
export interface FoundInvariants {
  readonly documents: readonly InvariantsDocument[];
  readonly findings: readonly Finding[];
}

/** Every document of kind Invariants below the given paths, in their order. */
export async function findInvariants(
  paths: readonly string[],
  access: Access,
): Promise<FoundInvariants | Misuse> {
  const { files, missing } = await readFiles(paths, ".", access);
  const [lost] = missing;
  if (lost !== undefined) return nothingAt(lost, access);
  const documents: InvariantsDocument[] = [];
  const findings: Finding[] = [];
  for (const file of files.filter(({ text }) => text.includes("Invariants"))) {
    const read = parseDocuments(file);
    const own = read.documents.filter(isInvariants);
    if (own.length > 0) findings.push(...read.findings);
    for (const document of own) {
      const { parsed, findings: wrong } = parseInvariants(document);
      findings.push(...wrong);
      if (parsed === undefined) continue;
      documents.push(parsed);
      findings.push(...(await seemingFindings(parsed)));
    }
  }
  return { documents, findings };
}
