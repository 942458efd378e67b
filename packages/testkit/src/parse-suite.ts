import type { Finding, ParsedDocument } from "@meshproof/engine";
import { checkSuite } from "./check-suite.ts";
import { validateSuite } from "./generated/suite-validator.ts";
import {
  type SchemaError,
  schemaFindings,
  schemaMessage,
  tellingErrors,
} from "./schema-findings.ts";
import type { RequestPart, Suite } from "./suite.ts";

/** A suite with the document it was read from, where its places are. */
export interface SuiteDocument {
  readonly suite: Suite;
  readonly document: ParsedDocument;
}

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

/** Reads a suite: everything that is not in the schema is an error, and so is a name that nothing explains. */
export function parseSuite(document: ParsedDocument): ParsedSuite {
  const errors = errorsOf(document.value);
  if (errors.length > 0) return { findings: schemaFindings(errors, document) };
  const suite = document.value as Suite;
  const findings = checkSuite(suite, document);
  const failed = findings.some(({ severity }) => severity === "error");
  return failed ? { findings } : { parsed: { suite, document }, findings };
}

/** What is wrong with the shape of a request that was put together from parts. */
export function requestFaults(request: RequestPart): readonly string[] {
  const suite = { apiVersion: "meshproof.dev/v1alpha1", kind: "Suite", spec: { given: request } };
  return tellingErrors(errorsOf(suite)).map(schemaMessage);
}

function errorsOf(value: unknown): readonly SchemaError[] {
  return validateSuite(value) ? [] : (validateSuite.errors ?? []);
}
