import type { Code } from "../diagnostic.ts";
import { textOf, wordOf } from "../parse/decode.ts";
import { isFields } from "../parse/objects.ts";
import type { Remark } from "../parse/remark.ts";
import { didYouMean } from "../parse/suggest.ts";
import { type Part, part, when } from "./read.ts";
import { systemMetadataFaults } from "./system-metadata.ts";

const fields: readonly string[] = [
  ...["annotations", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp"],
  ...["finalizers", "generateName", "generation", "labels", "managedFields", "name", "namespace"],
  ...["ownerReferences", "resourceVersion", "selfLink", "uid"],
];

/** Metadata that the API server does not know; it drops them for a lenient client. */
export function unknownMetadata(object: Part): readonly Remark[] {
  const metadata = part(object, "metadata");
  return Object.keys(metadata.fields)
    .filter((key) => !fields.includes(key))
    .map((key) => ({
      code: "schema/unknown-field",
      path: [...metadata.path, key],
      at: "key",
      message: `unknown field \`${key}\` in \`metadata\``,
      hint: didYouMean(key, fields) ?? "labels and annotations go below `labels` and `annotations`",
    }));
}

/** What the API server says of names, labels and annotations (kubernetes:apimachinery/pkg/api/validation/objectmeta.go). */
export function metadataFaults(object: Part): readonly Remark[] {
  const metadata = part(object, "metadata");
  return [
    ...["labels", "annotations"].flatMap((name) => noMapping(metadata, name)),
    ...systemMetadataFaults(metadata),
    ...names(metadata),
    ...labels(metadata),
    ...annotations(metadata),
  ];
}

function noMapping({ path, fields: metadata }: Part, name: string): readonly Remark[] {
  const value = metadata[name];
  return when(value !== undefined && value !== null && !isFields(value), {
    code: "schema/wrong-type",
    path: [...path, name],
    message: `\`${name}\` must be a mapping`,
  });
}

const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const dnsLabel = new RegExp(`^${label}$`);
const dnsSubdomain = new RegExp(`^${label}(?:\\.${label})*$`);

function names({ path, fields: { name, namespace, generateName } }: Part): readonly Remark[] {
  const is = (value: unknown, pattern: RegExp, longest: number): boolean =>
    typeof value !== "string" || (value.length <= longest && pattern.test(value));
  const about = (key: string, value: unknown, limits: string): Remark => ({
    code: "schema/bad-name",
    path: [...path, key],
    message: `\`${wordOf(value)}\` cannot be a ${key}`,
    hint: `lower case letters, digits and \`-\`, with a letter or digit at both ends, ${limits}`,
  });
  const beginning = textOf(generateName)?.replace(/(?<=.)-$/, "") ?? "";
  const isBeginning = beginning === "" || is(beginning, dnsSubdomain, 253);
  const isNamespace = namespace === "" || is(namespace, dnsLabel, 63);
  return [
    ...(is(name, dnsSubdomain, 253) ? [] : [about("name", name, "at most 253; dots too")]),
    ...(isBeginning ? [] : [about("generateName", generateName, "at most 253; dots too")]),
    ...(isNamespace ? [] : [about("namespace", namespace, "at most 63")]),
  ];
}

const qualified = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** `NAME` or `PREFIX/NAME` (kubernetes:apimachinery/pkg/api/validate/content/kube.go IsLabelKey). */
function isQualifiedName(text: string): boolean {
  const slash = text.indexOf("/");
  const [prefix, name] = slash < 0 ? ["a", text] : [text.slice(0, slash), text.slice(slash + 1)];
  const isPrefix = prefix.length <= 253 && dnsSubdomain.test(prefix);
  return isPrefix && name.length <= 63 && qualified.test(name);
}

function labels(metadata: Part): readonly Remark[] {
  const { path, fields: entries } = part(metadata, "labels");
  return Object.entries(entries).flatMap(([key, value]) => {
    const text = textOf(value) ?? "";
    const isValue = text === "" || (text.length <= 63 && qualified.test(text));
    return [
      ...when(!isQualifiedName(key), keyRemark("schema/bad-label", [...path, key], key)),
      ...when(!isValue, {
        code: "schema/bad-label",
        path: [...path, key],
        message: `\`${text}\` cannot be the value of a label`,
        hint: "letters, digits, `-`, `_` and `.`, at most 63, with a letter or digit at both ends",
      }),
    ];
  });
}

function annotations(metadata: Part): readonly Remark[] {
  const { path, fields: entries } = part(metadata, "annotations");
  const text = Object.entries(entries).flat().map(wordOf).join("");
  return [
    ...Object.keys(entries).flatMap((key) =>
      when(
        !isQualifiedName(key.toLowerCase()),
        keyRemark("schema/bad-annotation", [...path, key], key),
      ),
    ),
    ...when(isLongerThan(256 * 1024, text), {
      code: "schema/bad-annotation",
      path,
      at: "key",
      message: "the annotations have more than 256 KiB",
    }),
  ];
}

/** In UTF-8, in which a character of ours has at most three bytes. */
function isLongerThan(bytes: number, text: string): boolean {
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

function keyRemark(code: Code, path: Part["path"], key: string): Remark {
  return {
    code,
    path,
    at: "key",
    message: `\`${key}\` cannot be a key here`,
    hint: "`NAME` or `PREFIX/NAME`: letters, digits, `-`, `_` and `.`, at most 63",
  };
}
