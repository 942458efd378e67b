import { describe, expect, test } from "vitest";
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
