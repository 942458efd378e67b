import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { printProtobufJson } from "../src/envoy/jwt-authn/print-json.ts";
import { parseToken } from "../src/envoy/jwt-authn/token.ts";
import { decodeBase64Url, encodeBase64, fromCodes } from "../src/parse/base64.ts";
import { parseDocuments } from "../src/parse/document.ts";
import { parseProtobufJson } from "../src/parse/protobuf-json.ts";
import { jsonValue, runs } from "./fuzz/arbitraries.ts";

vi.setConfig({ testTimeout: 1_000_000 }); // a long run tries more

function read(text: string): unknown {
  const { documents, findings } = parseDocuments({ path: "a.yaml", text });
  expect(findings).toEqual([]);
  return documents[0]?.value;
}

/** Every path in plain data, with what is there. */
function* everything(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<[typeof path, unknown]> {
  yield [path, value];
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* everything(item, [...path, at]);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* everything(item, [...path, key]);
}

const wellFormed = (value: unknown): boolean => !/\\u[dD][89a-fA-F]/.test(JSON.stringify(value));

describe("what was printed reads back", () => {
  test("as JSON", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        expect(JSON.stringify(read(JSON.stringify(value)))).toBe(JSON.stringify(value));
      }),
      runs,
    );
  });

  test("as YAML with quotes", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = stringify(value, {
          defaultStringType: "QUOTE_DOUBLE",
          defaultKeyType: "QUOTE_DOUBLE",
          lineWidth: 0,
        });
        expect(JSON.stringify(read(text))).toBe(JSON.stringify(value));
      }),
      runs,
    );
  });

  test("from the place that was told", () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = JSON.stringify(value);
        const [document] = parseDocuments({ path: "a.json", text }).documents;
        for (const [path, item] of everything(value)) {
          const { start, end } = document?.locate(path) ?? { start: 0, end: 0 };
          expect(text.slice(start, end)).toBe(JSON.stringify(item));
        }
      }),
      runs,
    );
  });

  test("as the JSON of tokens", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), jsonValue), (value) => {
        fc.pre(wellFormed(value));
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseProtobufJson(text))).toBe(text);
        const header = Buffer.from('{"alg":"ES256"}').toString("base64url");
        const parsed = parseToken(`${header}.${Buffer.from(text).toString("base64url")}.AAAA`);
        if (typeof parsed !== "string") expect(JSON.stringify(parsed.payload)).toBe(text);
      }),
      runs,
    );
  });

  test("as the JSON that Envoy prints", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), jsonValue), (value) => {
        fc.pre(wellFormed(value));
        const parsed = parseProtobufJson(JSON.stringify(value));
        const printed = printProtobufJson(parsed ?? null);
        expect(parseProtobufJson(printProtobufJson(parseProtobufJson(printed) ?? null))).toEqual(
          parseProtobufJson(printed),
        );
      }),
      runs,
    );
  });

  test("as base64", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (codes) => {
        const bytes = fromCodes(codes);
        expect(encodeBase64(bytes)).toBe(Buffer.from(codes).toString("base64"));
        expect(decodeBase64Url(Buffer.from(codes).toString("base64url"))).toBe(bytes);
      }),
      runs,
    );
  });
});
