import type { Finding, ParsedDocument } from "@meshproof/engine";
import { checkSuite } from "./check-suite.ts";
import { includedFindings, withIncluded } from "./include.ts";
import { schemaFindings } from "./schema-findings.ts";
import { shapeErrors } from "./shape-faults.ts";
import type { Suite } from "./suite.ts";

/** A suite with the document it was read from, where its places are. */
export interface SuiteDocument {
  readonly suite: Suite;
  readonly document: ParsedDocument;
}

/** A suite that was read, and what is wrong with it. */
export interface ParsedSuite {
  readonly parsed?: SuiteDocument; // absent: there are errors
  readonly findings: readonly Finding[];
}

/** Whether a document is a suite, of whatever version. */
export function isSuite({ value }: ParsedDocument): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind, apiVersion } = value as { readonly kind?: unknown; readonly apiVersion?: unknown };
  return kind === "Suite" && typeof apiVersion === "string" && /^meshproof\.dev\//.test(apiVersion);
}

/**
 * Reads a suite: everything that is not in the schema is an error, and so is a name that nothing explains. `included`: the suites
 * that its `include` names.
 */
export function parseSuite(
  document: ParsedDocument,
  included: readonly ParsedDocument[] = [],
): ParsedSuite {
  const shape = readShape(document);
  const others = included.map(readShape);
  const broken = [shape, ...others].flatMap(({ findings }) => findings);
  if (shape.parsed === undefined || broken.length > 0) return { findings: broken };
  const sources = others.flatMap(({ parsed }) => (parsed === undefined ? [] : [parsed]));
  const suite = withIncluded(
    shape.parsed.suite,
    sources.map((source) => source.suite),
  );
  const findings = [...sources.flatMap(includedFindings), ...checkSuite(suite, document)];
  const failed = findings.some(({ severity }) => severity === "error");
  return failed ? { findings } : { parsed: { suite, document }, findings };
}

function readShape(document: ParsedDocument): ParsedSuite {
  const findings = schemaFindings(shapeErrors(document.value), document);
  if (findings.length > 0) return { findings };
  return { parsed: { suite: document.value as Suite, document }, findings };
}
