import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { noRule, type Stretch, unsure } from "../src/envoy/index/known-request.ts";
import { ruleSet } from "../src/envoy/index/rule-set.ts";
import { holds } from "../src/envoy/rbac.ts";
import { parseText } from "../src/match/parse-text.ts";
import type { Rule } from "../src/model/rule.ts";
import { drawRequest, drawRules, list, random } from "./drawn-rules.ts";

/** Of other workloads: they make the numbers of values many. */
const others = Array.from({ length: 400 }, (_, index) => index).flatMap((index) =>
  drawRules(random(index + 1000), 1).map((rule) => withTexts(rule, `${index}`)),
);

/** The same rule about texts that go on with something more. */
function withTexts(rule: Rule, more: string): Rule {
  const longer = JSON.stringify(rule, (key, value) =>
    key === "text" && typeof value === "string" ? `${value}${more}` : value,
  );
  return JSON.parse(longer) as Rule;
}

/** A path among bytes. */
function among(path: string | undefined): Stretch | undefined {
  if (path === undefined) return undefined;
  return { bytes: Buffer.from(`/${path}/`, "latin1"), from: 1, to: 1 + path.length };
}

describe.each([
  ["a few rules, as bits", 5, []],
  ["many rules, by candidates", 40, []],
  ["a few rules among those of many workloads", 5, others],
])("%s", (_, count, more) => {
  test.each(Array.from({ length: 60 }, (__, seed) => seed))(
    "the first rule is the walker's (seed %i)",
    (seed) => {
      const pick = random(seed + 1);
      const rules = drawRules(pick, count);
      const set = ruleSet([...rules, ...more]);
      const filter = set.compile(rules);
      const numbered = set.compile(rules, (rule) => 2 * rule + 7);
      if (filter === undefined || numbered === undefined) throw new TypeError("not compiled");
      for (const { known, read } of list(60, () => drawRequest(pick))) {
        const found = set.firstMatch(filter, known);
        expect(set.firstMatch(numbered, known)).toBe(found < 0 ? found : 2 * found + 7);
        expect(set.firstMatch(filter, { ...known, pathIn: among(known.path) })).toBe(found);
        if (found !== unsure)
          expect([found, known]).toEqual([rules.findIndex((rule) => holds(rule, read)), known]);
        else
          expect(known.peer).not.toMatch(
            /^spiffe:\/\/(td|cluster.local)\/ns\/(a|b|ab|a-b)\/sa\/[\w-]+$/,
          );
      }
    },
  );
});

/** A rule for one path. */
function ruleOf(path: string): Rule {
  return {
    name: path,
    policy: { kind: "AuthorizationPolicy", namespace: "a", name: "p" },
    index: 0,
    groups: [
      {
        of: "to",
        any: [
          {
            index: 0,
            all: [
              {
                attribute: { kind: "path" },
                field: "paths",
                any: [{ ...parseText(path), of: 0 }],
              },
            ],
          },
        ],
      },
    ],
  };
}

test.each([1, 31, 32, 33])("of %i rules, of which each may have a bit, each is found", (count) => {
  const rules = list(count, (index) => ruleOf(`/${index}`));
  const set = ruleSet(rules);
  const filter = set.compile(rules) ?? Number.NaN;
  const found = list(count + 1, (index) =>
    set.firstMatch(filter, { destinationPort: 80, path: `/${index}` }),
  );
  expect(found).toEqual([...rules.keys(), noRule]);
});

test("rules with a pattern that is not in the vocabulary have to be walked", () => {
  const [rule, other] = [ruleOf("/a"), ruleOf("/b")];
  const set = ruleSet([rule]);
  expect(set.compile([other])).toBeUndefined();
  const filter = set.compile([rule]) ?? 0;
  expect(set.firstMatch(filter, { destinationPort: 80, path: "/a" })).toBe(0);
  expect(set.firstMatch(filter, { destinationPort: 80, path: "/b" })).toBe(noRule);
});
