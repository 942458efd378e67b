import { diagnose, type Finding, type ParsedDocument } from "@meshproof/engine";
import { listOf, type Suite, type SuiteSpec } from "./suite.ts";

/** What one suite can take over from another: names, and the keys of issuers. */
const shared = ["workloads", "actors", "groups", "tokens", "keys"] as const;

/** What an included suite says beyond names: nobody would see that it is not taken over. */
export function includedFindings({ suite, document }: SuiteSource): readonly Finding[] {
  const beyond = Object.keys(suite.spec).filter((field) => !shared.some((name) => name === field));
  const fields = beyond.map((field) =>
    diagnose(
      "suite/invalid-field",
      `\`${field}\` is not taken over from a suite that is included`,
      document.locateKey(["spec", field]),
      `it may hold ${shared.join(", ")}`,
    ),
  );
  const files = Object.entries(suite.spec.keys ?? {})
    .filter(([, value]) => value !== "trusted" && value !== "unavailable")
    .map(([issuer]) =>
      diagnose(
        "suite/invalid-field",
        "a key set in a file is not taken over from a suite that is included",
        document.locate(["spec", "keys", issuer]),
        "trusted, unavailable",
      ),
    );
  return [...fields, ...files];
}

interface SuiteSource {
  readonly suite: Suite;
  readonly document: ParsedDocument;
}

/** The suite with the names of others; where both have one, its own counts. */
export function withIncluded(suite: Suite, others: readonly Suite[]): Suite {
  if (others.length === 0) return suite;
  const specs = [...others.map(({ spec }) => spec), suite.spec];
  const names = Object.fromEntries(
    shared
      .filter((field) => specs.some((spec) => spec[field] !== undefined))
      .map((field) => [field, Object.assign({}, ...specs.map((spec) => spec[field]))]),
  );
  return { ...suite, spec: { ...suite.spec, ...names } };
}

/** The files that a suite includes, as it names them; [] where that is not to be read. */
export function includesOf({ value }: ParsedDocument): readonly string[] {
  const spec: unknown = isFields(value) ? value["spec"] : undefined;
  const include: unknown = isFields(spec) ? spec["include"] : undefined;
  return listOf(include as SuiteSpec["include"]).filter((name) => typeof name === "string");
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
