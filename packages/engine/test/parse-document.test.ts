import { expect, test } from "vitest";
import { type ParsedDocument, parseDocuments } from "../src/parse/document.ts";
import { lineAndColumn } from "./line-and-column.ts";

const documents = (text: string): readonly ParsedDocument[] =>
  parseDocuments({ path: "x.yaml", text }).documents;
const value = (text: string): unknown => documents(text)[0]?.value;
const codes = (text: string): readonly string[] =>
  parseDocuments({ path: "x.yaml", text }).findings.map(({ code }) => code);

// What kubernetes-sigs/yaml 1.6.0 makes of each, as it was run.
test.each([
  [
    "keys are text: a port, a boolean, an octal",
    "{8080: a, on: b, 0777: c, '8081': d, 1.50: e}",
    { 511: "c", 8080: "a", 8081: "d", true: "b", 1.5: "e" },
  ],
  ["quotes keep text", `["on", '0777', "~"]`, ["on", "0777", "~"]],
  ["!!str keeps text", "[!!str 1.31, !!str on, !!str]", ["1.31", "on", ""]],
  [
    "a tag types what is quoted",
    "[!!int '5', !!bool 'yes', !!null '', !!float 5]",
    [5, true, null, 5],
  ],
  ["a tag of one's own makes text", "[!foo 5, ! 5, !x]", ["5", "5", ""]],
  ["an ordered mapping is a list of mappings", "!!omap [x: 1, z: 2]", [{ x: 1 }, { z: 2 }]],
  [
    "a merge key brings in what is not written after it",
    "x: &x {a: 1, b: 2}\nuse: {<<: *x, b: 3}",
    { x: { a: 1, b: 2 }, use: { a: 1, b: 3 } },
  ],
  [
    "a merge key takes the place of what is written before it",
    "use: {b: 2, <<: {b: 3, a: 1}}",
    { use: { b: 3, a: 1 } },
  ],
  [
    "the first of several merged mappings wins",
    "use: {<<: [{a: 1}, {a: 2, c: 3}], d: 4}",
    { use: { a: 1, c: 3, d: 4 } },
  ],
  ["a mapping may merge twice", "use: {<<: {a: 1}, <<: {b: 2}}", { use: { a: 1, b: 2 } }],
  ["a quoted << is a key", `use: {"<<": {a: 1}}`, { use: { "<<": { a: 1 } } }],
  ["an anchor holds until one of its name follows", "[&x 1, *x, &x 2, *x]", [1, 1, 2, 2]],
  ["an alias may be a key", "&a a: 1\nb: *a\n*a : 2", undefined],
  [
    "a document may be JSON",
    '{"a": {"b": [1, null, true, "\\u00e9"]}}',
    { a: { b: [1, null, true, "é"] } },
  ],
  [
    "a byte order mark and Windows line ends are no text",
    "\uFEFFa: |\r\n  x\r\n  y\r\n",
    { a: "x\ny\n" },
  ],
])("%s", (_, text, expected) => {
  expect(value(text)).toEqual(expected);
});

test.each([
  ["nothing as a key", "null: a"],
  ["a list as a key", "? [a]\n: b"],
  ["a number that JSON lacks", "a: .inf"],
  ["a tag that does not fit", "a: !!int abc"],
  ["a merge of something that is no mapping", "a: {<<: 5}"],
  ["a merge of nothing", "a: {<<: null}"],
])("%s is refused", (_, text) => {
  expect(codes(text)).toEqual(["yaml/unsupported"]);
});

