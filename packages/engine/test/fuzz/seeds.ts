import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import type { Value } from "./mutate-value.ts";

const policies = join(import.meta.dirname, "../../../../policies");

/** Documents of the project's own policies and suites, small enough to mutate. */
export function yamlSeeds(): readonly string[] {
  return files()
    .flatMap((text) => text.split(/^---$/m))
    .filter((text) => text.length < 1500);
}

/** The same as plain data: those that are objects of a cluster. */
export function objectSeeds(): readonly Value[] {
  return files()
    .flatMap((text) => parseAllDocuments(text))
    .map((document): Value => document.toJS())
    .filter((value) => JSON.stringify(value ?? null).length < 1500 && value !== null);
}

export function jsonSeeds(): readonly string[] {
  return objectSeeds().map((value) => JSON.stringify(value));
}

/** Data as YAML that reads back as the same data. */
export function yamlOf(value: Value): string {
  return stringify(value, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE" });
}

function files(): readonly string[] {
  return readdirSync(policies, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".yaml"))
    .sort()
    .map((path) => readFileSync(join(policies, path), "utf8"));
}
