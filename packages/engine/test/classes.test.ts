import { describe, expect, test } from "vitest";
import { classesOf } from "../src/match/classes.ts";
import { matchesText } from "../src/match/matches.ts";
import type { Text } from "../src/model/rule.ts";

const exact = (text: string): Text => ({ kind: "exact", text });
const prefix = (text: string): Text => ({ kind: "prefix", text });
const suffix = (text: string): Text => ({ kind: "suffix", text });
const any = { run: "any", min: 0 } as const;
const some = { run: "segment", min: 1 } as const;
const sequence = (...pieces: Extract<Text, { kind: "sequence" }>["pieces"]): Text => ({
  kind: "sequence",
  pieces,
});

const signature = (patterns: readonly Text[], value: string): string =>
  patterns.map((pattern) => (matchesText(pattern, value) ? 1 : 0)).join("");

/** Every text of up to five letters of a small alphabet. */
function texts(alphabet: string, length: number): readonly string[] {
  let all = [""];
  let last = all;
  for (let size = 0; size < length; size += 1) {
    last = last.flatMap((text) => [...alphabet].map((letter) => text + letter));
    all = [...all, ...last];
  }
  return all;
}

describe.each([
  [
    "prefixes, suffixes and exact texts",
    [prefix("ab"), suffix("ba"), exact("ab"), exact("aba"), prefix("a")],
  ],
  [
    "two texts in the middle",
    [sequence(any, "a", any, "b", any), sequence(any, "bb", any), suffix("a")],
  ],
  ["segments", [sequence("a", some, "b"), prefix("a/"), sequence(any, "/b")]],
  ["presence", [{ kind: "present" } as const, sequence({ run: "any", min: 1 })]],
])("%s", (_, patterns) => {
  const { values, complete } = classesOf(patterns, []);
  const found = new Set(values.map((value) => signature(patterns, value)));

  test("every class that a short text shows is found", () => {
    const shown = new Set(texts("abx/", 5).map((text) => signature(patterns, text)));
    expect(complete).toBe(true);
    expect([...shown].filter((each) => !found.has(each))).toEqual([]);
  });

  test("each class has one value", () => {
    expect(found.size).toBe(values.length);
  });
});

test("only values of the language count", () => {
  const { values } = classesOf(
    [suffix("/sa/web"), sequence(any, "/ns/a", any)],
    [sequence("x/ns/", some, "/sa/", some)],
  );
  expect(values.length).toBe(4);
  for (const value of values) expect(value).toMatch(/^x\/ns\/[^/]+\/sa\/[^/]+$/);
});

test("too many states give up without a claim", () => {
  const patterns = Array.from({ length: 24 }, (_, index) =>
    sequence(any, `${String.fromCharCode(97 + index)}${index}`, any),
  );
  expect(classesOf(patterns, []).complete).toBe(false);
});
