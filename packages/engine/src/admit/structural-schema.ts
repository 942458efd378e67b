import type { Release } from "../model/mesh.ts";
import type { Schema, SchemaFile } from "../parse/schema-file.ts";
import type { BehaviourName } from "../release/behaviours.ts";
import { behaves } from "../release.ts";
import { type CrdRule, crdRules } from "./crd-rules.ts";

export type SchemaType = "object" | "array" | "string" | "integer" | "number" | "boolean";

/** A schema as one release has it, with its references followed. */
export interface SchemaNode {
  readonly type: SchemaType;
  readonly schema: Schema;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly later: ReadonlyMap<string, BehaviourName>; // fields of a newer release
  readonly each?: SchemaNode; // of the items, or of the values of a mapping
  readonly values?: ReadonlySet<string>;
  readonly isLimited: boolean; // anything but its type and its parts is asked for
  readonly rules: readonly StatedRule[];
}

export interface StatedRule extends CrdRule {
  readonly said: string; // by the CRD
}

/** The schema of a kind, as a release has it. */
export function compileSchema(file: SchemaFile, kind: string, release: Release): SchemaNode {
  const parts = new Map<string, SchemaNode>();
  return nodeOf({ file, parts, has: (name) => behaves(release, name) }, file.kinds[kind] ?? {});
}

interface Compiling {
  readonly file: SchemaFile;
  readonly parts: Map<string, SchemaNode>;
  readonly has: (behaviour: BehaviourName) => boolean;
}

function nodeOf(compiling: Compiling, schema: Schema): SchemaNode {
  const { $ref } = schema;
  if ($ref === undefined) return compile(compiling, schema);
  const known = compiling.parts.get($ref);
  const node = known ?? compile(compiling, compiling.file.parts[$ref] ?? {});
  compiling.parts.set($ref, node);
  return node;
}

const limits = [
  ...(["enum", "format", "pattern", "minimum", "maximum", "minLength", "maxLength"] as const),
  ...(["minItems", "maxItems", "maxProperties", "required", "atMostOne", "listKeys"] as const),
];

function compile(compiling: Compiling, schema: Schema): SchemaNode {
  const { properties = {}, additionalProperties, items, enumSince = {}, rules = [] } = schema;
  const each = additionalProperties ?? items;
  const fields = Object.entries(properties);
  const isThere = (since: string | undefined): boolean =>
    since === undefined || compiling.has(since as BehaviourName); // the names are checked by a test
  const values = schema.enum?.filter((value) => isThere(enumSince[value]));
  return {
    type: schema.type as SchemaType,
    schema,
    properties: new Map(
      fields
        .filter(([, { since }]) => isThere(since))
        .map(([name, field]) => [name, nodeOf(compiling, field)]),
    ),
    later: new Map(
      fields.flatMap(([name, { since }]) =>
        isThere(since) ? [] : [[name, since as BehaviourName] as const],
      ),
    ),
    ...(each ? { each: nodeOf(compiling, each) } : {}),
    ...(values ? { values: new Set(values) } : {}),
    isLimited: limits.some((name) => schema[name] !== undefined),
    rules: rules.flatMap(({ rule, message }) => {
      const read = crdRules.get(rule);
      return read === undefined ? [] : [{ ...read, said: message }];
    }),
  };
}
