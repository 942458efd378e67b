import { validateSuite } from "./generated/suite-validator.ts";
import { type SchemaError, schemaMessage, tellingErrors } from "./schema-findings.ts";
import type { RequestPart } from "./suite.ts";

/** What the schema has to say against a whole suite. */
export function shapeErrors(value: unknown): readonly SchemaError[] {
  return validateSuite(value) ? [] : (validateSuite.errors ?? []);
}

/** What is wrong with the shape of a request that was put together from parts. */
export function requestFaults(request: RequestPart): readonly string[] {
  return faultsOf({ given: request });
}

/** What is wrong with the shape of an expectation that was put together from the columns of a table. */
export function expectationFaults(expect: unknown): readonly string[] {
  return faultsOf({ tests: [{ name: "row", expect }] });
}

function faultsOf(spec: object): readonly string[] {
  const suite = { apiVersion: "meshproof.dev/v1alpha1", kind: "Suite", spec };
  return tellingErrors(shapeErrors(suite)).map((error) => schemaMessage(error, suite));
}
