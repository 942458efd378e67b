import { describe, expect, test } from "vitest";
import { matches, matchesText } from "../src/match/matches.ts";
import { joinPrincipal, principalText, splitPrincipal } from "../src/match/principal.ts";
import { matchesRe2, re2Error } from "../src/match/re2.ts";
import { matchesSequence } from "../src/match/sequence.ts";
import type { Piece, Text } from "../src/model/rule.ts";

const any: Piece = { run: "any", min: 0 };
const some: Piece = { run: "any", min: 1 };
const segment: Piece = { run: "segment", min: 0 };
const one: Piece = { run: "template", min: 1 };
const many: Piece = { run: "template-or-slash", min: 0 };

describe("a text", () => {
  test.each<readonly [Text, string, boolean]>([
    [{ kind: "exact", text: "GET" }, "GET", true],
    [{ kind: "exact", text: "GET" }, "get", false],
    [{ kind: "exact", text: "A.com", fold: true }, "a.COM", true],
    [{ kind: "exact", text: "a.com", fold: true }, "a.com:8080", false],
    [{ kind: "exact", text: "K", fold: true }, "\u212a", false],
    [{ kind: "prefix", text: "/api" }, "/api", true],
    [{ kind: "prefix", text: "/api" }, "/ap", false],
    [{ kind: "prefix", text: "A.", fold: true }, "a.com", true],
    [{ kind: "suffix", text: ".txt" }, "/x.txt", true],
    [{ kind: "suffix", text: ".COM", fold: true }, "a.com", true],
    [{ kind: "suffix", text: "a.com", fold: true }, ".com", false],
    [{ kind: "suffix", text: "" }, "", true],
    [{ kind: "present" }, "", true],
  ])("%j on %j is %s", (text, value, expected) => {
    expect(matchesText(text, value)).toBe(expected);
  });
});

describe("a sequence", () => {
  test.each<readonly [string, readonly Piece[], string, boolean]>([
    ["at least one character", [some], "x", true],
    ["the empty text has none", [some], "", false],
    ["a line feed is no character of a run", [some], "a\nb", false],
    ["a namespace in the middle", [any, "/ns/foo/", any], "spiffe://td/ns/foo/sa/x", true],
    ["a namespace needs its last slash", [any, "/ns/foo/", any], "spiffe://td/ns/foo", false],
    ["an end that repeats", ["spiffe://", any, "sa/a"], "spiffe://x/sa/a/sa/a", true],
    ["an end that begins too early", ["ab", any, "bc"], "abc", false],
    ["a run of one between", ["a", some, "a"], "aa", false],
    ["a run of one between, filled", ["a", some, "a"], "aba", true],
    ["no slash in a segment", ["spiffe://", segment, "/", any], "spiffe://td/ns", true],
    ["a later start for the next run", [any, "/a", segment, "z"], "x/a/az", true],
    ["a slash is not in a segment", ["x", segment, "z"], "x/z", false],
    ["one segment of a template", ["/foo/", one, "/bar"], "/foo/buzz/bar", true],
    ["an empty segment of a template", ["/foo/", one, "/bar"], "/foo//bar", false],
    ["any number of segments", ["/store/", many, "/cart"], "/store//cart", true],
    ["a slash too few", ["/store/", many, "/cart"], "/store/cart", false],
    ["a bracket is no character of a template", ["/foo/", one], "/foo/a[1]", false],
    ["an escape is", ["/foo/", one], "/foo/a%2Fb", true],
    ["nothing at all", [], "", true],
    ["nothing at all, but text", [], "x", false],
    ["valid UTF-8", [some], "/caf\xc3\xa9", true],
    ["a byte that is no UTF-8", [some], "/caf\xe9", false],
  ])("%s", (_, pieces, value, expected) => {
    expect(matchesSequence(pieces, value)).toBe(expected);
  });

  test("characters need not be valid UTF-8", () => {
    expect(matchesSequence([some], "caf\xe9", "characters")).toBe(true);
  });

  test("many runs on a long value take no more than a pass each", () => {
    const pieces = Array.from({ length: 40 }, () => [segment, "a"]).flat();
    expect(matchesSequence([...pieces, "b"], "a".repeat(20_000))).toBe(false);
  });
});

describe("an expression of RE2", () => {
  test.each([
    [".*/ns/a.c/.*", "spiffe://td/ns/abc/sa/x", true],
    [".*/ns/nobody|.*/.*", "spiffe://x/", true],
    ["spiffe://.+/ns/foo/(.+/|)sa/my.app(/.+)?", "spiffe://td/ns/foo/sa/myxapp", true],
    ["spiffe://.+/ns/foo/(.+/|)sa/my.app(/.+)?", "spiffe://td/ns/foo/sa/myxapps", false],
    ["a{2,3}", "aaaa", false],
    ["a{2,3}", "aaa", true],
    ["(a|b)*c", "ababc", true],
    ["[^a-c]+", "xaz", false],
    ["\\d+\\.\\w", "12._", true],
    ["(?i)AbC", "aBc", true],
    ["[[:alpha:]-]+", "a-b", true],
    ["a\\b-\\Bb?", "a-b", false],
    [".", "\xc3\xa9", true],
    [".", "\xff", false],
    ["[^a]", "\xff", false],
    ["(a*)*b", "a".repeat(2000), false],
  ])("%s on %j is %s", (source, value, expected) => {
    expect(re2Error(source)).toBeUndefined();
    expect(matchesRe2(source, value)).toBe(expected);
  });

  test.each([
    [".*/ns/a[/.*", "missing closing ]"],
    ["(", "missing closing )"],
    ["a)", "unexpected )"],
    ["a**", "bad repetition operator: **"],
    ["*a", "no argument for repetition operator: *"],
    ["(?=a)", "invalid perl operator"],
    ["\\1", "invalid escape sequence: \\1"],
    ["a{1001}", "invalid repetition size"],
    ["[b-a]", "invalid character class range"],
    ["((a{500}){500}){500}", "invalid repetition size"],
    ["a{1000}".repeat(40), "pattern too large"],
  ])("%s does not compile: %s", (source, error) => {
    expect(re2Error(source)).toBe(error);
  });
});

describe("other patterns", () => {
  const block = { kind: "cidr", family: 4, low: "0a000000", high: "0affffff" } as const;
  test.each([
    ["10.1.2.3", true],
    ["11.0.0.0", false],
    ["::ffff:10.1.2.3", false],
    ["bogus", false],
  ])("10.0.0.0/8 on %s is %s", (address, expected) => {
    expect(matches(block, address)).toBe(expected);
  });

  test("issuer and subject are compared apart, whatever slashes they contain", () => {
    const value = joinPrincipal({ issuer: "https://a/b", subject: "c/d" });
    const pattern = {
      kind: "principal",
      issuer: { kind: "exact", text: "https://a/b" },
      subject: { kind: "suffix", text: "/d" },
    } as const;
    expect(matches(pattern, value)).toBe(true);
    expect(splitPrincipal(value)).toEqual({ issuer: "https://a/b", subject: "c/d" });
    expect(principalText(value)).toBe("https://a/b/c/d");
  });
});
