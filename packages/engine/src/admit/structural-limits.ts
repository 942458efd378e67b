import type { SchemaError } from "../parse/check.ts";
import { isFields } from "../parse/objects.ts";
import { crdPatterns } from "./crd-patterns.ts";
import type { SchemaNode } from "./structural-schema.ts";

type LimitError = Omit<SchemaError, "instancePath">;

const none: readonly LimitError[] = [];

/** What is wrong with a value of the right type, seen from outside: its size, what it lacks, what it holds together. */
export function limitErrors(node: SchemaNode, value: unknown): readonly LimitError[] {
  if (!node.isLimited) return none;
  if (typeof value === "string") return textErrors(node, value);
  if (typeof value === "number") return numberErrors(node, value);
  if (Array.isArray(value)) return listErrors(node, value);
  return isFields(value) ? mappingErrors(node, value) : none;
}

function textErrors({ values, schema }: SchemaNode, text: string): readonly LimitError[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const length = (schema.minLength ?? schema.maxLength) ? Array.from(text).length : minLength;
  return [
    ...when(values !== undefined && !values.has(text), "enum", undefined, {
      allowedValues: [...(values ?? [])],
    }),
    ...when(length < minLength, "minLength", undefined, { limit: minLength }),
    ...when(length > maxLength, "maxLength", undefined, { limit: maxLength }),
    ...when(schema.format === "byte" && !base64.test(text), "format", "must be base64"),
    ...when(length <= maxLength && isOdd(schema, text), "pattern", undefined, {
      pattern: schema.pattern,
    }),
  ];
}

function isOdd({ pattern = "" }: SchemaNode["schema"], text: string): boolean {
  return crdPatterns.get(pattern)?.test(text) === false;
}

/** As Kubernetes asks: an empty text is none (asaskevich/govalidator:patterns.go, Base64). */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

function numberErrors({ schema }: SchemaNode, value: number): readonly LimitError[] {
  const { format, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const isWide = format === "int32" && (value < -(2 ** 31) || value >= 2 ** 31);
  return [
    ...when(value < minimum, "minimum", undefined, { limit: minimum }),
    ...when(value > maximum, "maximum", undefined, { limit: maximum }),
    ...when(isWide, "format", "must fit into 32 bits"),
  ];
}

function listErrors({ schema }: SchemaNode, items: readonly unknown[]): readonly LimitError[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, listKeys } = schema;
  return [
    ...when(items.length < minItems, "minItems", undefined, { limit: minItems }),
    ...when(items.length > maxItems, "maxItems", undefined, { limit: maxItems }),
    ...(listKeys ?? []).flatMap((key) => twins(items, key)),
  ];
}

/** Items that have the key of another one: `x-kubernetes-list-map-keys`. */
function twins(items: readonly unknown[], key: string): readonly LimitError[] {
  const keys = items.map((item) => (isFields(item) ? item[key] : undefined));
  const twin = keys.find((each, index) => each !== undefined && keys.indexOf(each) < index);
  return when(twin !== undefined, "listKeys", `has \`${String(twin)}\` twice as a \`${key}\``);
}

function mappingErrors(
  { schema }: SchemaNode,
  fields: Readonly<Record<string, unknown>>,
): readonly LimitError[] {
  const { required = [], maxProperties = Number.POSITIVE_INFINITY, atMostOne = [] } = schema;
  return [
    ...required
      .filter((name) => fields[name] === undefined)
      .flatMap((missingProperty) => when(true, "required", undefined, { missingProperty })),
    ...when(Object.keys(fields).length > maxProperties, "maxProperties", undefined, {
      limit: maxProperties,
    }),
    ...atMostOne.flatMap((names) => {
      const there = names.filter((name) => fields[name] !== undefined);
      const said = `has ${there.map((name) => `\`${name}\``).join(" and ")}: only one of them can be`;
      return when(there.length > 1, "oneOf", said);
    }),
  ];
}

function when(
  condition: boolean,
  keyword: string,
  message?: string,
  params: SchemaError["params"] = {},
): readonly LimitError[] {
  if (!condition) return none;
  return [{ keyword, params, ...(message === undefined ? {} : { message }) }];
}
