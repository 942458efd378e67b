import { expect, test } from "vitest";
import { goRegexError } from "../src/admit/go-regex.ts";
import { re2Error } from "../src/match/re2.ts";

/** What istiod's webhook (Go's regexp) says of an expression, and what Envoy does. Recorded of Istio 1.31, built by Go 1.26, and Envoy 1.39. */
const words: Readonly<Record<string, readonly [admitted: boolean, taken: boolean]>> = {
  both: [true, true],
  "the webhook alone": [true, false],
  "Envoy alone": [false, true],
  neither: [false, false],
};

const recorded: Readonly<Record<string, readonly string[]>> = {
  both: [
    ...[
      "\\p{Any}",
      "\\p{C}",
      "\\p{Nd}",
      "\\p{Nko}",
      "\\p{Kawi}",
      "\\pL",
      "\\\\p{Letter}",
      "\\Q\\p{Foo}\\E",
    ],
    ...[
      "a(?i)*",
      "ab(?i)*",
      "(?i)",
      "(a{30}){33}",
      "((a{10}){10}){10}",
      "(a{0}){1000}",
      "(a*){1000}",
      "((a+){500}){2}",
    ],
    ...["(a{333}){3}", "((a{11}){9}){10}", "((a{3}){3}){111}", "((a{7}){3}){47}", "(a{500}){2}"],
  ],
  "the webhook alone": [
    ...[
      "\\p{Letter}",
      "\\p{LC}",
      "\\p{Lc}",
      "\\p{Cn}",
      "\\p{greek}",
      "\\p{GREEK}",
      "\\p{any}",
      "\\p{ASCII}",
      "\\p{Assigned}",
    ],
    ...[
      "\\p{Uppercase_Letter}",
      "\\p{uppercase letter}",
      "\\p{nd}",
      "\\p{Other}",
      "\\p{digit}",
      "\\p{punct}",
      "\\p{^Letter}",
    ],
    ...["\\P{Letter}", "\\pl", "[\\p{Letter}]", "[\\P{greek}x]", "\\p{^-L}", "x{1000}".repeat(40)],
  ],
  "Envoy alone": ["\\p{Old_Italic}", "\\p{SignWriting}"],
  neither: [
    ...[
      "\\p{Grek}",
      "\\p{Garay}",
      "\\p{Unknown}",
      "\\p{Foo}",
      "\\p{}",
      "\\pé",
      "\\p{Old-Italic}",
      "\\p{OldItalic}",
    ],
    ...[
      "(a{40}){40}",
      "((a{10}){10}){11}",
      "((a+){501}){2}",
      "((x{2,}){500}){1,2}",
      "(x{500,}){3}",
      "(x{0,500}){3}",
    ],
    ...["(\\b{1000}){2}", `${"(".repeat(11)}x${"{2})".repeat(11)}`, "(a{0}){1001}"],
    ...[
      "(a{500}|b{501}){2}",
      "(a{334}){3}",
      "((a{11}){9}){11}",
      "((a{3}){3}){112}",
      "((a{7}){3}){48}",
    ],
    ...["(?i)*", "x|(?i)*", "((?i)*)", "[b-a]", "a**", "(?=x)"],
  ],
};

const rows = Object.entries(recorded).flatMap(([who, sources]) =>
  sources.map((source) => [source, who] as const),
);

test.each(rows)("%s is taken by %s", (source, who) => {
  const said = [goRegexError(source) === undefined, re2Error(source) === undefined];
  expect(said).toEqual(words[who]);
});
