import fc from "fast-check";
import { expect, test } from "vitest";
import { nativeJson } from "../src/parse/native-json.ts";

const name = fc
  .array(fc.constantFrom("\\", '"', "\n", "a", "\ue000", "0", ":", " ", "__proto__"), {
    maxLength: 3,
  })
  .map((pieces) => pieces.join(""));
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    name,
    fc.integer(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(name, tie("value")), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));

test("keys that are written with an escape mean what they say, whatever was read before", () => {
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      expect(nativeJson(JSON.stringify(value, null, indent))).toStrictEqual(value);
    }),
    { numRuns: 5000 },
  );
});

test("a key that ends in a backslash does not change the meaning of a later one", () => {
  expect(nativeJson('{"h": [], "\\\\": 0}')).toEqual({ h: [], "\\": 0 });
  expect(nativeJson('{"h": 1, "\\"": 2}')).toEqual({ h: 1, '"': 2 });
});

test("of a key that is there twice the last value counts, however it is written", () => {
  expect(nativeJson('{"a": 1, "\\u0061": 2}')).toEqual({ a: 2 });
  expect(nativeJson('{"\\u0061": 1, "a": 2}')).toEqual({ a: 2 });
  expect(nativeJson('{"\\u0031": 1, "1": 2}')).toEqual({ 1: 2 });
});

test("what is no JSON is refused as `JSON.parse` refuses it", () => {
  for (const text of ['{"\\x": 1}', '{"\\n" 1}', '{"\\n": }', '"\\', ""]) {
    expect(() => nativeJson(text)).toThrow(SyntaxError);
  }
});

test("a text of many megabytes is read beside such keys", () => {
  const long = "x".repeat(2e7);
  expect(nativeJson(`{"\\u0061": "${long}"}`)).toEqual({ a: long });
});
