// Generates standalone validators from the JSON schemas, so that neither ajv nor generated code is needed at run time.
// `npm run schemas` writes them; `--check` (part of `npm run lint`) fails when what is committed is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Ajv } from "ajv";
import standaloneModule from "ajv/dist/standalone/index.js";

const standaloneCode = standaloneModule.default ?? standaloneModule;

/** A schema file, the exports to make of it, and where they go. A definition's name, or "" for the schema itself. */
const tables = [
  {
    schema: "packages/engine/src/parse/schemas/security.json",
    output: "packages/engine/src/parse/generated/security-validators.ts",
    exports: {
      validateAuthorizationPolicy: "AuthorizationPolicy",
      validatePeerAuthentication: "PeerAuthentication",
      validateRequestAuthentication: "RequestAuthentication",
    },
  },
  {
    schema: "packages/testkit/src/suite.schema.json",
    output: "packages/testkit/src/generated/suite-validator.ts",
    exports: { validateSuite: "" },
  },
  {
    schema: "packages/testkit/src/invariants.schema.json",
    output: "packages/testkit/src/generated/invariants-validator.ts",
    exports: { validateInvariants: "" },
  },
];

/** A schema that is read as data (admit/structural-schema.ts): code of it would be five times as long as all others together. */
const data = {
  schema: "packages/engine/src/parse/schemas/networking.json",
  output: "packages/engine/src/parse/generated/networking-schemas.ts",
};

/** What ajv's code would fetch from ajv at run time. */
const runtime = {
  "ajv/dist/runtime/ucs2length": "(text) => Array.from(text).length",
  "ajv/dist/runtime/equal": `function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a !== a && b !== b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}`,
};

function generate({ schema: file, exports }) {
  const schema = share(JSON.parse(readFileSync(file, "utf8")));
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema(schema, "root");
  const names = Object.entries(exports).map(([name, definition]) => [
    name,
    definition === "" ? "root" : `root#/definitions/${definition}`,
  ]);
  const code = standaloneCode(ajv, Object.fromEntries(names));
  return finish(code, names, file);
}

/** Parts of a schema that are the same become one definition, and so one function. */
function share(schema) {
  const counts = new Map();
  walk(schema, (part) => {
    const text = JSON.stringify(part);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return part;
  });
  const definitions = {};
  const names = new Map();
  const replace = (part) => {
    const text = JSON.stringify(part);
    if (text.length < 24 || text.includes('"$ref"') || counts.get(text) < 2)
      return walk(part, replace);
    const name = names.get(text) ?? `shared${names.size + 1}`;
    if (!names.has(text)) {
      names.set(text, name);
      definitions[name] = walk(part, replace);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const shared = walk(schema, replace);
  return { ...shared, definitions: { ...shared.definitions, ...definitions } };
}

/** A schema whose parts are what `visit` makes of them. */
function walk(schema, visit) {
  const part = (value) => (typeof value === "object" && value !== null ? visit(value) : value);
  const named = (record, each) =>
    record && Object.fromEntries(Object.entries(record).map(([key, value]) => [key, each(value)]));
  return {
    ...schema,
    ...(schema.definitions && {
      definitions: named(schema.definitions, (value) => walk(value, visit)),
    }),
    ...(schema.properties && { properties: named(schema.properties, part) }),
    ...(schema.items && { items: part(schema.items) }),
    ...(schema.additionalProperties && { additionalProperties: part(schema.additionalProperties) }),
  };
}

/** What ajv writes out for each error and each call, as a call of a function: a third of the text. */
function condense(code) {
  const failures = code.replace(
    /const (err\d+) = \{instancePath(?::(.+?))?,schemaPath:"[^"]*",keyword:("\w+"),params:(\{.*?\}),message:(.+?),schema:.+?,parentSchema:(.+?),data(?::[\w]+)?(?:,propertyName:(\w+))?\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
    (_, _name, path = "instancePath", keyword, params, message, parent, key) =>
      `vErrors = fail(vErrors, ${[path, keyword, params, message, parent, ...(key ? [key] : [])].join(", ")}); errors++;`,
  );
  if (/schemaPath/.test(failures))
    throw new Error("an error that scripts/schemas.mjs cannot condense");
  return failures
    .replace(/,parentData(?::[^,{}]+)?,parentDataProperty(?::[^,{}]+)?,rootData\}/g, "}")
    .replace(/, parentData, parentDataProperty, rootData=data\}/g, "}");
}

const fail = `function fail(errors, instancePath, keyword, params, message, parentSchema, propertyName) {
  const error = { instancePath, keyword, params, message, parentSchema };
  if (propertyName !== undefined) error.propertyName = propertyName;
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}`;

function finish(code, names, file) {
  const inlined = condense(code).replace(/require\("([^"]+)"\)(\.default)?/g, (_, module) => {
    if (!(module in runtime))
      throw new Error(`${module} has no replacement in scripts/schemas.mjs`);
    return `(${runtime[module]})`;
  });
  const types = `export interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: unknown;
  readonly propertyName?: string;
}
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}`;
  const body = names.reduce(
    (text, [name]) =>
      text.replace(
        new RegExp(`export const ${name} = (\\w+);`),
        `export const ${name}: Validator = $1 as unknown as Validator;`,
      ),
    inlined,
  );
  return `// @ts-nocheck\n// Made by scripts/schemas.mjs from ${file}. Do not edit.\n${types}\n${fail}\n${body.replace(/^"use strict";\s*/, "")}\n`;
}

/** A function, so that nothing is made of it before something is to be judged. */
function dataModule({ schema }) {
  const { $comment, ...file } = JSON.parse(readFileSync(schema, "utf8"));
  const sections = Object.entries(file).map(([key, value]) => `  ${key}: ${lines(value)},`);
  return `// Made by scripts/schemas.mjs from ${schema}. Do not edit.
import type { SchemaFile } from "../schema-file.ts";

/** ${$comment} */
export function networkingSchemas(): SchemaFile {
  return {
${sections
  .join("\n")
  .replaceAll(/^(?! {2})/gm, "    ")
  .replaceAll(/^ {2}(?! )/gm, "    ")}
  };
}
`;
}

function lines(value) {
  if (Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, part]) => `      ${key}: ${JSON.stringify(part)},`,
  );
  return `{\n${entries.join("\n")}\n    }`;
}

const check = process.argv.includes("--check");
let stale = 0;
function write(output, text) {
  const committed = existsSync(output) ? readFileSync(output, "utf8") : "";
  if (text === committed) return;
  if (check) {
    console.error(`${output} is stale: run \`npm run schemas\``);
    stale += 1;
  } else {
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, text);
  }
}
for (const table of tables.filter(({ schema }) => existsSync(schema)))
  write(table.output, generate(table));
write(data.output, dataModule(data));
process.exitCode = stale === 0 ? 0 : 1;
