import { expect, test } from "vitest";
import { after, mayBeEmpty } from "../src/analyse/journey/derivative.ts";
import {
  exchanged,
  headOf,
  type PathCases,
  type PathLook,
} from "../src/analyse/journey/path-cases.ts";
import { casesOf } from "../src/analyse/journey/regex-rewrite.ts";
import { beforeRewrite } from "../src/analyse/journey/rewritten-path.ts";
import type { Shape } from "../src/analyse/partition/domain.ts";
import type { Formula } from "../src/analyse/space/formula.ts";
import { paths as pathsOf } from "../src/analyse/space/languages.ts";
import { targetShape } from "../src/analyse/space/target-shapes.ts";
import { normalizePath } from "../src/envoy/http/normalize-path.ts";
import { replaceAll } from "../src/match/re2-replace.ts";
import type { Text } from "../src/model/rule.ts";
import { type Dice, diceOf } from "./analyse-dice.ts";

type Rewrite = readonly [match: string, substitution: string] | { from: string; to: string };

function accepts({ expression }: Pick<Shape, "expression">, text: string): boolean {
  return expression !== undefined && mayBeEmpty(after(expression, text));
}

function holds(formula: Formula, path: string): boolean {
  switch (formula.kind) {
    case "and":
      return formula.parts.every((part) => holds(part, path));
    case "or":
      return formula.parts.some((part) => holds(part, path));
    case "not":
      return !holds(formula.part, path);
    case "atom":
      return accepts(formula.shape, path);
    default:
      throw new Error(formula.kind);
  }
}

/** Whether a path is said to become one of a shape; undefined: that is left open. */
function said({ cases, open }: PathCases, shape: Shape, path: string): boolean | undefined {
  const own = cases.filter(({ when }) => holds(when, path));
  if (own.length === 0) return open ? undefined : false;
  return own.some(({ exchange }) => {
    const earlier = exchange ? beforeRewrite(shape, exchange) : shape;
    return earlier !== undefined && accepts(earlier, path);
  });
}

function casesFor(rewrite: Rewrite, look: PathLook): PathCases | undefined {
  return "from" in rewrite
    ? exchanged(headOf(rewrite.from), rewrite.to, look)
    : casesOf({ match: rewrite[0], substitution: rewrite[1] }, look);
}

/** What the next proxy reads; undefined: no route rewrites that, or it is no path. */
function becomes(rewrite: Rewrite, path: string, look: PathLook): string | undefined {
  const bare = path.replace(/\?.*/, "");
  const isPrefix = "from" in rewrite;
  if (isPrefix && !path.startsWith(rewrite.from)) return undefined;
  const sent = isPrefix
    ? rewrite.to + path.slice(rewrite.from.length)
    : (replaceAll(rewrite[0], bare, rewrite[1]) || bare) + path.slice(bare.length);
  const read = normalizePath(sent, look);
  return sent.startsWith("/") && read.kind === "path" ? read.path : undefined;
}

const base: PathLook = {
  normalizePath: false,
  mergeSlashes: false,
  escapedSlashes: "keep",
  dotSegmentParameters: "keep",
  queries: false,
};
const { dotSegmentParameters: _, ...withoutKept } = base;
const looks: readonly [PathLook, ...PathLook[]] = [
  base,
  { ...base, normalizePath: true },
  { ...base, normalizePath: true, mergeSlashes: true },
  { ...withoutKept, normalizePath: true, mergeSlashes: true },
];

const bits = [
  ...["a", "b", "/", "/", "//", ".", "..", ";", "%2F", "%41", "ab", "/a", "/b", "/a/", "-"],
  ...['"', "\\", "<", "%", "A", "*", "{", "^", "%5C"],
] as const;
const words = ["/a", "/a/", "/", "/ab", "/a/b", "\\/a", "/a\\-b", "/a\\\\", "\\\\/a"] as const;
const names = [
  "/[^/]+",
  "/([^/]+)",
  "/\\w+",
  "/[a-z]+",
  "/(?:[a-zA-Z0-9_-]+)",
  "/[a-z.]+",
] as const;
const tails = ["(/?)(.*)", "(/|$)(.*)", "/?(.*)", "(/.*)?", "(/.*)", "(.*)", "", "/(.*)"] as const;
const replacements = ["", "/", "/b", "/b/", "/a", "/a/b", "/ab", "/x.y"] as const;
const froms = ["/", "/a", "/a/", "/ab", "/a/b"] as const;

