import { describe, expect, test } from "vitest";
import { utf8Bytes } from "../src/match/bytes.ts";
import { matchesText } from "../src/match/matches.ts";
import { matchesRe2, re2Error } from "../src/match/re2.ts";
import { categories, scripts } from "../src/match/re2-property.ts";
import { replaceAll } from "../src/match/re2-replace.ts";

describe("an expression", () => {
  test.each([
    ["[\\x41-\\x43]+", "ABC", "D"],
    ["[\\x{61}-\\x{63}]+", "abc", "d"],
    ["\\101", "A", "B"],
    ["[\\101]+", "AA", "1"],
    ["\\0", "\0", "0"],
    ["\\012", "\n", "2"],
    ["[[:ascii:]]+", "ab", "\xc3\xa9"],
    ["a[[:blank:]]b", "a b", "a\nb"],
    ["[[:cntrl:]]", "\x7f", " "],
    ["[[:^alpha:]]+", "1-", "a"],
    ["[[:graph:]]+", "ab", "a b"],
    ["[[:print:]]+", "a b", "a\tb"],
    ["\\pL+", "ab", "1"],
    ["\\PL+", "1-", "a"],
    ["\\p{Lu}+", "AB", "a"],
    ["\\p{^Lu}+", "ab", "A"],
    ["\\P{^Lu}+", "AB", "a"],
    ["\\p{Greek}", "\xce\xb1", "a"],
    ["[\\pL-]+", "a-b", "1"],
    ["[^\\pL]+", "1-", "a"],
    ["[\\PL]+", "1-", "a"],
    ["(?i)\\p{Lu}+", "ab", "1"],
    ["\\p{C}", "\xe2\x80\x8e", "\xcd\xb8"],
    ["\\PC", "\xcd\xb8", "\xe2\x80\x8e"],
    ["\\p{Any}", "a", ""],
    ["\\p{Nyiakeng_Puachue_Hmong}|\\p{SignWriting}|\\p{Nko}|\\p{Yi}|a", "a", "b"],
    ["[\\Wa]+", "a-", "b"],
    ["\\Qa.b\\E+", "a.bb", "axb"],
    ["x\\Q[a", "x[a", "xa"],
    ["[\\]Q]\\\\Q", "Q\\Q", "Q"],
    ["a{2", "a{2", "aa"],
  ])("%s matches %j and not %j", (source, matching, other) => {
    expect(re2Error(source)).toBeUndefined();
    expect([matchesRe2(source, matching), matchesRe2(source, other)]).toEqual([true, false]);
  });

  test.each([
    "{2}",
    "a|{2,}",
    "\\1",
    "\\8",
    "\\x4",
    "\\x{110000}",
    "[\\x]",
    "[\\q]",
    "[a-\\d]",
    "[[:foo:]]",
    "[[:Alpha:]]",
    "[[:]a:]",
    "[[::]]",
    "[[:constructor:]]",
    "\\é",
    "[\\é]",
    "\\p{Cn}",
    "\\p{Foo}",
    "\\pq",
    "\\p{Lu",
    "\\p{Uppercase}",
    "\\p{Grek}",
    "\\p{Hang}",
    "\\p{Qaac}",
    "\\p{greek}",
    "\\p{Unknown}",
    "\\p{Katakana_Or_Hiragana}",
    "\\p{Garay}",
    "\\p{LC}",
    "\\p{Letter}",
    "\\p{}",
    "\\E",
    "\\C",
    "a\\",
  ])("%s is none", (source) => {
    expect(re2Error(source)).toBeDefined();
  });

  test("knows all 163 scripts and 36 categories of RE2's tables", () => {
    const names = [...scripts, ...categories, "C", "Any"];
    expect(names.filter((name) => re2Error(`\\p{${name}}`) !== undefined)).toEqual([]);
    expect(names.length).toBe(163 + 35 + 2);
  });

  test("reads no property twice, and a long one at once", () => {
    expect(re2Error("\\pL".repeat(2000))).toBeUndefined();
    expect(re2Error(`\\p{${"A".repeat(100_000)}}`)).toBe("invalid character class range");
  });
});

