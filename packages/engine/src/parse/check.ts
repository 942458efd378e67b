import type { Finding } from "../diagnostic.ts";
import type { Path } from "../model/place.ts";
import type { ParsedDocument } from "./document.ts";
import { belongsTo } from "./misplaced.ts";
import { isFields, valueAt } from "./objects.ts";
import { findingOf, type Remark } from "./remark.ts";
import { didYouMean } from "./suggest.ts";

/** What a generated validator says: ajv's error object, as far as it is read here. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string; // a JSON pointer
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: unknown;
}

type Description = Omit<Remark, "path"> & { readonly key?: string }; // the fault is at this key below

/** The errors of a validator, each at its key or value. `prefix`: where in the document the validated value is. */
export function check(
  errors: readonly SchemaError[],
  document: ParsedDocument,
  prefix: Path = [],
): readonly Finding[] {
  return remarksOf(errors, valueAt(document.value, prefix), prefix).map((remark) =>
    findingOf(remark, document),
  );
}

/** The errors of a validator, each with the path of its key or value. `root`: the validated value, `prefix`: where it is. */
export function remarksOf(
  errors: readonly SchemaError[],
  root: unknown,
  prefix: Path,
): readonly Remark[] {
  return errors
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => {
      const inside = pathOf(error.instancePath, root);
      const path = [...prefix, ...inside];
      const { key, ...remark } = describe(error, path, valueAt(root, inside));
      return key === undefined
        ? { ...remark, path }
        : { ...remark, path: [...path, key], at: "key" };
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
    case "pattern":
      return oddText(value, String(params["pattern"]));
    case "oneOf":
    case "listKeys":
      return { code: "schema/broken-rule", message: `${nameOf(path)} ${error.message}` };
    default:
      return {
        code: "schema/out-of-bounds",
        message: `${nameOf(path)} ${boundText(keyword, params["limit"]) ?? error.message ?? keyword}`,
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
    hint: didYouMean(key, known) ?? belongsTo(key, known) ?? listed,
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
    ...(value === null && typeof path.at(-1) === "string" ? { at: "key" } : {}),
  };
}

function typeHint(wanted: string, value: unknown): string | undefined {
  if (wanted === "string" && (typeof value === "number" || typeof value === "boolean"))
    return "quote it";
  if (value === null) return "an item or value is empty: remove it, or write it out";
  if (wanted === "array" && typeof value === "string")
    return /^[\w./:*-]{1,60}$/.test(value) ? `write a list: ["${value}"]` : "write a list";
  return wanted === "array" && isFields(value) ? "start it with `- `" : undefined;
}

function describeValue(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (isFields(value)) return "a mapping";
  return `\`${String(value)}\``;
}

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  Length: ["character", "characters"],
  Items: ["item", "items"],
  Properties: ["entry", "entries"],
};

/** "is empty", "must have at most 16 items", "must be at least 0". Undefined: the keyword is about no bound. */
function boundText(keyword: string, limit: unknown): string | undefined {
  const [, end, of = ""] = /^(min|max)(\w+)$/.exec(keyword) ?? [];
  const unit = units[of];
  if (end === undefined || typeof limit !== "number") return undefined;
  const bound = `at ${end === "min" ? "least" : "most"} ${limit}`;
  if (of === "imum") return `must be ${bound}`;
  if (unit === undefined) return undefined;
  if (end === "min" && limit === 1) return "is empty";
  return `must have ${bound} ${unit[limit === 1 ? 0 : 1]}`;
}

/** What the patterns of the CRDs are about: nobody reads a pattern. */
const patterns: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$": [
    "a group",
    "such as gateway.networking.k8s.io, without a version; that of a Service is empty",
  ],
  "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$": ["a kind", "such as Service or Gateway"],
  "^[-_A-Za-z0-9]+$": ["a name of a header", "letters, digits, `-` and `_`"],
};

function oddText(value: unknown, pattern: string): Description {
  const [what, hint] = patterns[pattern] ?? ["this", `it must match ${pattern}`];
  return { code: "schema/out-of-bounds", message: `\`${String(value)}\` cannot be ${what}`, hint };
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
export function nameOf(path: Path): string {
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
