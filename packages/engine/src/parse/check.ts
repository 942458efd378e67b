import { type Code, diagnose, type Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import type { ParsedDocument } from "./document.ts";
import { isFields, valueAt } from "./objects.ts";
import { didYouMean } from "./suggest.ts";

/** What a generated validator says: ajv's error object, as far as it is read here. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string; // a JSON pointer
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: unknown;
}

interface Description {
  readonly code: Code;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly key?: string; // the fault is at this key below
  readonly atKey?: true; // the value is empty: its own key is all there is to mark
}

/** The errors of a validator, each at its key or value. `prefix`: where in the document the validated value is. */
export function check(
  errors: readonly SchemaError[],
  document: ParsedDocument,
  prefix: Path = [],
): readonly Finding[] {
  return errors
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => {
      const path = [...prefix, ...pathOf(error.instancePath, valueAt(document.value, prefix))];
      const { code, message, hint, key, atKey } = describe(
        error,
        path,
        valueAt(document.value, path),
      );
      const keyPath = key === undefined ? path : [...path, key];
      const at = key === undefined && !atKey ? document.locate(path) : document.locateKey(keyPath);
      return diagnose(code, message, at, hint);
    });
}

function describe(error: SchemaError, path: Path, value: unknown): Description {
  const { keyword, params, parentSchema } = error;
  switch (keyword) {
    case "additionalProperties":
      return unknownField(String(params["additionalProperty"]), path, parentSchema);
    case "required":
      return {
        code: "schema/missing-field",
        message: `${nameOf(path)} lacks \`${String(params["missingProperty"])}\``,
      };
    case "type":
      return wrongType(path, String(params["type"]), value);
    case "enum":
      return wrongValue(value, params["allowedValues"]);
    default:
      return {
        code: "schema/out-of-bounds",
        message: `${nameOf(path)} ${(error.message ?? keyword).replace(/^must NOT/, "must not")}`,
      };
  }
}

function unknownField(key: string, path: Path, schema: unknown): Description {
  const properties = isFields(schema) && isFields(schema["properties"]) ? schema["properties"] : {};
  const known = Object.keys(properties);
  const listed = known.length > 0 && known.length <= 14 ? `one of ${known.join(", ")}` : undefined;
  return {
    code: "schema/unknown-field",
    message: `unknown field \`${key}\` in ${nameOf(path)}`,
    hint: didYouMean(key, known) ?? listed,
    key,
  };
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  object: "a mapping",
  array: "a list",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function wrongType(path: Path, wanted: string, value: unknown): Description {
  return {
    code: "schema/wrong-type",
    message: `${nameOf(path)} must be ${typeNames[wanted] ?? wanted}, not ${describeValue(value)}`,
    hint: typeHint(wanted, value),
    ...(value === null && typeof path.at(-1) === "string" ? { atKey: true } : {}),
  };
}

function typeHint(wanted: string, value: unknown): string | undefined {
  if (wanted === "string" && (typeof value === "number" || typeof value === "boolean"))
    return `quote it: "${String(value)}"`;
  if (value === null) return "an item or value is empty: remove it, or write it out";
  if (wanted === "array" && typeof value === "string") return `write a list: ["${value}"]`;
  return wanted === "array" && isFields(value) ? "start it with `- `" : undefined;
}

function describeValue(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (isFields(value)) return "a mapping";
  return `\`${String(value)}\``;
}

function wrongValue(value: unknown, allowed: unknown): Description {
  const values = Array.isArray(allowed) ? allowed.map(String) : [];
  return {
    code: "schema/wrong-value",
    message: `${describeValue(value)} is not one of ${values.join(", ")}`,
    hint: typeof value === "string" ? didYouMean(value, values) : undefined,
  };
}

/** The last name on a path, in the author's words. */
function nameOf(path: Path): string {
  const name = path.findLast((step) => typeof step === "string");
  const last = path.at(-1);
  if (name === undefined) return "the document";
  return typeof last === "number" ? `item ${last + 1} of \`${name}\`` : `\`${name}\``;
}

/** A JSON pointer as a path: a segment is an index where the value is a list. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const segment of pointer.split("/").slice(1)) {
    const name = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    const step = Array.isArray(value) ? Number(name) : name;
    path.push(step);
    value = valueAt(value, [step]);
  }
  return path;
}
