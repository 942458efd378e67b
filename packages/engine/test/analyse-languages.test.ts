import { expect, test } from "vitest";
import { automatonOf, classify } from "../src/analyse/partition/automaton.ts";
import { characters, type Expression, loop, sequence } from "../src/analyse/partition/regular.ts";
import {
  headerValues,
  hosts,
  identities,
  methods,
  type PathSettings,
  paths,
  plainEscapes,
  serverNames,
  someHeaderValue,
  someTrimmedValue,
  targets,
  trimmedValues,
} from "../src/analyse/space/languages.ts";
import { validAuthority } from "../src/envoy/http/codec.ts";
import { normalizePath } from "../src/envoy/http/normalize-path.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

const rounds = Number(process.env["ANALYSE"] ?? 800);

const anything = loop(characters(() => true));

function memberOf(language: Expression): (text: string) => boolean {
  const automaton = automatonOf([anything], language, 10_000);
  return (text) => classify(automaton, text) >= 0;
}

const all: readonly PathSettings[] = [true, false].flatMap((normalizes) =>
  [true, false].flatMap((merges) =>
    (["keep", "decode", "redirect", "reject"] as const).flatMap((escapedSlashes) =>
      [{}, { dotSegmentParameters: "keep" } as const].map((parameters) => ({
        normalizePath: normalizes,
        mergeSlashes: merges && normalizes,
        escapedSlashes,
        ...parameters,
      })),
    ),
  ),
);

const pieces = [
  "a",
  "b",
  ".",
  ".",
  "..",
  "/",
  "/",
  "//",
  ";",
  ";x",
  "%2f",
  "%5C",
  "%41",
  "%2e",
  "%7E",
  "%7f",
  "%4",
  "%",
  "\\",
  "[",
  "^",
  "~",
] as const;

function anyPath(dice: Dice): string {
  const count = dice.below(7);
  return `/${Array.from({ length: count }, () => dice.pick(pieces)).join("")}`;
}

test.each(all)("what a proxy with %j makes of a path is one that there can be", (settings) => {
  const isPath = memberOf(paths(settings));
  const isTarget = memberOf(targets(settings));
  const dice = diceOf(5);
  let made = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const raw = anyPath(dice);
    const found = normalizePath(raw, settings);
    if (found.kind !== "path") continue;
    made += 1;
    expect([raw, found.path, isPath(found.path)]).toEqual([raw, found.path, true]);
    expect([raw, isTarget(found.path), isTarget(`${found.path}?a=/../b`)]).toEqual([
      raw,
      true,
      true,
    ]);
  }
  expect(made).toBeGreaterThan(rounds / 4);
});

/** What a segment like `..;x` is written as where it would be navigation. */
function rawOf(path: string): string {
  const hidden = path.replace(/\/(?=\.\.?;)/g, "\\");
  return hidden.startsWith("\\") ? `/x/..${hidden}` : hidden;
}

/** What escapes hide is excluded beside the language. */
test.each(all)(
  "every path that there can be is one that a proxy with %j makes of some path",
  (settings) => {
    const isPath = memberOf(paths(settings));
    const isEscaped = memberOf(sequence(anything, plainEscapes, anything));
    const dice = diceOf(6);
    const seen = { in: 0, out: 0 };
    for (let round = 1; round <= rounds; round += 1) {
      const path = anyPath(dice);
      if (settings.escapedSlashes !== "keep" && /%2f|%5c/i.test(path)) continue;
      const is = isPath(path) && !(settings.normalizePath && isEscaped(path));
      seen[is ? "in" : "out"] += 1;
      const made = [path, rawOf(path)].map((raw) => normalizePath(raw, settings));
      const isMade = made.some((each) => each.kind === "path" && each.path === path);
      expect([path, is]).toEqual([path, isMade]);
    }
    expect(seen.in).toBeGreaterThan(30);
    if (settings.normalizePath) expect(seen.out).toBeGreaterThan(30);
  },
);

test("a character is one of hosts where a proxy takes it for one, and any that is printed is one of header values", () => {
  const [isHost, isValue] = [memberOf(hosts), memberOf(headerValues)];
  for (let code = 0x20; code < 0x7f; code += 1) {
    const text = `a${String.fromCharCode(code)}b`;
    expect([text, isHost(text), isValue(text)]).toEqual([text, validAuthority(text), true]);
  }
});

const id = "spiffe://cluster.local/ns/a-1/sa/b.c";

test.each([
  ["methods", methods, ["GET", "get", "M-SEARCH", "a!#$%&'*+.^_`|~9"], ["", "G T", "G/", "é"]],
  ["hosts", hosts, ["a.example", "A.Example:8080", "[::1]:80"], ["", "a b", "a/b", "a?b"]],
  [
    "server names",
    serverNames,
    ["", "a.example", "_x-1", "a b", "a/b", "Ã©", "\x01"],
    ["A", "aB.c", "Ã", "©"],
  ],
  [
    "values of headers",
    headerValues,
    ["", "a", "a b", "*", ",", " ", " a", "a\tb", "Ã©"],
    ["é", "a\nb", "\x7f"],
  ],
  ["values that are there", someHeaderValue, ["a", "a b", " "], [""]],
  [
    "values that are sent on",
    trimmedValues,
    ["", "a", "a b", "a\tb", "Ã©"],
    [" ", " a", "a ", "a\t"],
  ],
  ["values that are sent on and there", someTrimmedValue, ["a", "a b"], ["", " a"]],
  [
    "identities",
    identities(undefined),
    [id, id.replace("cluster.local", "x-y.z"), id.replace("cluster.local", "Corp_1.Example")],
    ["", `${id}/x`, id.replace("a-1", "A"), id.replace("a-1", "a.b")],
  ],
  ["identities of a domain", identities(["cluster.local"]), [id], [id.replace("cluster", "other")]],
] as const)("%s: what is one, and what is none", (_, language, ones, others) => {
  const is = memberOf(language);
  expect(ones.map(is)).toEqual(ones.map(() => true));
  expect(others.map(is)).toEqual(others.map(() => false));
});

test.each(all)(
  "with %j paths and queries have what HTTP/2 alone takes, but not on their way to the next proxy",
  (settings) => {
    const language = {
      here: memberOf(targets(settings)),
      onward: memberOf(targets(settings, { sentOn: true })),
    };
    for (const [path, isAscii] of [
      ["/Ã©", false],
      ["/a?Ã©", false],
      ["/a?b", true],
    ] as const) {
      const made = normalizePath(path, settings);
      expect([path, made]).toEqual([
        path,
        { kind: "path", path: settings.normalizePath ? path.replace(/^\/Ã©/, "/%C3%A9") : path },
      ]);
      const seen = made.kind === "path" ? made.path : "";
      expect([seen, language.here(seen), language.onward(seen)]).toEqual([
        seen,
        true,
        isAscii || !seen.includes("Ã"),
      ]);
    }
  },
);
