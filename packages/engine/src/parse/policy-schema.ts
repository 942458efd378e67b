import type { Release } from "../model/mesh.ts";
import type { Path } from "../model/place.ts";
import { type BehaviourName, behaviours } from "../release/behaviours.ts";
import { behaves } from "../release.ts";
import { remarksOf, type SchemaError } from "./check.ts";
import {
  type Validator,
  validateAuthorizationPolicy,
  validatePeerAuthentication,
  validateRequestAuthentication,
} from "./generated/security-validators.ts";
import { withoutNulls } from "./nulls.ts";
import { type Fields, isFields } from "./objects.ts";
import type { Remark } from "./remark.ts";
import { didYouMean } from "./suggest.ts";
import { without } from "./without.ts";

const validators: ReadonlyMap<string, Validator> = new Map([
  ["AuthorizationPolicy", validateAuthorizationPolicy],
  ["PeerAuthentication", validatePeerAuthentication],
  ["RequestAuthentication", validateRequestAuthentication],
]);

const topLevel: readonly string[] = ["apiVersion", "kind", "metadata", "spec", "status"];

/** What the schema of a CRD says of an object, in the order in which the API server asks. */
export interface SchemaCheck {
  readonly unknown: readonly Remark[]; // fields that are not in the schema: an error, or pruned
  readonly empty: readonly Remark[]; // nulls, dropped without a word
  readonly faults: readonly Remark[]; // of what is left
  readonly stored: Fields; // the object without the unknown fields and the nulls
  readonly isComplete: boolean; // no fault keeps the CRD's rules from being checked
}

/**
 * The schema step of the API server: unknown fields, then nulls, then types, values and limits
 * (kubernetes:apiextensions-apiserver/pkg/apiserver/schema pruning, defaulting, then validation).
 */
export function checkSchema(
  kind: string,
  object: Fields,
  release: Release,
): SchemaCheck | undefined {
  const validate = validators.get(kind);
  if (validate === undefined) return undefined;
  const { spec } = object;
  const errors = errorsOf(validate, spec);
  const unknown = [
    ...besideSpec(object),
    ...remarksOf(errors.filter(isUnknownField), spec, ["spec"]),
    ...laterFields(kind, spec, release),
  ];
  const known = without(
    object,
    unknown.map(({ path }) => path),
  );
  const { value, dropped } = withoutNulls(known["spec"], ["spec"]);
  const stored = value === known["spec"] ? known : { ...known, spec: value };
  const again = value === spec ? errors : errorsOf(validate, value);
  const left = again.filter((error) => !isUnknownField(error));
  const telling = left.filter((error) => !isBesideType(error, left));
  return {
    unknown,
    empty: dropped.map(emptyField),
    faults: remarksOf(telling, value, ["spec"]),
    stored,
    isComplete: !left.some(({ keyword }) => blocking.has(keyword)),
  };
}

/** After one of these the API server does not check the rules in CEL. */
export const blocking: ReadonlySet<string> = new Set([
  ...["type", "enum", "required", "maxItems", "maxLength", "maxProperties"],
]);

function errorsOf(validate: Validator, spec: unknown): readonly SchemaError[] {
  return spec === undefined || spec === null || validate(spec) ? [] : (validate.errors ?? []);
}

function isUnknownField({ keyword }: SchemaError): boolean {
  return keyword === "additionalProperties";
}

/** A number is not one of the texts either: once is enough. */
function isBesideType(
  { keyword, instancePath }: SchemaError,
  all: readonly SchemaError[],
): boolean {
  return (
    keyword === "enum" &&
    all.some((other) => other.keyword === "type" && other.instancePath === instancePath)
  );
}

/** Fields beside the spec. */
export function besideSpec(object: Fields): readonly Remark[] {
  return Object.keys(object)
    .filter((key) => !topLevel.includes(key))
    .map((key) => ({
      code: "schema/unknown-field",
      path: [key],
      at: "key",
      message: `unknown field \`${key}\` beside \`spec\``,
      hint: didYouMean(key, topLevel) ?? "everything is said below `spec`",
    }));
}

/** Fields that older CRDs lack, and the release that has them first. */
const additions: Readonly<Record<string, readonly (readonly [field: string, BehaviourName])[]>> = {
  AuthorizationPolicy: [
    ["spec.rules.*.from.*.source.trustDomains", "trust-domain-fields"],
    ["spec.rules.*.from.*.source.notTrustDomains", "trust-domain-fields"],
  ],
  RequestAuthentication: [
    ["spec.jwtRules.*.spaceDelimitedClaims", "space-delimited-claims"],
    ["spec.jwtRules.*.presence", "presence-field"],
  ],
};

/** What our schema knows and the CRD of this release does not. */
function laterFields(kind: string, spec: unknown, release: Release): readonly Remark[] {
  const later = new Map(
    (additions[kind] ?? []).filter(([, behaviour]) => !behaves(release, behaviour)),
  );
  if (later.size === 0) return [];
  return pathsOf(spec, ["spec"]).flatMap((path): readonly Remark[] => {
    const behaviour = later.get(patternOf(path));
    if (behaviour === undefined) return [];
    const message = `unknown field \`${String(path.at(-1))}\` in Istio ${release.istio}`;
    const hint = `Istio ${Object.keys(behaviours[behaviour].since)[0]} brought it`;
    return [{ code: "schema/unknown-field", path, at: "key", message, hint }];
  });
}

function patternOf(path: Path): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

/** The paths of all keys. */
function pathsOf(value: unknown, path: Path): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOf(item, [...path, index]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return [at, ...pathsOf(item, at)];
  });
}

/** What it means that a part is absent. */
const absence: Readonly<Record<string, string>> = {
  rules: "no rule matches then",
  from: "any source matches then",
  to: "any request matches then",
  when: "there is no condition then",
  selector: "every workload of the namespace is selected then",
};

/** A key without a value, which the API server takes for absent: `from:` then means any source. */
export function emptyField(path: Path): Remark {
  const name = String(path.at(-1));
  const meaning = Object.hasOwn(absence, name) ? `${absence[name]}: ` : "";
  return {
    code: "schema/empty-field",
    path,
    at: "key",
    message: `\`${name}\` is empty: it counts as not written`,
    hint: `${meaning}write it out, or remove it`,
  };
}