function anyRewrite(dice: Dice): Rewrite {
  const to = dice.pick(replacements);
  if (dice.chance(0.25)) return { from: dice.pick(froms), to };
  const part = (): string => (dice.chance(0.3) ? dice.pick(names) : dice.pick(words));
  const parts = [part(), ...(dice.chance(0.5) ? [part()] : [])];
  const start = dice.chance(0.8) ? "^" : "";
  const match = `${start}${parts.join("")}${dice.pick(tails)}${dice.chance(0.5) ? "$" : ""}`;
  const groups = match.match(/\((?!\?)/g)?.length ?? 0;
  return [match, groups === 0 ? to : `${to}\\${groups}`];
}

function anyPath(dice: Dice, { queries, ...look }: PathLook): string | undefined {
  const more = Array.from({ length: dice.pick([0, 1, 3, 6]) }, () => dice.pick(bits)).join("");
  const raw = `${dice.pick([...froms, "//", "/"])}${more}`;
  const query = queries ? dice.pick(["", "?", "?v", "?/a"]) : "";
  const read = normalizePath(raw + query, look);
  if (read.kind !== "path") return undefined;
  const bare = read.path.replace(/\?.*/, "");
  return accepts({ expression: pathsOf(look) }, bare) ? read.path : undefined;
}

function textsFor(dice: Dice, path: string): readonly Text[] {
  const at = dice.below(path.length);
  return [
    { kind: "exact", text: path },
    { kind: "prefix", text: path.slice(0, at + 1) },
    { kind: "suffix", text: path.slice(at) },
    { kind: "exact", text: dice.pick(["/", "/b", "/a", "//", "/b/"]) },
    { kind: "prefix", text: dice.pick(["/b", "/b/", "/a", "//"]) },
    { kind: "suffix", text: dice.pick(["/", "a", "//", "."]) },
  ];
}

test("what is said of a path behind a rewrite is what becomes of it", () => {
  const dice = diceOf(77);
  let decided = 0;
  for (let round = 0; round < Number(process.env["ANALYSE"] ?? 15) * 200; round += 1) {
    const look = { ...dice.pick(looks), queries: dice.chance(0.3) };
    const rewrite = anyRewrite(dice);
    const cases = casesFor(rewrite, look);
    const path = anyPath(dice, look);
    const read = path && becomes(rewrite, path, look);
    if (!cases || path === undefined || read === undefined) continue;
    const bare = read.replace(/\?.*/, "");
    for (const text of textsFor(dice, bare)) {
      const shape = targetShape("paths", text, look.queries);
      const is = said(cases, shape, path);
      if (is === undefined) continue;
      decided += 1;
      const seen = look.queries ? read : bare;
      expect(is, JSON.stringify([rewrite, path, text, look])).toBe(accepts(shape, seen));
    }
  }
  expect(decided).toBeGreaterThan(1000);
});

const [asIs, normal, merged] = looks;

test.each([
  // segments of any name: none is a shorter one with something behind it
  [["^/[^/]+(/|$)(.*)", "/\\2"], "/ab", "/b", normal],
  [["^/[a-z]+$", "/"], "/ab", "/b", normal],
  // nothing is encoded, where nothing is normalised
  [{ from: "/a", to: "/b" }, '/ax"y', '/bx"y', asIs],
  [{ from: "/a", to: "/b/" }, '/ax"y', '/b/x"y', asIs],
  // two slashes alone stay two, until there is something else
  [{ from: "/", to: "/b/" }, "//", "/b/", merged],
] as const)("%j makes of %s what it becomes", (rewrite, path, text, look = base) => {
  const cases = casesFor(rewrite, look);
  const shape = targetShape("paths", { kind: "exact", text }, false);
  expect(cases && said(cases, shape, path)).toBe(becomes(rewrite, path, look) === text);
});

test.each([
  [["^/a\\\\/(.*)", "/b/\\1"], "a backslash, and then a slash"],
  [[`^${"/([^/]+)".repeat(9)}/(.*)`, "/b/\\10"], "the first group, and a zero"],
] as const)("%j is left open: %s", (rewrite, _why) => {
  expect(casesFor(rewrite, base)).toBeUndefined();
});
