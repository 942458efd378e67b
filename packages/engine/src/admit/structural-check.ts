import type { Path } from "../model/place.ts";
import type { SchemaError } from "../parse/check.ts";
import { isFields } from "../parse/objects.ts";
import { limitErrors } from "./structural-limits.ts";
import type { SchemaNode } from "./structural-schema.ts";

/**
 * Whether a value is as the schema wants it, with nothing in it that is unknown or null, and no rule broken: one look, without a
 * word about what is wrong. Of what it takes, `schemaErrors` and `brokenRules` find nothing.
 */
export function isAsWanted(node: SchemaNode, value: unknown): boolean {
  if (!isOfType(node, value) || limitErrors(node, value).length > 0) return false;
  if (!node.rules.every(({ keeps }) => keeps(value))) return false;
  const { each, properties } = node;
  if (Array.isArray(value))
    return each === undefined || value.every((item) => isAsWanted(each, item));
  if (!isFields(value)) return true;
  for (const key of Object.keys(value)) {
    const inner = properties.get(key) ?? each;
    if (inner === undefined ? !node.schema.open : !isAsWanted(inner, value[key])) return false;
  }
  return true;
}

/** What the schema says of a value, as ajv would say it: types, values, limits, and fields that it does not know. */
export function schemaErrors(
  node: SchemaNode,
  value: unknown,
  instancePath = "",
): readonly SchemaError[] {
  if (value === null && node.schema.nullable === true) return [];
  if (!isOfType(node, value))
    return [{ keyword: "type", instancePath, params: { type: node.type } }];
  const own = limitErrors(node, value).map((error) => ({ ...error, instancePath }));
  const unknown = (node.schema.open ? [] : keysOf(value))
    .filter((key) => innerOf(node, key) === undefined)
    .map((additionalProperty) => ({
      keyword: "additionalProperties",
      instancePath,
      params: { additionalProperty, since: node.later.get(additionalProperty) },
      parentSchema: { properties: Object.fromEntries(node.properties) },
    }));
  const inside = partsOf(node, value).flatMap(([step, inner, part]) =>
    schemaErrors(inner, part, `${instancePath}/${escaped(step)}`),
  );
  return [...own, ...unknown, ...inside];
}

/** A rule of the CRD that a value does not keep. */
export interface BrokenRule {
  readonly path: Path;
  readonly value: unknown;
  readonly rule: SchemaNode["rules"][number];
}

/** The rules that a value without errors breaks. */
export function brokenRules(node: SchemaNode, value: unknown, path: Path): readonly BrokenRule[] {
  if (value === null) return [];
  return [
    ...node.rules.filter(({ keeps }) => !keeps(value)).map((rule) => ({ path, value, rule })),
    ...partsOf(node, value).flatMap(([step, inner, part]) =>
      brokenRules(inner, part, [...path, step]),
    ),
  ];
}

function isOfType({ type }: SchemaNode, value: unknown): boolean {
  switch (type) {
    case "object":
      return isFields(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    case "string":
    case "boolean":
      return typeof value === type;
  }
}

function keysOf(value: unknown): readonly string[] {
  return isFields(value) ? Object.keys(value) : [];
}

function innerOf({ properties, each }: SchemaNode, key: string): SchemaNode | undefined {
  return properties.get(key) ?? each;
}

/** The items of a list, the known fields of a mapping. */
function partsOf(
  node: SchemaNode,
  value: unknown,
): readonly (readonly [step: string | number, inner: SchemaNode, part: unknown])[] {
  const { each } = node;
  if (Array.isArray(value))
    return each === undefined ? [] : value.map((item, index) => [index, each, item] as const);
  if (!isFields(value)) return [];
  return Object.keys(value).flatMap((key) => {
    const inner = innerOf(node, key);
    return inner === undefined ? [] : [[key, inner, value[key]] as const];
  });
}

/** Whether a part may hold anything. */
export function isOpenAt(node: SchemaNode, path: Path): boolean {
  let at: SchemaNode | undefined = node;
  for (const step of path)
    at = at && (typeof step === "number" ? at.each : innerOf(at, String(step)));
  return at?.schema.open === true;
}

/** A step of a JSON pointer. */
function escaped(step: string | number): string {
  return String(step).replaceAll("~", "~0").replaceAll("/", "~1");
}