/** An expression, and which values it matches: as characters, and where each byte is one. Recorded of Envoy 1.39.0 and 1.39.3. */
describe("an expression in either case", () => {
  test.each<[string, readonly string[], readonly boolean[], readonly boolean[]]>([
    ["(?i)é", ["é", "É"], [true, true], [true, false]],
    ["(?i)k", ["K", "\u212a"], [true, true], [true, false]],
    ["(?i)[s]", ["S", "ſ"], [true, true], [true, false]],
    ["(?i)\\w", ["K", "\u212a", "ſ"], [true, true, true], [true, false, false]],
    [
      "(?i)\\W",
      ["K", "\u212a", "ſ", "-"],
      [false, false, false, true],
      [false, false, false, true],
    ],
    ["(?i)[^\\W]", ["K", "\u212a", "-"], [true, true, false], [true, false, false]],
    [
      "(?i)[\\W]",
      ["K", "\u212a", "ſ", "s"],
      [false, false, false, false],
      [false, false, false, false],
    ],
    ["(?i)\\P{Lu}", ["a", "A", "1"], [false, false, true], [false, false, true]],
    ["(?i)[\\P{Lu}]", ["a", "A", "1"], [false, false, true], [false, false, true]],
    ["(?i)[^\\P{Lu}]", ["a", "A", "1"], [true, true, false], [true, true, false]],
    ["(?i)\\p{Lu}", ["a", "A", "1", "é"], [true, true, false, true], [true, true, false, false]],
    [
      "(?i)[[:^alpha:]]",
      ["a", "K", "ſ", "1"],
      [false, false, false, true],
      [false, false, false, true],
    ],
    ["(?i)[[:^lower:]]", ["a", "A", "1"], [false, false, true], [false, false, true]],
    ["(?i)[^k]", ["K", "\u212a", "a"], [false, false, true], [false, false, true]],
    ["(?i)[j-l]", ["K", "\u212a"], [true, true], [true, false]],
    ["(?i)[^j-l]", ["K", "\u212a", "x"], [false, false, true], [false, false, true]],
    ["(?i)σ", ["Σ", "ς"], [true, true], [false, false]],
    ["(?i)i", ["I", "İ", "ı"], [true, false, false], [true, false, false]],
    ["(?i)ß", ["ẞ", "ss"], [true, false], [false, false]],
    ["(?i)µ", ["μ", "Μ"], [true, true], [false, false]],
    ["(?i:é)É", ["ÉÉ", "Éé"], [true, false], [false, false]],
    ["(?i)[à-ö]+", ["Éé"], [true], [false]],
  ])("%s on %j is %j, of bytes %j", (source, values, characters, bytes) => {
    const seen = (alphabet: "bytes" | "latin1"): readonly boolean[] =>
      values.map((value) => matchesRe2(utf8Bytes(source), utf8Bytes(value), alphabet));
    expect([seen("bytes"), seen("latin1")]).toEqual([characters, bytes]);
  });
});

test("characters that would be UTF-8 if they were bytes stay what they are", () => {
  expect(matchesRe2("Ã©", "Ã©", "characters")).toBe(true);
  expect(matchesRe2("Ã©", "Ã©", "bytes")).toBe(true);
  expect(matchesRe2("é", "Ã©", "characters")).toBe(false);
});

describe("bytes that are no UTF-8", () => {
  test.each([
    [".", "\xff", false, true],
    [".", "\xc3\xa9", true, false],
    ["..", "\xc3\xa9", false, true],
    ["[^x]+", "a\xff", false, true],
    ["\xc3\xa9", "\xc3\xa9", true, true],
    ["[\xc3\xa9]", "\xa9", false, true],
    [".*", "\xed\xa0\x80\xf4\x90\x80\x80\xe0\x80\x80", true, true],
    [".*", "\xc0\x80", false, true],
    ["a.", "a\n", false, false],
  ])("%j on %j is %s, of bytes %s", (source, value, before, since) => {
    expect([matchesRe2(source, value), matchesRe2(source, value, "latin1")]).toEqual([
      before,
      since,
    ]);
  });

  test("are something where an expression sees bytes", () => {
    const some = { kind: "sequence", pieces: [{ run: "any", min: 1 }] } as const;
    const seen = { ...some, latin1: true } as const;
    expect([matchesText(some, "/\xe9"), matchesText(seen, "/\xe9")]).toEqual([false, true]);
    expect(matchesText(seen, "")).toBe(false);
  });

  test("are replaced one by one, and no character is made of them", () => {
    expect(replaceAll("a(.)", "/a\xe9b", "<\\1>")).toBe("/a\xe9b");
    expect(replaceAll("a(.)", "/a\xe9b", "<\\1>", "latin1")).toBe("/<\xe9>b");
    expect(replaceAll("a(.)", "/a\xc3\xa9", "<\\1>")).toBe("/<\xc3\xa9>");
    expect(replaceAll("a(.)", "/a\xc3\xa9", "<\\1>", "latin1")).toBe("/<\xc3>\xa9");
  });
});
