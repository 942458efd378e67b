import type { Release } from "../model/mesh.ts";
import { nameOf, remarksOf } from "../parse/check.ts";
import { wordOf } from "../parse/decode.ts";
import { networkingSchemas } from "../parse/generated/networking-schemas.ts";
import { withoutNulls } from "../parse/nulls.ts";
import type { Fields } from "../parse/objects.ts";
import { besideSpec, blocking, emptyField, type SchemaCheck } from "../parse/policy-schema.ts";
import type { Remark } from "../parse/remark.ts";
import type { SchemaFile } from "../parse/schema-file.ts";
import { without } from "../parse/without.ts";
import { behaviours } from "../release/behaviours.ts";
import { type SchemaBehaviourName, schemaBehaviours } from "../release/schema-behaviours.ts";
import {
  type BrokenRule,
  brokenRules,
  isAsWanted,
  isOpenAt,
  schemaErrors,
} from "./structural-check.ts";
import { compileSchema, type SchemaNode } from "./structural-schema.ts";

/** What the CRD of a kind of networking.istio.io says of an object, its rules in CEL included. Undefined: another kind. */
export function checkNetworking(
  kind: string,
  object: Fields,
  release: Release,
): SchemaCheck | undefined {
  const node = nodeOf(kind, release);
  if (node === undefined) return undefined;
  const { spec } = object;
  const beside = besideSpec(object);
  if (spec !== undefined && beside.length === 0 && isAsWanted(node, spec))
    return { unknown: [], empty: [], faults: [], stored: object, isComplete: true };
  return checkClosely({ node, kind, beside, release }, object);
}

interface Judging {
  readonly node: SchemaNode;
  readonly kind: string;
  readonly release: Release;
  readonly beside: readonly Remark[]; // unknown fields beside the spec
}

/** As `policy-schema.ts` does it for policies: unknown fields, then nulls, then what is left. */
function checkClosely(judging: Judging, object: Fields): SchemaCheck {
  const { node, kind, beside, release } = judging;
  const unknown = [...beside, ...unknownFields(node, object["spec"], release)];
  const known = without(
    object,
    unknown.map(({ path }) => path),
  );
  const { value, dropped } = withoutNulls(known["spec"], ["spec"], (path) =>
    isOpenAt(node, path.slice(1)),
  );
  const stored = value === known["spec"] ? known : { ...known, spec: value };
  const isThere = value !== undefined && value !== null;
  const errors = isThere
    ? schemaErrors(node, value).filter(({ keyword }) => keyword !== unknownKeyword)
    : [];
  const isComplete = !errors.some(({ keyword }) => blocking.has(keyword));
  return {
    unknown,
    empty: dropped.map(emptyField),
    faults: [
      ...(isThere || !needsSpec(kind) ? [] : [noSpec]),
      ...remarksOf(errors, value, ["spec"]),
      ...(isComplete && isThere ? brokenRules(node, value, ["spec"]).map(ruleRemark) : []),
    ],
    stored,
    isComplete,
  };
}

const unknownKeyword = "additionalProperties";
const noSpec: Remark = {
  code: "schema/missing-field",
  path: [],
  message: "an object without `spec`",
};

function unknownFields(node: SchemaNode, spec: unknown, release: Release): readonly Remark[] {
  if (spec === undefined || spec === null) return [];
  const errors = schemaErrors(node, spec).filter(({ keyword }) => keyword === unknownKeyword);
  return errors.flatMap((error) =>
    remarksOf([error], spec, ["spec"]).map((remark) => {
      const { since } = error.params;
      if (!isBehaviour(since)) return remark;
      const message = `unknown field \`${String(remark.path.at(-1))}\` in Istio ${release.istio}`;
      return {
        ...remark,
        message,
        hint: `Istio ${Object.keys(behaviours[since].since)[0]} brought it`,
      };
    }),
  );
}

function isBehaviour(name: unknown): name is SchemaBehaviourName {
  return typeof name === "string" && Object.hasOwn(schemaBehaviours, name);
}

const compiled = new WeakMap<Release, Map<string, SchemaNode>>();
let file: SchemaFile | undefined; // made when something is to be judged

/** The schema of a kind as a release has it. */
function nodeOf(kind: string, release: Release): SchemaNode | undefined {
  file ??= networkingSchemas();
  if (!Object.hasOwn(file.kinds, kind)) return undefined;
  const nodes = compiled.get(release) ?? new Map<string, SchemaNode>();
  const node = nodes.get(kind) ?? compileSchema(file, kind, release);
  compiled.set(release, nodes.set(kind, node));
  return node;
}

/** Kinds that are nothing without a spec. */
function needsSpec(kind: string): boolean {
  return file?.mandatory.includes(kind) === true;
}

function ruleRemark({ path, value, rule }: BrokenRule): Remark {
  const isPlain = typeof value !== "object" || value === null;
  const what = isPlain ? `\`${wordOf(value)}\` in ${nameOf(path)}` : nameOf(path);
  const hint = rule.hint === undefined ? {} : { hint: rule.hint };
  return { code: rule.code, path, message: `${what}: ${rule.said}`, ...hint };
}
