import type { Finding } from "../diagnostic.ts";
import { diagnose } from "../diagnostic.ts";
import { check } from "./check.ts";
import type { ParsedDocument } from "./document.ts";
import {
  type Validator,
  validateAuthorizationPolicy,
  validatePeerAuthentication,
  validateRequestAuthentication,
} from "./generated/security-validators.ts";
import type { Described } from "./metadata.ts";
import { withoutNulls } from "./nulls.ts";
import { isFields, type ParsedObject } from "./objects.ts";
import { didYouMean } from "./suggest.ts";

/** What happens to an object that the API server would refuse. */
export type Admission = "enforce" | "skip" | "prune" | "bypass";

const validators: Readonly<Record<string, Validator>> = {
  AuthorizationPolicy: validateAuthorizationPolicy,
  PeerAuthentication: validatePeerAuthentication,
  RequestAuthentication: validateRequestAuthentication,
};

const topLevel: readonly string[] = ["apiVersion", "kind", "metadata", "spec", "status"];

/**
 * An object as the cluster would hold it, or not, and what is wrong with it. `enforce` and `skip` leave out what the schema
 * refuses (`skip` says so as a warning), `prune` drops unknown fields and judges the rest, `bypass` keeps it as it stands.
 */
export function admit(
  { document, fields }: ParsedObject,
  described: Described,
  admission: Admission,
): { readonly object?: Described; readonly findings: readonly Finding[] } {
  const validate = validators[described.key.kind];
  if (validate === undefined || admission === "bypass") return { object: described, findings: [] };
  const errors = [...topLevelFaults(document, fields), ...specFaults(validate, document, fields)];
  const findings =
    admission === "prune" ? errors.filter(({ code }) => code !== "schema/unknown-field") : errors;
  if (findings.every(({ severity }) => severity !== "error"))
    return { object: described, findings };
  if (admission !== "skip") return { findings };
  return { findings: findings.map((finding) => ({ ...finding, severity: "warning" })) };
}

function topLevelFaults(
  document: ParsedDocument,
  fields: ParsedObject["fields"],
): readonly Finding[] {
  return Object.keys(fields)
    .filter((key) => !topLevel.includes(key))
    .map((key) =>
      diagnose(
        "schema/unknown-field",
        `unknown field \`${key}\` beside \`spec\``,
        document.locateKey([key]),
        didYouMean(key, topLevel) ?? "policies say everything below `spec`",
      ),
    );
}

function specFaults(
  validate: Validator,
  document: ParsedDocument,
  { spec }: ParsedObject["fields"],
): readonly Finding[] {
  if (spec === undefined || spec === null) return [];
  if (!isFields(spec))
    return [diagnose("schema/wrong-type", "`spec` must be a mapping", document.locate(["spec"]))];
  const { value, dropped } = withoutNulls(spec, ["spec"]);
  const empty = dropped.map((path) =>
    diagnose(
      "schema/empty-field",
      `\`${String(path.at(-1))}\` is empty: it counts as not written`,
      document.locateKey(path),
    ),
  );
  return validate(value) ? empty : [...empty, ...check(validate.errors ?? [], document, ["spec"])];
}
