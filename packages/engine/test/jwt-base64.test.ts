import { expect, test } from "vitest";
import { decodeBase64Url, decodeUtf8, encodeBase64 } from "../src/parse/base64.ts";

test.each([
  ["QQ", "A"],
  ["QQ==", "A"],
  ["Q Q", "A"],
  ["QQ= =", "A"],
  ["QR", "A"], // leftover bits
  ["QUJD", "ABC"],
  ["", ""],
  ["_-8", "\xff\xef"],
  ["Q", undefined],
  ["QQ=", undefined],
  ["QQ===", undefined],
  ["QUI==", undefined],
  ["QUJD=", undefined],
  ["QQ==QQ", undefined],
  ["+/8", undefined],
  ["Q,Q", undefined],
])("base64url of %j is %j (an:RA-34)", (text, bytes) => {
  expect(decodeBase64Url(text)).toBe(bytes);
});

test.each(["", "A", "AB", "ABC", "\xff\xfe\xfd\xfc"])(
  "base64 of %j is what Node writes",
  (bytes) => {
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes, "latin1").toString("base64"));
  },
);

test.each([
  ["\xc3\xa9", "é"],
  ["\xed\xa0\x80", undefined], // a surrogate
  ["\xc0\x80", undefined], // overlong
  ["\xc3", undefined],
  ["\xef\xbb\xbf{}", "\ufeff{}"],
])("UTF-8 of %j is %j", (bytes, text) => {
  expect(decodeUtf8(bytes)).toBe(text);
});
