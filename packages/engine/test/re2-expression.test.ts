import { expect, test } from "vitest";
import { automatonOf, classify } from "../src/analyse/partition/automaton.ts";
import { everything } from "../src/analyse/partition/expression.ts";
import { re2Expression } from "../src/analyse/partition/re2-expression.ts";
import { loop } from "../src/analyse/partition/regular.ts";
import { matchesRe2 } from "../src/match/re2.ts";

const sources = [
  ".*/ns/foo.bar/.*",
  "spiffe://.+/ns/a/(.+/|)sa/x.y(/.+)?",
  "spiffe://.*.foo/ns/a/sa/b",
  "a{2,3}b{0,2}",
  "(?i)ab|c+",
  "[a-c]*[^x]",
  "(?i)[^x]b",
  "[a\\x{80}-\\x{10ffff}]+",
  "\\d+\\.\\w?",
  "(a|)*b",
  "",
];

const values = [
  ...["/ns/foo.bar/", "x/ns/fooxbar/y", "/ns/foobar/", "\n/ns/foo.bar/"],
  ...["spiffe://x/ns/a/sa/x.y", "spiffe://x/ns/a/q/sa/xzy/t", "spiffe:///ns/a/sa/x.y"],
  ...["spiffe://afoo/ns/a/sa/b", "spiffe://foo/ns/a/sa/b", "spiffe://a.foo/ns/a/sa/b"],
  ...["aa", "a", "aaabb", "aaabbb", "AB", "aB", "ccc", "abcy", "abcx", "", "12.", "1.x", "1x", "b"],
  ...["aab", "c", "C"],
];

test.each(sources)("an automaton of %s matches what RE2 matches", (source) => {
  const expression = re2Expression(source);
  if (!expression) throw new Error("it is not modelled");
  const automaton = automatonOf([expression], loop(everything), 10_000);
  for (const value of values) {
    const patterns = automaton.classes[classify(automaton, value)]?.patterns ?? [];
    expect([value, patterns.length === 1]).toEqual([value, matchesRe2(source, value)]);
  }
});

test.each([
  "^a",
  "a$",
  "a\\b",
  "(",
  "\u00e9",
  "((a{100}){100}){100}",
  "(?i)k",
  "(?i)[^s]",
  "\\pL",
  "\\x{e9}",
  "[\\x80-\\xbf]",
])("%s is not said as an automaton rather than said wrongly", (source) => {
  expect(re2Expression(source)).toBeUndefined();
});
