import {
  type Code,
  diagnose,
  didYouMean,
  type Finding,
  type ParsedDocument,
  type Path,
} from "@meshproof/engine";

/** What a generated validator says: ajv's error object, as far as it is read here. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string; // a JSON pointer
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: unknown;
  readonly propertyName?: string; // the error is about a key
}

/** The errors of a validator, each at its key or value. */
export function schemaFindings(
  errors: readonly SchemaError[],
  document: ParsedDocument,
): readonly Finding[] {
  return tellingErrors(errors).map((error) => finding(error, document));
}

/** Without those that only repeat another: what follows from a wrong type, or says that a part failed. */
export function tellingErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const typed = errors.filter(({ keyword }) => keyword === "type");
  const wrong = new Set(typed.map(({ instancePath }) => instancePath));
  return errors.filter(
    ({ keyword, instancePath, propertyName }) =>
      keyword === "type" ||
      (keyword !== "if" && propertyName === undefined && !wrong.has(instancePath)),
  );
}

/** One error as a sentence without its place, for a value that no file holds as it is. */
export function schemaMessage(error: SchemaError, root: unknown): string {
  const { message } = describe(error, valueAt(root, pathOf(error.instancePath, root)));
  return message;
}

interface Description {
  readonly code: Code;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly key?: string; // the error is at this key
}

function finding(error: SchemaError, document: ParsedDocument): Finding {
  const path = pathOf(error.instancePath, document.value);
  const { code, message, hint, key } = describe(error, valueAt(document.value, path));
  const span = key === undefined ? document.locate(path) : document.locateKey([...path, key]);
  return diagnose(code, message, span, hint);
}

function describe(error: SchemaError, value: unknown): Description {
  const { keyword, params, instancePath } = error;
  const field = nameOf(instancePath);
  switch (keyword) {
    case "additionalProperties":
      return unknownField(text(params["additionalProperty"]), error.parentSchema);
    case "required":
      return {
        code: "suite/missing-field",
        message: `\`${text(params["missingProperty"])}\` is missing`,
      };
    case "type":
      return wrongType(field, params["type"], value);
    case "enum":
      return notOneOf(value, list(params["allowedValues"]));
    case "propertyNames": {
      const key = text(params["propertyName"]);
      return { code: "suite/invalid-field", message: `\`${key}\` is not a port number`, key };
    }
    case "pattern":
      return invalidText(field, text(params["pattern"]));
    case "const":
      return {
        code: "suite/invalid-field",
        message: `\`${field}\` can only be \`${text(params["allowedValue"])}\``,
      };
    case "minItems":
    case "maxItems":
      return ofItems(field, keyword, Number(params["limit"]));
    case "minimum":
    case "maximum":
      return {
        code: "suite/invalid-field",
        message: `\`${field}\` must be at ${keyword === "minimum" ? "least" : "most"} ${text(params["limit"])}`,
      };
    case "minProperties":
      return { code: "suite/invalid-field", message: `\`${field}\` is empty` };
    case "maxProperties":
      return { code: "suite/invalid-field", message: `\`${field}\` says more than one thing` };
    default:
      return { code: "suite/invalid-field", message: `\`${field}\` ${error.message ?? keyword}` };
  }
}

/** The last field on a way, and where in its list: "allow[1]". */
function nameOf(instancePath: string): string {
  const [, field, indices = ""] = /([^/]*)((?:\/\d+)*)$/.exec(instancePath) ?? [];
  return `${field}${indices.replace(/\/(\d+)/g, "[$1]")}`;
}

function invalidText(field: string, pattern: string): Description {
  const code = "suite/invalid-field";
  if (pattern === ".") return { code, message: `\`${field}\` is empty` };
  return { code, message: `\`${field}\` is not a time`, hint: "2026-09-01T10:00:00Z" };
}

/** Lists are asked for one item, but for headers of exact bytes, which are pairs. */
function ofItems(field: string, keyword: string, limit: number): Description {
  const code = "suite/invalid-field";
  if (limit === 1 && keyword === "minItems") return { code, message: `\`${field}\` is empty` };
  const message = `\`${field}\` must have ${limit} items`;
  return { code, message, hint: limit === 2 ? "a name and a value: [x-user, alice]" : undefined };
}

function unknownField(key: string, schema: unknown): Description {
  const fields = keysOf(isObject(schema) ? schema["properties"] : undefined);
  const known =
    fields.length > 0 && fields.length <= 12 ? `one of ${fields.join(", ")}` : undefined;
  const message = `unknown field \`${key}\``;
  return {
    code: "suite/unknown-field",
    message,
    hint: didYouMean(key, fields) ?? below(key, fields) ?? known,
    key,
  };
}

/** Parts of a request, or of an invariant, that stand below another one. */
const inside: Readonly<Record<string, string>> = {
  ...{ method: "http", path: "http", host: "http", headers: "http", version: "http", body: "http" },
  ...{ ip: "source", proxyProtocol: "source" },
  ...{
    namespace: "target",
    workload: "target",
    labels: "target",
    through: "target",
    calls: "target",
  },
  ...{
    protocol: "requests",
    token: "requests",
    from: "requests",
    to: "requests",
    when: "requests",
  },
};

function below(key: string, beside: readonly string[]): string | undefined {
  const name = Object.hasOwn(inside, key) ? inside[key] : undefined;
  if (name === undefined || !beside.includes(name)) return undefined;
  return `it belongs below \`${name}\`: { ${key}: ... }`;
}

function wrongType(field: string, wanted: unknown, value: unknown): Description {
  const types = list(wanted);
  const message = `\`${field}\` must be ${types.map((type) => article(type)).join(" or ")}`;
  const isStatus = field === "expect" && Number.isInteger(value);
  const hint = isStatus
    ? `expect: { status: ${value} }`
    : types.includes("string")
      ? quoting(field, value)
      : undefined;
  return { code: "suite/invalid-field", message, hint };
}

/** YAML has more numbers and truths than people know: `n`, `on`, `0777`. */
function quoting(field: string, value: unknown): string | undefined {
  if (field === "expect") return "allow, deny, undetermined, invalid, or a mapping";
  if (typeof value === "boolean") return `quote it: to YAML this word is ${value}`;
  return typeof value === "number" ? `quote it: "${value}"` : undefined;
}

const names: Readonly<Record<string, string>> = {
  string: "a text",
  object: "a mapping",
  array: "a list",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

function article(type: string): string {
  return names[type] ?? type;
}

function notOneOf(value: unknown, allowed: readonly string[]): Description {
  const written = typeof value === "string" ? value : JSON.stringify(value);
  const meant = typeof value === "string" ? didYouMean(value, allowed) : undefined;
  return {
    code: "suite/invalid-field",
    message: `\`${written}\` is not one of ${allowed.join(", ")}`,
    hint: meant,
  };
}

/** A JSON pointer as a path: a segment is an index where the value is a list. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const segment of pointer.split("/").slice(1)) {
    const name = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(value) ? Number(name) : name);
    value = valueAt(root, path);
  }
  return path;
}

/** What a path leads to. */
export function valueAt(root: unknown, path: Path): unknown {
  let value: unknown = root;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === "number" ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}

function keysOf(value: unknown): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(text);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