test.each([
  ["name: {{ .Values.name }}", ["yaml/template"]],
  ["names: [{{ .Values.one }}, {{ .Values.two }}]", ["yaml/template", "yaml/template"]],
  ["? {a: b}\n: c", ["yaml/unsupported"]],
])("%s: what stands for a value in a Helm template is named", (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test.each([
  ["a\u0000b", ["yaml/syntax"]],
  ["# \u001b[31m", ["yaml/syntax"]],
  ["a: \u007f", ["yaml/syntax"]],
  ["a: b\ufeff", ["yaml/syntax"]],
  ['\ufeffa: &b ["\\u0000", 😀, \u0085]', []],
])("%j: what YAML may not hold is refused, and nothing else is", (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

test.each([
  ["an anchor that is nowhere", "a: *nope"],
  ["an alias that contains itself", "a: &a { b: *a }"],
  ["a merge that contains itself", "a: &a { <<: *a }"],
])("%s is refused", (_, text) => {
  expect(codes(text)).toEqual(["yaml/syntax"]);
});

const levels = (count: number, line: (level: number) => string): string =>
  Array.from({ length: count }, (_, level) => line(level)).join("\n");

test.each([
  [
    "aliases that multiply",
    levels(
      12,
      (level) => `a${level}: &a${level} [${level === 0 ? "x" : `*a${level - 1}, `.repeat(10)}]`,
    ),
    "yaml/too-large",
  ],
  [
    "merge keys that multiply",
    levels(
      12,
      (level) =>
        `a${level}: &a${level} {k${level}: 1${level === 0 ? "" : `, <<: [${`*a${level - 1}, `.repeat(10)}]`}}`,
    ),
    "yaml/too-large",
  ],
  [
    "merge keys in a long chain",
    levels(3000, (level) => `a${level}: &a${level} {${level === 0 ? "" : `<<: *a${level - 1}`}}`),
    "yaml/too-deep",
  ],
  ["brackets", "[".repeat(20_000) + "]".repeat(20_000), "yaml/too-deep"],
  ["open brackets", "[".repeat(200_000), "yaml/too-deep"],
  ["mappings", levels(3000, (level) => `${" ".repeat(level)}a:`), "yaml/too-deep"],
])("%s without bound are refused, and do not take long", (_, text, code) => {
  expect(codes(text)).toEqual([code]);
});

test("many aliases are read in one pass", () => {
  const read = value(`a: &a x\nl:\n${"- *a\n".repeat(20_000)}`) as { l: readonly string[] };
  expect(read.l.length).toBe(20_000);
});

test("a key named like a prototype is a key like any other", () => {
  const read = value(
    '{"__proto__": {"polluted": true}, "constructor": 1, a: {<<: {__proto__: {x: 1}}}}',
  );
  expect(Object.keys(read as object)).toEqual(["__proto__", "constructor", "a"]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test.each([
  ["a value", ["use", "b"], "5:10"],
  ["what an alias stands for", ["again", "a"], "2:15"],
  ["what a merge key brings in", ["use", "a"], "2:15"],
  ["what a later merge key replaces", ["late", "a"], "2:15"],
  ["an item of a list", ["list", 1, "x"], "8:16"],
  ["the nearest parent of what is not there", ["list", 1, "y", "z"], "8:11"],
  ["the whole document", [], "2:1"],
])("a place is that of %s", (_, path, place) => {
  const text = [
    "# 😀 counts two units",
    "base: &a { a: 1 }",
    "again: *a",
    "use:",
    "      b: 3",
    "      <<: *a",
    "late: { a: 0, <<: *a }",
    "list: [0, { x: 1 }]",
  ].join("\n");
  const [document] = documents(text);
  expect(lineAndColumn(text, document?.locate(path).start ?? -1)).toBe(place);
});

test("the place of a key is its own", () => {
  const text = "a:\n  bcd: [1, 2]\n";
  const span = documents(text)[0]?.locateKey(["a", "bcd"]);
  expect(text.slice(span?.start, span?.end)).toBe("bcd");
});

test("a document that is broken leaves the others", () => {
  const text = "a: 1\n---\nb: [\n---\nc: 3\n";
  const read = parseDocuments({ path: "x.yaml", text });
  expect(read.documents.map((document) => document.value)).toEqual([{ a: 1 }, { c: 3 }]);
  expect(read.findings.map(({ code }) => code)).toEqual(["yaml/syntax"]);
});
