import { diagnose, type Finding, type ParsedDocument, type Path } from "@meshproof/engine";
import type { Requests } from "@meshproof/engine/analyse";
import { checkEnvironment } from "../check-environment.ts";
import { validateInvariants } from "../generated/invariants-validator.ts";
import { schemaFindings } from "../schema-findings.ts";
import type { Invariants, StatedInvariant } from "./invariants.ts";
import { valueFaults } from "./rule-values.ts";

/** Invariants with the document they were read from, where their places are. */
export interface InvariantsDocument {
  readonly invariants: Invariants;
  readonly document: ParsedDocument;
}

/** Whether a document holds invariants, of whatever version. */
export function isInvariants({ value }: ParsedDocument): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind, apiVersion } = value as { readonly kind?: unknown; readonly apiVersion?: unknown };
  return (
    kind === "Invariants" && typeof apiVersion === "string" && /^meshproof\.dev\//.test(apiVersion)
  );
}

/** Reads a file of invariants: everything that is not in the schema is an error, and so is a value that Istio would refuse in a rule. */
export function parseInvariants(document: ParsedDocument): {
  readonly parsed?: InvariantsDocument; // absent: there are errors
  readonly findings: readonly Finding[];
} {
  const valid = validateInvariants(document.value);
  const shape = schemaFindings(valid ? [] : (validateInvariants.errors ?? []), document);
  if (shape.length > 0) return { findings: shape };
  const invariants = document.value as Invariants;
  const stated = invariants.spec.invariants;
  const findings: Finding[] = [
    ...stated.flatMap((invariant, index) =>
      requestsOf(invariant, ["spec", "invariants", index]).flatMap(([requests, path]) =>
        valuesIn(requests, path, document),
      ),
    ),
    ...namesTwice(stated, document),
    ...callsOfNobody(stated, document),
  ];
  checkEnvironment(invariants.spec.environment, ({ code, path, message, hint, key }) => {
    const at = key ? document.locateKey(path) : document.locate(path);
    findings.push(diagnose(code, message, at, hint));
  });
  const broken = findings.some(({ severity }) => severity === "error");
  return broken ? { findings } : { parsed: { invariants, document }, findings };
}

/** The requests that an invariant speaks of, each with where it stands. */
function requestsOf(
  { requests, expect }: StatedInvariant,
  path: Path,
): readonly (readonly [Requests, Path])[] {
  const exceptions =
    typeof expect === "object" && "allowed-only-if" in expect ? expect["allowed-only-if"] : [];
  return [
    ...(requests === undefined ? [] : [[requests, [...path, "requests"]] as const]),
    ...exceptions.map(
      (each, index) => [each, [...path, "expect", "allowed-only-if", index]] as const,
    ),
  ];
}

function valuesIn(requests: Requests, path: Path, document: ParsedDocument): readonly Finding[] {
  const { not, anyOf = [] } = requests;
  return [
    ...valueFaults(requests).map((message) =>
      diagnose("suite/invalid-field", message, document.locate(path)),
    ),
    ...(not === undefined ? [] : valuesIn(not, [...path, "not"], document)),
    ...anyOf.flatMap((each, index) => valuesIn(each, [...path, "anyOf", index], document)),
  ];
}

function callsOfNobody(
  stated: readonly StatedInvariant[],
  document: ParsedDocument,
): readonly Finding[] {
  return stated.flatMap(({ target }, index) => {
    if (target?.calls === undefined || target.through !== undefined) return [];
    const at = document.locate(["spec", "invariants", index, "target", "calls"]);
    return [
      diagnose(
        "suite/invalid-field",
        "nothing says who calls that",
        at,
        "`through: deploy/NAMESPACE/NAME`",
      ),
    ];
  });
}

function namesTwice(
  stated: readonly StatedInvariant[],
  document: ParsedDocument,
): readonly Finding[] {
  return stated.flatMap(({ name }, index) =>
    stated.findIndex((each) => each.name === name) === index
      ? []
      : [
          diagnose(
            "suite/duplicate-name",
            `another invariant is called \`${name}\``,
            document.locate(["spec", "invariants", index, "name"]),
          ),
        ],
  );
}
