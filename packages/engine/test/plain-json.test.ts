import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson, parseNative } from "../src/parse/json.ts";
import { nativeJson } from "../src/parse/native-json.ts";
import { readPlainJson } from "../src/parse/plain-json.ts";
import { random } from "./drawn-rules.ts";

const word = fc.constantFrom(
  "a",
  "GET",
  "1",
  "",
  "b\u0000",
  '"',
  "\\",
  "\u00e9",
  "\ud83d\ude00",
  "\ud800",
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(word, fc.string(), fc.boolean(), fc.constant(null), fc.integer(), fc.double()),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(
      word.map((one) => [one]),
      { maxLength: 2 },
    ),
    fc.dictionary(fc.oneof(word, fc.string({ maxLength: 3 })), tie("value"), { maxKeys: 5 }),
  ),
}));
const space = fc.constantFrom(undefined, 2, "\t", " \n");

/** Whatever the plain reader reads, the other one reads, and as the same. */
function agreed(text: string): boolean {
  const value = readPlainJson(text);
  if (value === undefined) return false;
  expect({ text, value: nativeJson(text) }).toStrictEqual({ text, value });
  if (typeof value === "object" && value !== null) {
    expect({ text, read: parseNative(text) }).toEqual({ text, read: { value } });
    expect({ text, read: parseJson(text) }).toEqual({ text, read: { value } });
  }
  return true;
}

/** Keys that every object has are left to the other reader. */
function isUsual(text: string): boolean {
  return !/"(?:__\w+__|constructor|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable)"\s*:|-0(?![.\de])/.test(
    text,
  );
}

test("all JSON is read, whatever is in it, with and without blanks", () => {
  fc.assert(
    fc.property(json, space, (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(agreed(text) || !isUsual(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const pieces = [
  ...[
    '"',
    "\\",
    "\\u00e9",
    "\\x",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "\n",
    "\r",
    "\t",
    "\f",
    "\u00a0",
  ],
  ...[
    "0",
    "-",
    "-0",
    "01",
    "1.",
    ".5",
    "1e5",
    "1E+400",
    "NaN",
    "null",
    "nul",
    "true",
    "tru",
    "'a'",
  ],
  ...[
    '"a":1',
    '"a"',
    ",,",
    "{}",
    "[]",
    "\u0000",
    "\u001f",
    "\u2028",
    "\ufeff",
    "# c",
    "\n---\n",
    '"__proto__":{}',
  ],
];

test("broken JSON is left to the other reader, or was not broken", () => {
  let read = 0;
  const pick = random(7);
  fc.assert(
    fc.property(json, space, (value, indent) => {
      let text = JSON.stringify(value, null, indent);
      for (let count = 1 + pick(2); count > 0; count -= 1) {
        const at = pick(text.length + 1);
        text = text.slice(0, at) + (pieces[pick(pieces.length)] ?? "") + text.slice(at + pick(3));
      }
      if (agreed(text)) read += 1;
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(100);
});

test.each([
  ...[
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":1}',
    '{"__proto__":{}}',
    "[-0]",
    "[1e999]",
    "[01]",
    "[1.]",
    "[+1]",
  ],
  ...[
    "[1,]",
    "[,1]",
    '{"a":1,}',
    '{,"a":1}',
    '{"a"}',
    '{"a":}',
    "[1 2]",
    '["a" "b"]',
    "[",
    "]",
    "{",
    "",
    " ",
  ],
  ...[
    '["\\x"]',
    '["a\nb"]',
    '["a',
    '["a\\"]',
    "[tru]",
    "[nullx]",
    "[1]]",
    "[1] 2",
    "\ufeff[1]",
    "[\u00a01]",
  ],
  ...["[".repeat(600) + "]".repeat(600)],
])("is not read: %j", (text) => {
  expect(readPlainJson(text)).toBeUndefined();
});

test("a text without end is no matter of the stack", () => {
  const long = "x\\n".repeat(2_000_000);
  expect(readPlainJson(`["${long}"]`)).toEqual(["x\n".repeat(2_000_000)]);
});
