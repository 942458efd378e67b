import { expect, test } from "vitest";
import { printProtobufJson } from "../src/envoy/jwt-authn/print-json.ts";
import { parseProtobufJson } from "../src/parse/protobuf-json.ts";

test.each<[string, unknown]>([
  ['{"a":1}', { a: 1 }],
  ["null", {}],
  [' {\r\n\t"a" : [ ] } ', { a: [] }],
  ['{"a":1,}', { a: 1 }],
  ['{"a":[1,2,]}', { a: [1, 2] }],
  ["{'a':'b\"c'}", { a: 'b"c' }],
  ["{_a1:true}", { _a1: true }],
  [String.raw`{"a":"\'\/\b\f\n\r\t\\\""}`, { a: "'/\b\f\n\r\t\\\"" }],
  [String.raw`{"a":"\u00e9\U00e9\uD83D\ude00"}`, { a: "éé😀" }],
  ['{"a":"x\ny\u0000"}', { a: "x\ny\0" }],
  ['{"a":-1.5e3,"b":0,"c":1E-2}', { a: -1500, b: 0, c: 0.01 }],
  ['{"a":true,"b":false,"c":null}', { a: true, b: false, c: null }],
])("protobuf's parser reads %j (an:RA-36)", (text, value) => {
  expect(parseProtobufJson(text)).toEqual(value);
});

test.each([
  '{"a":1,"a":2}',
  '{"x":{"a":1,"a":2}}',
  "{a:1,'a':2}",
  "[]",
  "1",
  '"a"',
  "",
  "{",
  '{"a"}',
  '{"a":}',
  '{"a":1,,}',
  "{,}",
  '{"a":01}',
  '{"a":1.}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":1e}',
  '{"a":1e400}',
  '{"a":NaN}',
  '{"a":nul}',
  "{null:1}",
  "{1a:1}",
  "{a-b:1}",
  '{"a":1} x',
  '{"a":1}/**/',
  "\ufeff{}",
  "\f{}",
  String.raw`{"a":"\x41"}`,
  String.raw`{"a":"\v"}`,
  String.raw`{"a":"\ud800"}`,
  String.raw`{"a":"\ude00\ud83d"}`,
  String.raw`{"a":"\ud800\u0041"}`,
  String.raw`{"a":"\u00g0"}`,
  '{"a":"x',
  '{"a":\'x"}',
  '{"a":[1 2]}',
  '{"a":1 "b":2}',
])("protobuf's parser refuses %j (an:RA-36)", (text) => {
  expect(parseProtobufJson(text)).toBeUndefined();
});

test("a hundred levels are read, and not one more", () => {
  const nested = (depth: number): string =>
    `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
  expect(parseProtobufJson(nested(100))).toBeDefined();
  expect(parseProtobufJson(nested(101))).toBeUndefined();
  expect(parseProtobufJson(nested(100_000))).toBeUndefined();
});

test("`__proto__` and `constructor` are keys like others", () => {
  const value = parseProtobufJson('{"__proto__":{"x":1},"constructor":2}');
  expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
  expect(parseProtobufJson("{}")?.["constructor"]).toBeUndefined();
});

test.each<[string, string]>([
  ['{"a":[1,"x",true,null]}', '{"a":[1,"x",true,null]}'],
  ['{"a":1.5}', '{"a":1.5}'],
  ['{"a":0.1}', '{"a":0.1}'],
  ['{"a":1e20}', '{"a":1e+20}'],
  ['{"a":123456789012345678}', '{"a":1.2345678901234568e+17}'],
  ['{"a":0.00001}', '{"a":1e-05}'],
  ['{"a":"<b>\\u2028\\u0007é\\""}', '{"a":"\\u003cb\\u003e\\u2028\\u0007é\\""}'],
  ['{"a":"\\udb40\\udc01"}', '{"a":"\\udb40\\udc01"}'],
])("protobuf prints %s as %s", (text, printed) => {
  expect(printProtobufJson(parseProtobufJson(text) ?? null)).toBe(printed);
});
