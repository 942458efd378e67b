import { expect, test } from "vitest";
import { ruleSet } from "../src/envoy/index/rule-set.ts";
import { judges, type LaneRules } from "../src/evaluate/lane-rules.ts";
import { drawRules, random } from "./drawn-rules.ts";

const rules = drawRules(random(3), 2);
const [one, two] = [rules.slice(0, 1), rules.slice(1)];
const { judgeOf, ask, answerOf } = judges(ruleSet(rules), (answer) => answer);
const nothing = { destinationPort: 8080 };

test("equal lists of rules are compiled once, however many lanes have them", () => {
  const judge = judgeOf({ deny: one, allow: two });
  expect(judge).toBeDefined();
  expect(judgeOf({ deny: [...one], allow: [...two] })).toBe(judge);
  expect(judgeOf({ deny: two, allow: one })).not.toBe(judge);
  expect(judgeOf({ deny: rules })).not.toBe(judge);
});

test.each<readonly [string, LaneRules, string]>([
  ["no ALLOW policy lets everything in", { deny: [] }, "allow"],
  ["ALLOW policies without a rule let nothing in", { deny: [], allow: [] }, "deny"],
])("%s", (_, given, decision) => {
  const judge = judgeOf(given);
  expect(judge && answerOf(ask(judge, nothing)).decision).toBe(decision);
});
